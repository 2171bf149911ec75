package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import prosa.application.port.SharedLog;

/** A real nats-server with JetStream, on a free port of this machine. */
public final class NatsServer implements AutoCloseable {
    private static final String PROGRAM = "nats-server";
    private static final long DEADLINE = 20_000_000_000L;

    private final Path folder;
    private final int port;
    private final List<String> more;
    private Process process;

    private NatsServer(Path folder, int port, List<String> more) throws IOException, InterruptedException {
        this.folder = folder;
        this.port = port;
        this.more = more;
        start();
    }

    /**
     * Starts one. The test is skipped where the program is not installed, unless it is required.
     *
     * @param folder of what it keeps
     */
    public static NatsServer start(Path folder, String... more) throws IOException, InterruptedException {
        boolean required = "true".equals(System.getenv("PROSA_REQUIRE_NATS"));
        assumeTrue(required || program().isPresent(), PROGRAM + " is not installed");
        return new NatsServer(folder, freePort(), List.of(more));
    }

    private static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/bin"))
                .map(place -> Path.of(place, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Starts it again, on the same port. */
    public void start() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> command = Stream.concat(
                        Stream.of(
                                program().map(Path::toString).orElse(PROGRAM),
                                "-a",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(port),
                                "-js",
                                "-sd",
                                folder.toString()),
                        more.stream())
                .toList();
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolveSibling(folder.getFileName() + ".log").toFile()))
                .start();
        long deadline = System.nanoTime() + DEADLINE;
        while (!isListening()) {
            assertTrue(process.isAlive() && System.nanoTime() - deadline < 0, "nats-server does not listen");
            Thread.sleep(10);
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return socket.getInputStream().read() == 'I'; // of INFO, which JetStream is ready before
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGSTOP; returns once it stands still. */
    public void stop() throws IOException, InterruptedException {
        signal("STOP");
        Path status = Path.of("/proc", Long.toString(process.pid()), "stat");
        while (!Files.readString(status).contains(") T ")) {
            Thread.sleep(1);
        }
    }

    /** SIGCONT. */
    public void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    public Path folder() {
        return folder;
    }

    public URI url() {
        return URI.create("nats://127.0.0.1:" + port);
    }

    /** A log of its own there. */
    public SharedLog log(String prefix) {
        return new SharedLog(List.of(url()), Optional.empty(), prefix, 1);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
