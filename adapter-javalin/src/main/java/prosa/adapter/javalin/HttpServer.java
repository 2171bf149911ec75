package prosa.adapter.javalin;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import prosa.application.Descriptors;
import prosa.application.port.EncryptedPortFailed;
import prosa.application.port.Encryption;

/**
 * A Javalin that listens on some ports of several addresses.
 *
 * <p>Started and stopped by one thread.
 */
final class HttpServer {
    /** Bursts of connections wait here; Linux cuts it to net.core.somaxconn. */
    private static final int BACKLOG = 4_096;

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
    private final List<Port> ports;

    /**
     * Who waits for connections and for those who dawdle.
     *
     * @param reserve while fewer descriptors are free, nobody is let in
     */
    record Door(HttpPatience patience, Descriptors descriptors, int reserve) {}

    /**
     * A port on each of the addresses. Opened when the server is made, so that a taken one is found before anything starts and all addresses
     * get the same one.
     */
    static final class Port {
        private final Optional<Encryption> encryption;
        private final List<ServerConnector> connectors = new ArrayList<>();
        private int number;

        /** @param number 0 for any that is free */
        Port(int number, Optional<Encryption> encryption) {
            this.number = number;
            this.encryption = encryption;
        }

        boolean isEncrypted() {
            return encryption.isPresent();
        }

        /** Which it is; 0 if that was left open and it is not yet. */
        int number() {
            return number;
        }

        private ServerConnector open(Server server, HttpConfiguration http, InetAddress address, Door door) {
            ServerConnector connector = new UnhurriedConnector(server, http, door, encryption);
            connector.setHost(address.getHostAddress());
            connector.setPort(number);
            connector.setAcceptQueueSize(BACKLOG);
            try {
                connector.open();
            } catch (IOException e) {
                throw new UncheckedIOException(isEncrypted() ? new EncryptedPortFailed(e) : e);
            }
            number = connector.getLocalPort();
            connectors.add(connector);
            return connector;
        }

        private void close() {
            connectors.forEach(ServerConnector::close);
        }
    }

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
        this.ports = List.copyOf(ports);
        this.app = Javalin.create(config -> {
            prepare(config, pool, couldBeAccepted);
            for (Port port : this.ports) {
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

    /** Where it listens. */
    List<InetSocketAddress> listening() {
        return ports.stream().flatMap(port -> listening(port).stream()).toList();
    }

    /** Where it listens on this port. */
    List<InetSocketAddress> listening(Port port) {
        return port.connectors.isEmpty()
                ? List.of()
                : addresses.stream()
                        .map(address -> new InetSocketAddress(address, port.number()))
                        .toList();
    }

    void stopAccepting() {
        ports.forEach(Port::close);
    }

    /** Blocks, for {@code grace} at most. */
    void stop(Duration grace) {
        pool.setStopTimeout(grace.toMillis());
        app.stop();
    }
}
