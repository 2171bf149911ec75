package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A real proxy, with a configuration as {@code docs/proxies} has them. A test that wants one is skipped where it is not installed. */
final class ProxyProcess implements AutoCloseable {
    static final Path CONFIGURATIONS = Path.of("..", "docs", "proxies");

    private static final String REQUIRE = "PROSA_REQUIRE_PROXIES";

    private final Process process;
    private final Path log;

    private ProxyProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** What starts one. */
    interface Start {
        /** @param own a folder that nobody else uses */
        ProxyProcess with(Path own, String configuration) throws IOException;
    }

    static ProxyProcess nginx(Path own, String configuration) throws IOException {
        StringBuilder paths = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            paths.append("    %s_temp_path %s;\n".formatted(kind, own.resolve(kind)));
        }
        String whole =
                "daemon off;\nmaster_process off;\npid %s;\nerror_log stderr;\nevents {}\nhttp {\n    access_log off;\n%s%s}\n"
                        .formatted(own.resolve("pid"), paths, configuration);
        Path file = Files.writeString(own.resolve("nginx.conf"), whole);
        return run(own, "nginx", "-p", own.toString(), "-e", "stderr", "-c", file.toString());
    }

    static ProxyProcess haproxy(Path own, String configuration) throws IOException {
        Path file = Files.writeString(own.resolve("haproxy.cfg"), configuration);
        return run(own, "haproxy", "-db", "-f", file.toString());
    }

    static ProxyProcess caddy(Path own, String configuration) throws IOException {
        Path file = Files.writeString(own.resolve("Caddyfile"), configuration);
        return run(own, "caddy", "run", "--adapter", "caddyfile", "--config", file.toString());
    }

    private static ProxyProcess run(Path own, String program, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(find(program)));
        command.addAll(List.of(args));
        Path log = own.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("HOME", own.toString());
        builder.environment().put("XDG_DATA_HOME", own.toString());
        builder.environment().put("XDG_CONFIG_HOME", own.toString());
        return new ProxyProcess(builder.start(), log);
    }

    /** Where it is; skips the test, and says so on the console, if it is nowhere. */
    private static String find(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        String found = Pattern.compile(":")
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        if (found.isEmpty() && !Boolean.parseBoolean(System.getenv(REQUIRE))) {
            PrintStream console =
                    new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
            console.println("Tests with " + program + " are skipped: it was not found");
            assumeTrue(false, program);
        }
        assertTrue(!found.isEmpty(), program + " was not found, and " + REQUIRE + " says that there must be one");
        return found;
    }

    /** Waits until it listens there. */
    void awaitListening(int port) throws InterruptedException {
        while (!isListening(port)) {
            boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
            assertTrue(!ended, log());
        }
    }

    /** What it has told up to now. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** All at once, so that no two are the same: two HAProxys, and two Caddys, would share a port without a word. */
    static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> free = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                free.add(new ServerSocket(0));
            }
            return free.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket each : free) {
                each.close();
            }
        }
    }

    /** By force, as Caddy would wait until nobody asks anything any more. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        process.waitFor();
    }
}
