package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The doctor before real proxies: with the configurations of {@code docs/proxies} all is right, and each thing that is known to go wrong in them is found.
 */
@Execution(ExecutionMode.CONCURRENT)
class ProxiesTest {
    private static final String REQUIRE = "PROSA_REQUIRE_PROXIES";
    private static final Path FOLDER = Path.of("..", "docs", "proxies");

    /** A change of the right configuration, and as what it is found. */
    private record Broken(String what, String of, String by, List<String> wrong) {
        static Broken with(String of, String by, String... wrong) {
            return new Broken(by, of, by, List.of(wrong));
        }

        static Broken without(String of, String... wrong) {
            return new Broken("without " + of, of, "", List.of(wrong));
        }

        /** As the document shows it. */
        static Broken not() {
            return new Broken("as it is", "", "", List.of());
        }
    }

    private final Map<String, Process> running = new LinkedHashMap<>();
    private RunningProsa prosa;

    @TempDir
    Path folder;

    @BeforeEach
    void startBehindIt() throws Exception {
        prosa = RunningProsa.encrypted(folder.resolve("data"));
    }

    @AfterEach
    void stopAll() throws Exception {
        // By force, as Caddy would wait until nobody asks anything any more.
        running.values().forEach(Process::destroyForcibly);
        for (Process process : running.values()) {
            process.waitFor();
        }
        prosa.close();
    }

    @Test
    void nginx() throws Exception {
        String end = "        proxy_http_version 1.1;\n";
        String host = "        proxy_set_header Host              $http_host;\n";
        examine(
                "nginx.conf",
                this::startNginx,
                Broken.not(),
                Broken.with(end, end + "proxy_ignore_headers X-Accel-Buffering;", "feed"),
                Broken.with(
                        end,
                        end + "gzip on; gzip_types text/event-stream; gzip_min_length 0; gzip_proxied any;",
                        "compression"),
                Broken.with(end, end + "proxy_set_header Last-Event-ID \"\";", "last-event-id"),
                Broken.with(end, end + "proxy_set_header Origin \"\";", "origin"),
                Broken.with("75s", "1s", "silence"),
                Broken.with("$http_host", "$host", "host", "websocket"),
                Broken.without(host, "host", "websocket"),
                Broken.without("        proxy_set_header Upgrade           $http_upgrade;\n", "websocket"),
                Broken.without(" http2", "http2"));
    }

    @Test
    void haproxy() throws Exception {
        String end = "    option forwardfor\n";
        examine(
                "haproxy.cfg",
                this::startHaproxy,
                Broken.not(),
                Broken.with(end, end + "    http-response wait-for-body time 2s\n", "feed"),
                Broken.with(end, end + "    http-request del-header Last-Event-ID\n", "last-event-id"),
                Broken.with(end, end + "    http-request del-header Origin\n", "origin"),
                Broken.with("    timeout server  75s", "    timeout server  1s", "silence"),
                Broken.with("    timeout tunnel  1h", "    timeout tunnel  1s", "silence"),
                Broken.with(end, end + "    http-request set-header Host localhost\n", "host", "websocket"),
                Broken.with(end, end + "    http-request del-header Upgrade\n", "websocket"),
                Broken.without(" alpn h2,http/1.1", "http2"));
    }

    @Test
    void caddy() throws Exception {
        String end = "        flush_interval -1\n";
        examine(
                "Caddyfile",
                this::startCaddy,
                Broken.not(),
                Broken.with(end, "        buffer_responses\n", "feed", "websocket"),
                Broken.with(
                        "    reverse_proxy 127.0.0.1:" + prosa.port("http") + " {\n",
                        "    encode gzip {\n        minimum_length 1\n        match {\n            header Content-Type text/event-stream*\n        }\n    }\n"
                                + "    reverse_proxy 127.0.0.1:" + prosa.port("http")
                                + " {\n        header_down -Cache-Control\n",
                        "compression",
                        "feed"),
                Broken.with(end, end + "        header_up -Last-Event-ID\n", "last-event-id"),
                Broken.with(end, end + "        header_up -Origin\n", "origin"),
                Broken.with(end, end + "        transport http {\n            read_timeout 1s\n        }\n", "silence"),
                Broken.with(end, end + "        header_up Host localhost\n", "host", "websocket"),
                Broken.with(end, end + "        header_up -Connection\n", "websocket"),
                Broken.with("{ # options", "{ # options\n    servers {\n        protocols h1\n    }", "http2"));
    }

    private interface Start {
        /** @param port where the proxy is to listen, over TLS */
        Process start(Path own, String configuration, int port) throws IOException;
    }

    /** All of them side by side, as most of the time nothing comes. */
    private void examine(String file, Start start, Broken... all) throws Exception {
        String right = Files.readString(FOLDER.resolve(file));
        Map<String, Diagnosis> made = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Diagnosis>> diagnoses = new ArrayList<>();
            Iterator<Integer> ports = freePorts(all.length).iterator();
            for (Broken broken : all) {
                int port = ports.next();
                String configuration = ours(file, right, port);
                assertTrue(configuration.contains(broken.of), broken.of);
                Path own = Files.createDirectories(folder.resolve("proxy-" + port));
                Process process = start.start(own, configuration.replace(broken.of, broken.by), port);
                running.put(broken.what, process);
                diagnoses.add(() -> diagnose(port, own, process));
            }
            List<Future<Diagnosis>> done = threads.invokeAll(diagnoses);
            for (int i = 0; i < all.length; i++) {
                made.put(all[i].what, done.get(i).get());
            }
        }
        assertAll(Stream.of(all).map(broken -> (Executable) () -> {
            assertEquals("", made.get(broken.what).err(), broken.what);
            made.get(broken.what).assertWrong(broken.wrong.toArray(String[]::new));
        }));
    }

    private Diagnosis diagnose(int port, Path own, Process process) throws Exception {
        while (!isListening(port)) {
            boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
            assertTrue(!ended, Files.readString(own.resolve("log")));
        }
        String trusted = folder.resolve("data/tls-self.pem").toString();
        return Diagnosis.inJson("https://localhost:" + port, "--cacert", trusted);
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** With this machine's names, ports and files in the place of those that are shown. */
    private String ours(String file, String shown, int port) {
        String pem = folder.resolve("data/tls-self.pem").toString();
        return shown.replace("listen 443", "listen 127.0.0.1:" + port)
                .replace("bind :443", "bind 127.0.0.1:" + port)
                .replace(
                        "chat.example {",
                        "{ # options\n    auto_https disable_redirects\n    admin off\n}\nhttps://localhost:" + port
                                + " {\n    bind 127.0.0.1\n    tls " + pem + " " + pem)
                .replace("server_name chat.example", "server_name localhost")
                .replaceAll("/etc/ssl/chat\\.example\\.(pem|key)", pem)
                .replace("127.0.0.1:8080", "127.0.0.1:" + prosa.port("http"));
    }

    /** All at once, so that no two are the same: two HAProxys, and two Caddys, would share a port without a word. */
    private static List<Integer> freePorts(int count) throws IOException {
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

    private Process startNginx(Path own, String configuration, int port) throws IOException {
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

    private Process startHaproxy(Path own, String configuration, int port) throws IOException {
        Path file = Files.writeString(own.resolve("haproxy.cfg"), configuration);
        return run(own, "haproxy", "-db", "-f", file.toString());
    }

    private Process startCaddy(Path own, String configuration, int port) throws IOException {
        Path file = Files.writeString(own.resolve("Caddyfile"), configuration);
        return run(own, "caddy", "run", "--adapter", "caddyfile", "--config", file.toString());
    }

    private static Process run(Path own, String program, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(find(program)));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("log").toFile());
        builder.environment().put("HOME", own.toString());
        builder.environment().put("XDG_DATA_HOME", own.toString());
        builder.environment().put("XDG_CONFIG_HOME", own.toString());
        return builder.start();
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
            console.println("The doctor's tests with " + program + " are skipped: it was not found");
            assumeTrue(false, program);
        }
        assertTrue(!found.isEmpty(), program + " was not found, and " + REQUIRE + " says that there must be one");
        return found;
    }
}
