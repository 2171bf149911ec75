package prosa.adapter.javalin;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import prosa.application.Arrivals;
import prosa.application.Descriptors;
import prosa.application.port.Authority;
import prosa.application.port.Port;

/**
 * A Javalin that listens on some ports of several addresses.
 *
 * <p>Started and stopped by one thread.
 */
final class HttpServer {
    /** Requests are short, and streams hold no thread; each thread that Jetty may make costs memory (250 of them: 29 MB). */
    private static final int MAX_THREADS = 16;

    private static final int MIN_THREADS = 2;

    static {
        // How many references a cache line holds. Unless told, Jetty asks JMX whether they are compressed, which loads
        // 300 classes,
        // JFR's among them, and takes a fifth of the start. A wrong number would cost nothing but false sharing.
        System.getProperties().putIfAbsent("org.eclipse.jetty.util.referencesPerCacheLine", "16");
    }

    private final List<InetAddress> addresses;
    private final Javalin app;
    private final QueuedThreadPool pool = new HttpThreads(MAX_THREADS, MIN_THREADS);
    private final List<OpenPort> ports;

    /**
     * Who waits for connections and for those who dawdle.
     *
     * @param reserve while fewer descriptors are free, nobody is let in
     * @param arrivals asked for each connection
     */
    record Door(HttpPatience patience, Descriptors descriptors, int reserve, Arrivals arrivals) {}

    /**
     * @param ports at least one
     * @param couldBeAccepted whether a request that waits to be asked for its body is worth asking, by its head
     */
    HttpServer(
            List<InetAddress> addresses,
            List<Port> ports,
            Door door,
            Predicate<Request> couldBeAccepted,
            Consumer<JavalinConfig> routes) {
        this.addresses = List.copyOf(addresses);
        this.ports = ports.stream().map(OpenPort::new).toList();
        this.app = Javalin.create(config -> {
            prepare(config, pool, couldBeAccepted);
            for (OpenPort port : this.ports) {
                addresses.forEach(
                        address -> config.jetty.addConnector((server, http) -> port.open(server, http, address, door)));
            }
            routes.accept(config);
        });
    }

    private static void prepare(JavalinConfig config, QueuedThreadPool pool, Predicate<Request> couldBeAccepted) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.router.javaLangErrorHandler(Refusals::error);
        config.jetty.threadPool = pool;
        config.jetty.modifyHttpConfiguration(HttpServer::configure);
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new JettyErrors());
            server.setHandler(new BodiesFirst(couldBeAccepted));
        });
        config.jetty.modifyServletContextHandler(context -> {
            NoSessions.install(context);
            context.setErrorHandler(new JettyErrors.InContext());
        });
    }

    /** Starts and stops one that nobody can reach, so that the classes are there when one is started in earnest. Says nothing if that fails. */
    static void rehearse() {
        try {
            Javalin app = Javalin.create(config -> {
                prepare(config, new HttpThreads(MAX_THREADS, MIN_THREADS), head -> false);
                config.jetty.addConnector(
                        (server, http) -> new LocalConnector(server, new HttpConnectionFactory(http)));
                config.routes.get("/", request -> {});
                config.routes.ws("/", socket -> {});
            });
            app.start().stop();
        } catch (RuntimeException e) {
            // The start in earnest fails too, and says why.
        }
    }

    private static void configure(HttpConfiguration http) {
        http.setSendServerVersion(false);
    }

    void start() throws IOException {
        try {
            app.start();
        } catch (UncheckedIOException e) {
            stopAccepting();
            throw e.getCause();
        }
    }

    /** The first of its ports; 0 if that was left open and it is not yet. */
    int firstPort() {
        return ports.getFirst().number();
    }

    /**
     * Where it listens.
     *
     * @param scheme of what is in the clear; what is encrypted has an {@code s} behind it
     */
    List<URI> listening(String scheme) {
        return ports.stream()
                .filter(OpenPort::isOpen)
                .flatMap(port -> addresses.stream()
                        .map(address -> Authority.uri(
                                port.isEncrypted() ? scheme + "s" : scheme,
                                new InetSocketAddress(address, port.number()))))
                .toList();
    }

    void stopAccepting() {
        ports.forEach(OpenPort::close);
    }

    /** Blocks, for {@code grace} at most. */
    void stop(Duration grace) {
        pool.setStopTimeout(grace.toMillis());
        app.stop();
    }
}
