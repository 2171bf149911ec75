package prosa.adapter.javalin;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HostHeaderCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import prosa.application.port.Encryption;

/**
 * What is spoken on a port that is encrypted: TLS, and in it HTTP/2 or HTTP/1.1, by the client's choice (ALPN, RFC 7301).
 *
 * <p>No WebSocket is offered over HTTP/2 (RFC 8441), as one would be a stream of Jetty's among others, not a connection that the delivery
 * thread writes to. Browsers then open another connection for it by themselves.
 */
final class Protocols {
    private static final String HTTP_1_1 = "http/1.1";
    private static final String ALPN = "alpn";

    /** So many feeds and requests of one client at once. As many as RFC 9113 §6.5.2 recommends at least. */
    static final int MOST_STREAMS = 128;

    private Protocols() {}

    /** @param http for whoever speaks HTTP/1.1 */
    static ConnectionFactory[] over(Encryption encryption, HttpConfiguration plain, HttpConnectionFactory http) {
        HttpConfiguration secure = new HttpConfiguration(plain);
        // Who comes by the address of a machine names no host that a certificate could be for.
        secure.addCustomizer(new SecureRequestCustomizer(false));
        // HTTP/2 says it in :authority (RFC 9113 §8.3.1).
        secure.addCustomizer(new HostHeaderCustomizer());
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(secure);
        http2.setConnectProtocolEnabled(false);
        http2.setMaxConcurrentStreams(MOST_STREAMS);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory(http2.getProtocol(), HTTP_1_1);
        alpn.setDefaultProtocol(HTTP_1_1);
        http.getHttpConfiguration().addCustomizer(new SecureRequestCustomizer(false));
        return new ConnectionFactory[] {new SslConnectionFactory(settings(encryption), ALPN), alpn, http2, http};
    }

    private static SslContextFactory.Server settings(Encryption encryption) {
        SslContextFactory.Server settings = new SslContextFactory.Server() {
            @Override
            public void customize(SSLEngine engine) {
                super.customize(engine);
                SSLParameters own = engine.getSSLParameters();
                own.setNamedGroups(encryption.parameters().getNamedGroups());
                engine.setSSLParameters(own);
            }
        };
        settings.setSslContext(encryption.context());
        settings.setIncludeProtocols(encryption.parameters().getProtocols());
        settings.setExcludeProtocols();
        settings.setIncludeCipherSuites(encryption.parameters().getCipherSuites());
        settings.setExcludeCipherSuites();
        settings.setUseCipherSuitesOrder(true);
        settings.setRenegotiationAllowed(false);
        return settings;
    }
}
