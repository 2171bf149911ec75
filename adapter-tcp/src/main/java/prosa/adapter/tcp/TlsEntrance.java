package prosa.adapter.tcp;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import prosa.application.Arrivals;
import prosa.application.port.Encryption;

/**
 * Where connections over TLS come in: each has a handshake, and then a link.
 *
 * <p>Event loop only, but for {@link #close}.
 */
final class TlsEntrance {
    private final Encryption encryption;
    private final EventLoop loop;
    private final TlsBuffers buffers = new TlsBuffers();
    private final ExecutorService helpers = helpers();

    TlsEntrance(Encryption encryption, EventLoop loop) {
        this.encryption = encryption;
        this.loop = loop;
    }

    /**
     * @param place that the client takes up
     * @param agreed gets the link, on the event loop, if the handshake comes to its end
     */
    void admit(SocketChannel channel, Arrivals.Place place, Consumer<Link> agreed) throws IOException {
        new TlsHandshake(new TlsLink(channel, place, engine(), buffers), loop, helpers, agreed::accept);
    }

    /**
     * A client that asks for a protocol by ALPN is a browser's or speaks something else: it is refused in the handshake, as no page may be
     * brought to talk here.
     */
    private SSLEngine engine() {
        SSLEngine engine = encryption.context().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(encryption.parameters());
        engine.setHandshakeApplicationProtocolSelector((server, offered) -> null);
        return engine;
    }

    /** For what takes long in handshakes: half of the processors, so that a class that comes at once does not hold up those who talk. */
    private static ExecutorService helpers() {
        int most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        ThreadPoolExecutor helpers = new ThreadPoolExecutor(
                most,
                most,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("prosa-tls-", 0).factory());
        helpers.allowCoreThreadTimeOut(true);
        return helpers;
    }

    /** Any thread; the event loop has ended. */
    void close() {
        helpers.shutdown();
    }
}
