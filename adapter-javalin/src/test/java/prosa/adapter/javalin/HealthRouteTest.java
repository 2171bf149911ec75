package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import prosa.application.Chat;
import prosa.application.LocalNames;
import prosa.application.ScriptedRegister;
import prosa.application.port.Bound;
import prosa.application.port.HouseClock;
import prosa.application.port.KeptListener;
import prosa.application.port.MessageEngine;
import prosa.application.port.Page;
import prosa.application.port.Peer;
import prosa.application.port.Register;
import prosa.application.port.Stretch;
import prosa.delivery.BatchWriter;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Removal;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** What a supervisor is told, over a real socket, by a house whose engine does what is planted. */
@Timeout(30)
class HealthRouteTest {
    private static final Duration STALLED_AFTER = Duration.ofMillis(1_500);
    private static final String HEALTHY = "{\"status\":\"ok\",\"position\":\"7-0\"}";

    private final PlantedEngine engine = new PlantedEngine();
    private final Chat chat =
            new Chat(engine, BatchWriter.NONE, new LocalNames(), HouseClock.over(InstantSource.system()));
    private final HttpServer server = new HttpServer(
            List.of(InetAddress.getLoopbackAddress()),
            Doors.anyPort(),
            Doors.USUAL,
            head -> true,
            config -> new HealthRoute(chat, Runnable::run, STALLED_AFTER).install(config.routes));
    private final HttpClient client = HttpClient.newHttpClient();

    /** Keeps nothing: each message waits on the delivery thread, or for good. */
    private static final class PlantedEngine implements MessageEngine {
        final CountDownLatch publishing = new CountDownLatch(1);
        final CountDownLatch blocked = new CountDownLatch(1);
        volatile boolean blocks;
        volatile Optional<String> outage = Optional.empty();

        @Override
        public void start(KeptListener listener) {}

        @Override
        public Register register() {
            return new ScriptedRegister();
        }

        @Override
        public CompletionStage<Message> publish(Draft draft, long origin) {
            publishing.countDown();
            boolean interrupted = false;
            while (blocks && blocked.getCount() > 0) {
                try {
                    blocked.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<List<Entry>> remove(Removal removal) {
            return new CompletableFuture<>();
        }

        @Override
        public Optional<String> outage() {
            return outage;
        }

        @Override
        public long epoch() {
            return 7;
        }

        @Override
        public long head() {
            return 0;
        }

        @Override
        public long floor() {
            return 0;
        }

        @Override
        public CompletionStage<Page> after(Set<RoomName> rooms, long after, long upTo, Bound bound) {
            return CompletableFuture.completedStage(new Page(List.of(), false));
        }

        @Override
        public CompletionStage<Stretch> entries(Set<RoomName> rooms, long after, long upTo, Bound bound) {
            return CompletableFuture.completedStage(new Stretch(List.of(), false));
        }

        @Override
        public CompletionStage<Page> last(Set<RoomName> rooms, long upTo, Bound bound) {
            return CompletableFuture.completedStage(new Page(List.of(), false));
        }

        @Override
        public CompletionStage<Set<RoomName>> rooms() {
            return CompletableFuture.completedStage(Set.of());
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void start() throws Exception {
        chat.start();
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        engine.blocked.countDown();
        chat.close(Duration.ofSeconds(1));
        server.stop(Duration.ofSeconds(1));
        client.close();
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        URI address = server.listening("http").getFirst();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private void assertAnswer(int status, String body, String path) throws Exception {
        HttpResponse<String> answer = ask("GET", path);
        assertEquals(List.of(status, body), List.of(answer.statusCode(), answer.body()));
        assertEquals(List.of("no-store"), answer.headers().allValues("Cache-Control"));
        HttpResponse<String> head = ask("HEAD", path);
        assertEquals(List.of(status, ""), List.of(head.statusCode(), head.body()));
        assertEquals(List.of("no-store"), head.headers().allValues("Cache-Control"));
    }

    private void post() throws Exception {
        var unused = chat.post(
                new Peer(new Via("http"), InetAddress.getLoopbackAddress()),
                new RoomName("main"),
                new Name("Ana"),
                new Text("hello"),
                Optional.empty());
        assertTrue(engine.publishing.await(10, TimeUnit.SECONDS));
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Test
    void anIdleHouseIsHealthyAndReady() throws Exception {
        pass(STALLED_AFTER.plusMillis(100));
        assertAnswer(200, HEALTHY, "/health");
        assertAnswer(200, "{\"status\":\"ok\"}", "/ready");
    }

    @Test
    void whileTheDeliveryThreadStandsStillTheHouseIsNeither() throws Exception {
        engine.blocks = true;
        post();
        long asked = System.nanoTime();
        assertEquals(200, ask("GET", "/health").statusCode(), "it may only be busy");
        assertTrue(System.nanoTime() - asked < TimeUnit.SECONDS.toNanos(2), "answered without it");
        while (ask("GET", "/health").statusCode() == 200) {
            pass(Duration.ofMillis(20));
        }
        String because = "{\"status\":\"unavailable\",\"because\":\"the delivery thread has not turned for ";
        for (String path : List.of("/health", "/ready")) {
            HttpResponse<String> answer = ask("GET", path);
            assertEquals(503, answer.statusCode());
            assertTrue(answer.body().startsWith(because), answer::body);
            assertEquals(503, ask("HEAD", path).statusCode());
        }
        engine.blocked.countDown();
        while (ask("GET", "/health").statusCode() == 503) {
            pass(Duration.ofMillis(20));
        }
        assertAnswer(200, HEALTHY, "/health");
    }

    @Test
    void aWriteThatIsSlowChangesNothing() throws Exception {
        post();
        pass(STALLED_AFTER.plusMillis(100));
        assertAnswer(200, HEALTHY, "/health");
    }

    @Test
    void whileMessagesCanNotBeKeptTheHouseIsHealthyButNotReady() throws Exception {
        engine.outage = Optional.of("the disk said \"no\"");
        assertAnswer(503, "{\"status\":\"unavailable\",\"because\":\"the disk said \\\"no\\\"\"}", "/ready");
        assertAnswer(200, HEALTHY, "/health");
        engine.outage = Optional.empty();
        assertAnswer(200, "{\"status\":\"ok\"}", "/ready");
    }
}
