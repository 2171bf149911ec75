package prosa.lab.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Where TLS ends. It chooses no protocol by ALPN, so browsers speak HTTP/1.1 there.
 *
 * @param context has the certificate, and hands out the newest with each handshake
 * @param parameters the versions and suites that are spoken
 */
public record TlsServer(SSLContext context, SSLParameters parameters) {
    /** The first byte of a client that speaks TLS: a record of the handshake's (RFC 8446 §5.1). No request of HTTP begins with it. */
    public static final byte HANDSHAKE = 22;

    private static final int HANDSHAKE_MILLIS = 5_000;

    public TlsServer(SSLContext context) {
        this(context, context.getDefaultSSLParameters());
    }

    /**
     * Makes the handshake, within 5 seconds for each read, and not for all of it. The socket is closed if it fails.
     *
     * @param alreadyRead what was read of it before
     */
    public Leg accept(Socket client, byte... alreadyRead) throws IOException {
        try {
            SSLSocket secured = (SSLSocket)
                    context.getSocketFactory().createSocket(client, new ByteArrayInputStream(alreadyRead), true);
            secured.setUseClientMode(false);
            secured.setSSLParameters(parameters);
            client.setSoTimeout(HANDSHAKE_MILLIS);
            secured.startHandshake();
            client.setSoTimeout(0);
            return Leg.secured(client, secured);
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }
}
