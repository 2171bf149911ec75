package prosa.lab.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * How a server is spoken to over TLS 1.3 or 1.2, as a client. It asks for no protocol by ALPN, which a server takes for HTTP/1.1, or for lines.
 * Each connection makes a whole handshake.
 *
 * @param host the name or address that the server's certificate has to be for
 */
public record Tls(Trust trust, String host) {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final int HANDSHAKE_MILLIS = 5_000;

    /** The server's certificate is for another, has run out, or nobody who is trusted vouches for it. */
    public static final class NotTrusted extends IOException {
        private static final long serialVersionUID = 1;

        private final String why;

        private NotTrusted(String why, IOException cause) {
            super("the certificate is not trusted: " + why, cause);
            this.why = why;
        }

        /** What the JVM says of it, without the names of its classes. */
        public String why() {
            return why;
        }
    }

    /**
     * Makes the handshake on a connected socket, within 5 seconds for each read. The socket is closed if it fails.
     *
     * @throws NotTrusted if it is not the server that was meant
     */
    public Leg join(Socket connected) throws IOException {
        try {
            SSLSocket secured = (SSLSocket)
                    trust.context().getSocketFactory().createSocket(connected, host, connected.getPort(), true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setProtocols(PROTOCOLS.clone());
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            connected.setSoTimeout(HANDSHAKE_MILLIS);
            secured.startHandshake();
            connected.setSoTimeout(0);
            return Leg.secured(connected, secured);
        } catch (SSLHandshakeException e) {
            connected.close();
            throw e.getCause() instanceof CertificateException why
                    ? new NotTrusted(String.valueOf(why.getMessage()).replaceAll("[\\w.$]+Exception: ", ""), e)
                    : e;
        } catch (IOException e) {
            connected.close();
            throw e;
        }
    }
}
