package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    private final Map<String, ProxyProcess> running = new LinkedHashMap<>();
    private RunningProsa prosa;

    @TempDir
    Path folder;

    @BeforeEach
    void startBehindIt() throws Exception {
        prosa = RunningProsa.encrypted(folder.resolve("data"));
    }

    @AfterEach
    void stopAll() throws Exception {
        running.values().forEach(ProxyProcess::kill);
        for (ProxyProcess proxy : running.values()) {
            proxy.close();
        }
        prosa.close();
    }

    @Test
    void nginx() throws Exception {
        String end = "        proxy_http_version 1.1;\n";
        String host = "        proxy_set_header Host              $http_host;\n";
        examine(
                "nginx.conf",
                ProxyProcess::nginx,
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
                ProxyProcess::haproxy,
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
                ProxyProcess::caddy,
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

    /** With a Prosa in the place of each of the two; {@link SharedProxiesTest} has two. */
    @Test
    void nginxBeforeSeveral() throws Exception {
        examine("nginx-nodes.conf", ProxyProcess::nginx, Broken.not());
    }

    @Test
    void haproxyBeforeSeveral() throws Exception {
        examine("haproxy-nodes.cfg", ProxyProcess::haproxy, Broken.not());
    }

    /** All of them side by side, as most of the time nothing comes. */
    private void examine(String file, ProxyProcess.Start start, Broken... all) throws Exception {
        String right = Files.readString(ProxyProcess.CONFIGURATIONS.resolve(file));
        Map<String, Diagnosis> made = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Diagnosis>> diagnoses = new ArrayList<>();
            Iterator<Integer> ports = ProxyProcess.freePorts(2 * all.length).iterator();
            for (Broken broken : all) {
                int port = ports.next();
                String configuration = ours(right, port, ports.next());
                assertTrue(configuration.contains(broken.of), broken.of);
                Path own = Files.createDirectories(folder.resolve("proxy-" + port));
                ProxyProcess proxy = start.with(own, configuration.replace(broken.of, broken.by));
                running.put(broken.what, proxy);
                diagnoses.add(() -> diagnose(port, proxy));
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

    private Diagnosis diagnose(int port, ProxyProcess proxy) throws Exception {
        proxy.awaitListening(port);
        String trusted = folder.resolve("data/tls-self.pem").toString();
        return Diagnosis.inJson("https://localhost:" + port, "--cacert", trusted);
    }

    /** With this machine's names, ports and files in the place of those that are shown. */
    private String ours(String shown, int port, int lines) {
        String pem = folder.resolve("data/tls-self.pem").toString();
        return shown.replace("listen 443", "listen 127.0.0.1:" + port)
                .replace("bind :443", "bind 127.0.0.1:" + port)
                .replace("bind :2323", "bind 127.0.0.1:" + lines)
                .replace(
                        "chat.example {",
                        "{ # options\n    auto_https disable_redirects\n    admin off\n}\nhttps://localhost:" + port
                                + " {\n    bind 127.0.0.1\n    tls " + pem + " " + pem)
                .replace("server_name chat.example", "server_name localhost")
                .replaceAll("/etc/ssl/chat\\.example\\.(pem|key)", pem)
                .replaceAll("(127\\.0\\.0\\.1|10\\.0\\.0\\.[23]):8080", "127.0.0.1:" + prosa.port("http"))
                .replaceAll("10\\.0\\.0\\.[23]:2323", "127.0.0.1:" + prosa.port("tcp"));
    }
}
