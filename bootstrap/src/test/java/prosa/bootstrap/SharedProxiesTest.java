package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.adapter.nats.NatsServer;
import prosa.application.port.SharedLog;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.EventSource;
import prosa.test.wire.client.EventSource.Block;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.LineClient;

/**
 * Two whole Prosas behind a proxy that spreads people over them, with the configurations of {@code docs/proxies} but for TLS, which
 * {@link ProxiesTest} has. One is ended while somebody posts and others listen.
 */
@Timeout(60)
class SharedProxiesTest {
    private static final Duration PROMISED = Duration.ofSeconds(30);
    private static final int READERS = 4;

    @TempDir
    Path folder;

    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private NatsServer server;
    private RunningHouse one;
    private RunningHouse two;
    private ProxyProcess proxy;
    private volatile boolean over;
    private boolean isOneEnded;
    private Http behind;
    private URI lines;

    @BeforeEach
    void startTwo() throws Exception {
        server = NatsServer.start(folder.resolve("engine"));
        SharedLog log = server.log("prosa");
        one = RunningHouse.sharing(log, folder.resolve("one"));
        two = RunningHouse.sharing(log, folder.resolve("two"));
        for (RunningHouse house : List.of(one, two)) {
            Waiting.await(
                    "it is ready", PROMISED, () -> house.http().get("/ready").status() == 200);
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        over = true;
        readers.forEach(Reader::leave);
        if (proxy != null) {
            proxy.close();
        }
        if (server != null) {
            if (!isOneEnded) {
                one.close();
            }
            two.close();
            server.close();
        }
    }

    private void start(String file, ProxyProcess.Start start) throws Exception {
        List<Integer> ports = ProxyProcess.freePorts(2);
        Path own = Files.createDirectories(folder.resolve("proxy"));
        proxy = start.with(own, ours(Files.readString(ProxyProcess.CONFIGURATIONS.resolve(file)), ports));
        proxy.awaitListening(ports.getFirst());
        behind = new Http(URI.create("http://127.0.0.1:" + ports.getFirst()));
        lines = URI.create("tcp://127.0.0.1:" + ports.getLast());
    }

    /** With this machine's ports in the place of those that are shown, in the clear, and with more looks at nodes, as they take most of the time. */
    private String ours(String shown, List<Integer> ports) {
        return shown.replace("listen 443 ssl http2", "listen 127.0.0.1:" + ports.getFirst())
                .replaceAll("(?m)^ *ssl_.*\n", "")
                .replaceAll("bind :443 ssl .*", "bind 127.0.0.1:" + ports.getFirst())
                .replace("inter 2s", "inter 200ms")
                .replace("bind :2323", "bind 127.0.0.1:" + ports.getLast())
                .replace("10.0.0.2:8080", one.http().server().getAuthority())
                .replace("10.0.0.3:8080", two.http().server().getAuthority())
                .replace("10.0.0.2:2323", one.place().tcp().getAuthority())
                .replace("10.0.0.3:2323", two.place().tcp().getAuthority());
    }

    @Test
    void nginxSendsPeopleToTheNodeThatIsLeft() throws Exception {
        start("nginx-nodes.conf", ProxyProcess::nginx);
        endOneUnderLoad();
        try (StandIn standIn = standInForOne()) {
            assertAllAreKept();
            assertEquals(List.of(), standIn.asked, "it was left alone");
        }
    }

    @Test
    void haproxySendsPeopleToTheNodeThatIsLeftAndBackOnceTheOtherIsReady() throws Exception {
        start("haproxy-nodes.cfg", ProxyProcess::haproxy);
        AtomicInteger ended = new AtomicInteger();
        for (String name : List.of("Lia", "Rui")) {
            new LineClient(lines).join(name).lines().forEach(line -> {}, ended::incrementAndGet);
        }
        endOneUnderLoad();
        Waiting.await("one of the two was there", () -> ended.get() == 1);
        for (String backend : List.of("prosa", "reading", "lines")) {
            Waiting.await("it is seen", () -> proxy.log().contains("Server " + backend + "/one is DOWN"));
        }
        try (StandIn standIn = standInForOne()) {
            assertAllAreKept();
            try (LineClient person = new LineClient(lines).join("Ana")) {
                person.send("here I am\n");
                readers.getFirst().awaitText("here I am");
            }
            Waiting.await("it is asked how it is", () -> standIn.asked.containsAll(List.of("/ready", "/health")));
            assertTrue(
                    standIn.asked.stream().allMatch(path -> path.equals("/ready") || path.equals("/health")),
                    standIn.asked::toString);
            standIn.ready = true;
            Waiting.await(
                    "it is sent to",
                    PROMISED,
                    () -> behind.get("/messages?limit=1").body().equals(StandIn.WORDS));
        }
    }

    private StandIn standInForOne() throws IOException {
        return new StandIn(one.http().server().getPort());
    }

    private void assertAllAreKept() {
        for (int i = 0; i < 20; i++) {
            assertEquals(201, behind.say("main", "Pia", "once").status());
        }
    }

    private void endOneUnderLoad() throws Exception {
        for (int i = 0; i < READERS; i++) {
            readers.add(new Reader());
        }
        Poster poster = new Poster();
        poster.awaitMore(20);
        isOneEnded = true;
        one.close();
        Waiting.await(
                "half of them have come back",
                () -> readers.stream().filter(Reader::hasComeBack).count() == READERS / 2);
        poster.awaitMore(20);
        List<String> said = poster.stop();
        for (Reader reader : readers) {
            reader.awaitText(said.getLast());
            assertEquals(said, reader.texts());
        }
    }

    /** An EventSource, which comes back by its last id, and is lost if it is not let in at once. */
    private final class Reader {
        private final List<Block> shown = new CopyOnWriteArrayList<>();
        private final AtomicInteger times = new AtomicInteger();
        private volatile boolean gone;
        private volatile EventSource feed;

        Reader() {
            open("");
        }

        private void open(String since) {
            String[] headers = since.isEmpty() ? new String[0] : new String[] {"Last-Event-ID", since};
            EventSource open = new EventSource(behind.server().resolve("/feed"), headers);
            feed = open;
            times.incrementAndGet();
            open.blocks().forEach(shown::add, () -> comeBack(since, open.lastEventId()));
        }

        /** A stream that ends at once has told no place. */
        private void comeBack(String since, String last) {
            if (!gone) {
                open(last.isEmpty() ? since : last);
            }
        }

        boolean hasComeBack() {
            return times.get() > 1;
        }

        /** A gap, too, would be one. */
        List<String> texts() {
            return shown.stream()
                    .filter(block -> block.isMessage() || block.isEvent("gap"))
                    .map(block -> block.isMessage() ? block.json().text("text") : "gap")
                    .toList();
        }

        void awaitText(String text) {
            Waiting.await("it is told " + text, () -> texts().contains(text));
        }

        void leave() {
            gone = true;
            feed.close();
        }
    }

    /** Somebody who posts one text after the other, each with a key, until it is kept. */
    private final class Poster {
        private final List<String> said = new CopyOnWriteArrayList<>();
        private final Thread thread;
        private volatile boolean ended;

        Poster() {
            thread = Thread.ofVirtual().start(this::post);
        }

        private void post() {
            while (!ended && !over) {
                String text = "n" + said.size();
                if (isKept(text)) {
                    said.add(text);
                }
            }
        }

        private boolean isKept(String text) {
            try {
                return behind.post("/messages?name=Pia", text, "Idempotency-Key", text)
                                .status()
                        == 201;
            } catch (UncheckedIOException e) {
                return false;
            }
        }

        void awaitMore(int count) {
            int enough = said.size() + count;
            Waiting.await("it is said", () -> said.size() >= enough);
        }

        List<String> stop() throws InterruptedException {
            ended = true;
            thread.join();
            return said;
        }
    }

    /** What listens where a node was. It is not ready, and writes down what it is asked. */
    private static final class StandIn implements AutoCloseable {
        static final String WORDS = "somebody else";

        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final HttpServer listening;
        private volatile boolean ready;

        StandIn(int port) throws IOException {
            listening = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
            listening.createContext("/", this::answer);
            listening.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            asked.add(exchange.getRequestURI().getPath());
            byte[] words = WORDS.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(ready ? 200 : 503, words.length);
            try (exchange) {
                exchange.getResponseBody().write(words);
            }
        }

        @Override
        public void close() {
            listening.stop(0);
        }
    }
}
