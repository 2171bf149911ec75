package prosa.certificate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Makes handshakes as an identity, and sends back what it is sent. */
final class EchoServer implements AutoCloseable {
    private final SSLServerSocket server;

    EchoServer(Identity identity) throws IOException {
        server = (SSLServerSocket)
                identity.context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setSSLParameters(identity.parameters());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> echo(socket));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // a client that we refused, or that refused us
        }
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    static X509Certificate certificate(Path file) throws Exception {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** One that trusts what is in that file and nothing else. */
    static SSLContext trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("trusted", certificate(certificate));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Connects as a browser would, sends a byte, and gives back whose certificate it was shown. */
    X509Certificate shownTo(SSLContext client) throws Exception {
        try (SSLSocket socket = connect(client)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** When the session of a new connection was made: the same again if it was resumed. */
    long sessionOf(SSLContext client) throws Exception {
        try (SSLSocket socket = connect(client)) {
            return socket.getSession().getCreationTime();
        }
    }

    private SSLSocket connect(SSLContext client) throws IOException {
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", server.getLocalPort());
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.getOutputStream().write(1);
        if (socket.getInputStream().read() != 1) {
            throw new IOException("ended");
        }
        return socket;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
