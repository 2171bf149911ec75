package prosa.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A certificate that nobody vouches for, made here and kept in a folder, until a third of its life is left or its names are others. */
final class SelfMade implements Source {
    /** Key and certificate in one file, so that they are replaced together. */
    static final String FILE = Identity.SELF_FILE;

    /** Browsers take none of more than 398 days. */
    static final Duration LIFE = Duration.ofDays(90);

    private static final Logger LOG = LoggerFactory.getLogger(SelfMade.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** Clocks in a class differ. */
    private static final Duration EARLIER = Duration.ofHours(1);

    private static final int SERIAL_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final Path file;
    private final AltNames names;
    private final InstantSource clock;
    private Optional<Pair> kept = Optional.empty();
    private boolean warned;

    SelfMade(Path folder, AltNames names, InstantSource clock) {
        this.folder = folder;
        this.file = folder.resolve(FILE);
        this.names = names;
        this.clock = clock;
    }

    @Override
    public Pair first() throws Unusable {
        Optional<Pair> found = read().filter(this::isStillGood);
        Pair pair = found.isPresent() ? found.get() : make();
        kept = Optional.of(pair);
        return pair;
    }

    @Override
    public Optional<Pair> renewed() {
        if (kept.filter(this::isStillGood).isPresent()) {
            return Optional.empty();
        }
        try {
            kept = Optional.of(make());
            warned = false;
            return kept;
        } catch (Unusable e) {
            if (!warned) {
                LOG.warn("The certificate can't be renewed, and is tried again: {}", e.getMessage());
            }
            warned = true;
            return Optional.empty();
        }
    }

    /** What is there and no use is replaced, whatever it is. */
    private Optional<Pair> read() {
        try {
            Pem pem = Pem.of(file, Files.readAllBytes(file));
            return Optional.of(new Pair(pem.key(), pem.certificates())).filter(Pair::fits);
        } catch (IOException | Unusable e) {
            return Optional.empty();
        }
    }

    private boolean isStillGood(Pair pair) {
        Instant now = clock.instant();
        Duration life = Duration.between(pair.from(), pair.until());
        Duration left = Duration.between(now, pair.until());
        return !now.isBefore(pair.from()) && left.compareTo(life.dividedBy(3)) > 0 && names.areThoseOf(pair.leaf());
    }

    private Pair make() throws Unusable {
        Pair pair;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            KeyPair keys = generator.generateKeyPair();
            pair = new Pair(keys.getPrivate(), List.of(certificate(keys)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("every JVM has ECDSA on P-256", e);
        }
        try {
            PrivateFile.write(folder, file, pair);
        } catch (IOException e) {
            throw new Unusable(Unusable.Reason.NOT_WRITABLE, folder, String.valueOf(e.getMessage()));
        }
        return pair;
    }

    private X509Certificate certificate(KeyPair keys)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Instant from = clock.instant().minus(EARLIER).truncatedTo(ChronoUnit.SECONDS);
        X500Name name = names.subject();
        BigInteger serial = new BigInteger(SERIAL_BITS, RANDOM);
        JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        name, serial, Date.from(from), Date.from(from.plus(LIFE)), name, keys.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, names.general())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(keys.getPublic()));
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (CertificateException e) {
            throw new IllegalStateException("the JDK reads what was just made", e);
        }
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }
}
