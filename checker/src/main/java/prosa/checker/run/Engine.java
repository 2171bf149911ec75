package prosa.checker.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import prosa.lab.client.Hosts;
import prosa.lab.tls.Endpoint;
import tools.jackson.databind.JsonNode;

/** A nats-server with JetStream in a process of its own, alone or of a cluster, on the loopback. For one thread. */
final class Engine implements AutoCloseable {
    private static final String PROGRAM = "nats-server";
    private static final long LOOK_NANOS = 50_000_000;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final String name;
    private final InetSocketAddress at;
    private final Node monitor;
    private final Path folder;
    private Child child;

    /**
     * Where one listens.
     *
     * @param cluster for the others of its cluster
     */
    record Ports(int clients, int monitor, int cluster) {}

    private Engine(String name, Ports ports, Path folder) throws IOException {
        this.name = name;
        this.at = new InetSocketAddress("127.0.0.1", ports.clients());
        InetSocketAddress asked = new InetSocketAddress("127.0.0.1", ports.monitor());
        this.monitor = new Node(name, Hosts.written(asked), Endpoint.plain(asked), Optional.empty(), Optional.empty());
        this.folder = folder;
        this.child = started();
    }

    /**
     * Starts one, and does not wait for it.
     *
     * @param folder for its settings and its log
     * @param store for what it keeps
     * @param others where the others of its cluster listen for it; none: it is alone
     * @throws IOException if there is no such program
     */
    static Engine start(String name, Ports ports, Path folder, Path store, List<Integer> others) throws IOException {
        String routes = others.stream().map(port -> "nats://127.0.0.1:" + port).collect(Collectors.joining(", "));
        // Clients are told of no other server: a way around the relay would be no cut.
        String cluster = others.isEmpty() ? "" : """
                cluster { name: checker, listen: "127.0.0.1:%d", no_advertise: true, routes: [%s] }
                """.formatted(ports.cluster(), routes);
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("settings"), """
                server_name: %s
                listen: "127.0.0.1:%d"
                http: "127.0.0.1:%d"
                jetstream { store_dir: "%s" }
                %s""".formatted(name, ports.clients(), ports.monitor(), store, cluster));
        return new Engine(name, ports, folder);
    }

    /** Where the program is, if it is installed. */
    static Optional<Path> program() {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
                        Stream.of("/usr/sbin", "/usr/local/bin"))
                .map(place -> Path.of(place, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Child started() throws IOException {
        Path program = program().orElseThrow(() -> new IOException(PROGRAM + " is not installed"));
        return Child.start(
                List.of(program.toString(), "-c", folder.resolve("settings").toString()), folder.resolve("log"));
    }

    String name() {
        return name;
    }

    InetSocketAddress at() {
        return at;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        child.kill();
    }

    /** SIGTERM, and SIGKILL if that does not help; returns once it is gone. */
    void end() throws InterruptedException {
        child.end();
    }

    /** Starts it again, once it is gone, and does not wait for it. */
    void startAnew() throws IOException {
        child = started();
    }

    boolean isRunning() {
        return child.process().isAlive();
    }

    private boolean isHealthy() {
        try {
            return Http.get(monitor, "/healthz").status() == Http.OK;
        } catch (IOException e) {
            return false;
        }
    }

    void awaitHealth() throws IOException {
        long begin = System.nanoTime();
        while (!isHealthy()) {
            if (System.nanoTime() - begin > LONGEST_NANOS) {
                throw new IOException(name + " is not well; see " + folder.resolve("log"));
            }
            Client.pause(LOOK_NANOS);
        }
    }

    /** Who leads a stream, as this one sees it. */
    Optional<String> leader(String stream) throws IOException {
        JsonNode all = Watching.read(
                Http.get(monitor, "/jsz?accounts=true&streams=true").body());
        for (JsonNode account : all.path("account_details")) {
            for (JsonNode one : account.path("stream_detail")) {
                if (one.path("name").asString("").equals(stream)) {
                    return Optional.of(one.path("cluster").path("leader").asString(""))
                            .filter(leader -> !leader.isEmpty());
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        child.close();
    }
}
