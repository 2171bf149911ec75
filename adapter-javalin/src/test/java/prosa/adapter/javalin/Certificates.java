package prosa.adapter.javalin;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import prosa.application.port.Encryption;

/** A certificate for this machine, which the JDK's keytool has made, and clients who trust nothing else. */
final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final KeyStore STORE = make();

    private Certificates() {}

    static Encryption encryption() {
        SSLContext context = context();
        SSLParameters parameters = context.getSupportedSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
        return new Encryption(context, parameters);
    }

    /** For both sides. */
    static SSLContext context() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(STORE, PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(STORE);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore make() {
        try {
            Path folder = Files.createTempDirectory("prosa-tls");
            Path file = folder.resolve("store.p12");
            Process made = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "prosa",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=dns:localhost,ip:127.0.0.1,ip:::1",
                            "-ext",
                            "bc=ca:true",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            new String(PASSWORD))
                    .inheritIO()
                    .start();
            if (!made.waitFor(30, TimeUnit.SECONDS) || made.exitValue() != 0) {
                throw new IllegalStateException("keytool did not make a certificate");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            Files.delete(file);
            Files.delete(folder);
            return store;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
