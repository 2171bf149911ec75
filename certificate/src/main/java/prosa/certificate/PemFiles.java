package prosa.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two files that somebody else renews. They are read again and again, as what tells of changes does so neither on network file systems nor
 * behind links, and as they are small.
 */
final class PemFiles implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(PemFiles.class);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /** Far more than any chain, so that a wrong path does not take the memory. */
    private static final int MOST_BYTES = 1 << 20;

    private final Path certificateFile;
    private final Path keyFile;

    /** What was looked at last: not looked at again. */
    private Contents seen = Contents.NOTHING;

    /** What was handed out last: it may come back after something that was unusable. */
    private List<X509Certificate> served = List.of();

    /** What is wrong with what was seen, until it was told. */
    private Optional<Unusable> untold = Optional.empty();

    PemFiles(Path certificateFile, Path keyFile) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
    }

    /** What the two files hold. */
    private record Contents(byte[] certificate, byte[] key) {
        static final Contents NOTHING = new Contents(new byte[0], new byte[0]);

        boolean isSame(Contents other) {
            return Arrays.equals(certificate, other.certificate) && Arrays.equals(key, other.key);
        }
    }

    @Override
    public Pair first() throws Unusable {
        seen = new Contents(read(certificateFile), read(keyFile));
        Pair pair = pair(seen);
        served = pair.chain();
        return pair;
    }

    /** What does not fit may be half of what is being written: it is told only if the next look finds it unchanged. */
    @Override
    public Optional<Pair> renewed() {
        Contents now;
        try {
            now = new Contents(read(certificateFile), read(keyFile));
        } catch (Unusable e) {
            return passOver(Contents.NOTHING, e);
        }
        if (now.isSame(seen)) {
            warn();
            return Optional.empty();
        }
        try {
            Pair pair = pair(now);
            boolean isNew = !pair.chain().equals(served);
            seen = now;
            served = pair.chain();
            untold = Optional.empty();
            return isNew ? Optional.of(pair) : Optional.empty();
        } catch (Unusable e) {
            return passOver(now, e);
        }
    }

    private Optional<Pair> passOver(Contents now, Unusable why) {
        if (now.isSame(seen)) {
            warn();
        } else {
            untold = Optional.of(why);
        }
        seen = now;
        return Optional.empty();
    }

    /** Once. */
    private void warn() {
        untold.ifPresent(why -> LOG.warn("The certificate stays as it was: {}", why.getMessage()));
        untold = Optional.empty();
    }

    private Pair pair(Contents contents) throws Unusable {
        Pair pair = new Pair(
                Pem.of(keyFile, contents.key()).key(),
                Pem.of(certificateFile, contents.certificate()).certificates());
        if (!pair.fits()) {
            throw new Unusable(Unusable.Reason.OTHER_KEY, keyFile);
        }
        warnOfItsTime(pair.leaf());
        return pair;
    }

    /** Served all the same: some clients take it, and others say what is wrong. */
    private void warnOfItsTime(X509Certificate leaf) {
        try {
            leaf.checkValidity();
        } catch (CertificateException e) {
            LOG.warn(
                    "{}: valid from {} until {}, which is not now: clients will refuse it",
                    certificateFile,
                    leaf.getNotBefore().toInstant(),
                    leaf.getNotAfter().toInstant());
        }
    }

    private static byte[] read(Path file) throws Unusable {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES);
        } catch (NoSuchFileException e) {
            throw new Unusable(Unusable.Reason.NOT_FOUND, file);
        } catch (AccessDeniedException e) {
            throw new Unusable(Unusable.Reason.FORBIDDEN, file);
        } catch (IOException e) {
            throw new Unusable(Unusable.Reason.NOT_READABLE, file, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }
}
