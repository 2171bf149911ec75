package prosa.lab.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whom a client believes that a server is who it says. */
public final class Trust {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");

    private final TrustManager[] managers;

    private Trust(TrustManager... managers) {
        this.managers = managers.clone();
    }

    /** Those who vouch for certificates everywhere, as this Java knows them. */
    public static Trust usual() {
        return of(Optional.empty());
    }

    /**
     * The certificates of a file and those they vouch for, and nobody else.
     *
     * @param pem in which other things than certificates, like a key, are passed over
     * @throws IOException if there is none in it, or it can't be read
     */
    public static Trust in(Path pem) throws IOException {
        List<Certificate> trusted = certificates(Files.readString(pem, StandardCharsets.ISO_8859_1));
        if (trusted.isEmpty()) {
            throw new IOException("no certificate in " + pem);
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("trusted-" + i, trusted.get(i));
            }
            return of(Optional.of(store));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM keeps certificates", e);
        }
    }

    /**
     * One certificate, whatever name it is for.
     *
     * @param fingerprint its SHA-256, like {@code AB:CD:...}, asked for each handshake
     */
    public static Trust onlyThat(Supplier<String> fingerprint) {
        return new Trust(new Pinned(fingerprint));
    }

    /** Whoever answers: for asking how a server is, where nothing is told that others may not know. */
    public static Trust anybody() {
        return new Trust(new Anybody());
    }

    private static Trust of(Optional<KeyStore> store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store.orElse(null));
            return new Trust(factory.getTrustManagers());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM keeps certificates", e);
        }
    }

    /** For one connection: whoever shares one takes up the sessions of others, and has half of a handshake. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has TLS", e);
        }
    }

    private static List<Certificate> certificates(String text) throws IOException {
        String alone =
                CERTIFICATE.matcher(text).results().map(found -> found.group()).collect(Collectors.joining("\n"));
        try {
            return new ArrayList<>(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(alone.getBytes(StandardCharsets.US_ASCII))));
        } catch (CertificateException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }
}
