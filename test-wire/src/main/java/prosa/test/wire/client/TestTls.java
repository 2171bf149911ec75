package prosa.test.wire.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import prosa.application.port.Encryption;

/** A certificate for this machine, made once for all tests of a process, and clients that trust it. */
public final class TestTls {
    private static final char[] PASSWORD = "not a secret".toCharArray();

    private static final class Made {
        private static final SSLContext CONTEXT = make();
    }

    private TestTls() {}

    /** For servers with that certificate, and for clients that trust it and no other. */
    public static SSLContext context() {
        return Made.CONTEXT;
    }

    /** For servers: with the protocols and ciphers that Prosa speaks. */
    public static Encryption encryption() {
        SSLParameters parameters = context().getSupportedSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
        return new Encryption(context(), parameters);
    }

    /** Connects to {@code tcps:} over TLS, to anything else in the clear. */
    public static Socket connect(URI server) throws IOException {
        Socket plain = new Socket(server.getHost(), server.getPort());
        plain.setTcpNoDelay(true);
        return server.getScheme().equals("tcps") ? over(plain) : plain;
    }

    /** TLS over a socket that is connected; nothing was said yet. */
    public static SSLSocket over(Socket plain) throws IOException {
        return (SSLSocket) context()
                .getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
    }

    private static SSLContext make() {
        try {
            Path folder = Files.createTempDirectory("prosa-tls");
            Path file = folder.resolve("keys.p12");
            try {
                keytool(file);
                return context(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path file) throws IOException {
        Process keytool = new ProcessBuilder(
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
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool made no certificate");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            own.load(in, PASSWORD);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("prosa", own.getCertificate("prosa"));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(own, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
