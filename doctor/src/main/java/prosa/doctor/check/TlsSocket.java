package prosa.doctor.check;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import prosa.lab.tls.Trust;

/** A connection whose handshake of TLS is looked at, whoever answers. For one thread. */
final class TlsSocket implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SSLSocket socket;

    private TlsSocket(SSLSocket socket) {
        this.socket = socket;
    }

    /** @param protocols that are offered by ALPN (RFC 7301), the best first */
    static TlsSocket open(Site site, String... protocols) throws IOException {
        int millis = (int) PATIENCE.toMillis();
        Socket connected = new Socket();
        try {
            connected.connect(site.at(), millis);
            connected.setSoTimeout(millis);
            SSLSocket secured = (SSLSocket) Trust.anybody()
                    .context()
                    .getSocketFactory()
                    .createSocket(connected, site.name(), site.at().getPort(), true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setApplicationProtocols(protocols);
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return new TlsSocket(secured);
        } catch (IOException e) {
            connected.close();
            throw e;
        }
    }

    /** The protocol that the other side has chosen; empty if none. */
    String chosen() {
        return socket.getApplicationProtocol();
    }

    /** Like {@code TLSv1.3}. */
    String version() {
        return session().getProtocol();
    }

    /** Until when its certificate is valid. */
    Instant validUntil() throws IOException {
        X509Certificate own = (X509Certificate) session().getPeerCertificates()[0];
        return own.getNotAfter().toInstant();
    }

    private SSLSession session() {
        return socket.getSession();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** As many bytes as there are, up to that number; waits 5 s for each read. */
    byte[] read(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nobody waits for it.
        }
    }
}
