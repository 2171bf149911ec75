package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import prosa.test.wire.House;
import prosa.test.wire.TestClock;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Http.Answer;
import prosa.test.wire.client.Json;

/** Answers that nobody holds in memory: they go out page by page, and end with the connection. */
class LongAnswersTest {
    /** 16 KB of UTF-8 each: some sixty make a megabyte. */
    private static final String LONG = "\uD83D\uDE00".repeat(3_990);

    private static final int COUNT = 100;

    private static House house;
    private static Http http;
    private static final List<String> IDS = new ArrayList<>();

    @BeforeAll
    static void open() {
        house = HttpHouse.open(new TestClock());
        http = house.http();
        IDS.addAll(fill(http));
    }

    private static List<String> fill(Http http) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            ids.add(http.post("/messages?name=Ana&room=long", LONG + i).json().text("id"));
        }
        return ids;
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    private static List<String> ids(Answer answer) {
        return answer.json().list().stream().map(message -> message.text("id")).toList();
    }

    @Test
    void theNewestThatFitAreOneArray() {
        Answer answer = http.get("/messages?room=long&limit=1000");
        assertEquals(200, answer.status());
        assertEquals("application/json", answer.header("Content-Type"));
        assertEquals("true", answer.header("Prosa-More"));
        int bytes = answer.body().getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes <= 1_000_000 && bytes > 950_000, bytes + " bytes");
        List<String> ids = ids(answer);
        assertEquals(IDS.subList(COUNT - ids.size(), COUNT), ids);
        assertEquals(IDS.getLast(), answer.header("Prosa-Position"));
    }

    @Test
    void whoAsksOnFromThePositionGetsAllOnce() {
        List<String> ids = new ArrayList<>();
        String since = IDS.getFirst();
        Answer answer;
        do {
            answer = http.get("/messages?room=long&limit=1000&since=" + since);
            ids.addAll(ids(answer));
            since = answer.header("Prosa-Position");
        } while (answer.header("Prosa-More").equals("true"));
        assertEquals(IDS.subList(1, COUNT), ids);
    }

    @Test
    void asLinesItIsTheSame() {
        Answer answer =
                http.get("/messages?room=long&limit=1000&since=" + IDS.getFirst(), "Accept", "application/x-ndjson");
        assertEquals("application/x-ndjson", answer.header("Content-Type"));
        List<String> ids =
                answer.body().lines().map(line -> Json.parse(line).text("id")).toList();
        assertEquals(IDS.subList(1, 1 + ids.size()), ids);
        assertEquals("true", answer.header("Prosa-More"));
        assertEquals(ids.getLast(), answer.header("Prosa-Position"));
    }

    @Test
    void aLongPollThatIsFarBehindToo() {
        Answer answer = http.get("/messages?room=long&limit=1000&wait=10&since=" + IDS.getFirst());
        List<String> ids = ids(answer);
        assertEquals(IDS.subList(1, 1 + ids.size()), ids);
        assertEquals("true", answer.header("Prosa-More"));
        assertEquals(ids.getLast(), answer.header("Prosa-Position"));
    }

    @Test
    void whatFitsOnAPageIsNotCutAndKeepsTheConnection() {
        Answer answer = http.get("/messages?room=long&limit=3");
        assertEquals(IDS.subList(COUNT - 3, COUNT), ids(answer));
        assertEquals("", answer.header("Prosa-More"));
        assertEquals("", answer.header("Connection"));
    }

    @Test
    void whoReadsSlowlyGetsAllOfIt() throws Exception {
        try (Socket slow = slow(http)) {
            InputStream in = slow.getInputStream();
            byte[] first = in.readNBytes(100_000);
            String whole = http.get("/messages?room=long&limit=1000").body();
            byte[] rest = in.readAllBytes();
            String told = new String(first, StandardCharsets.UTF_8);
            assertTrue(told.startsWith("HTTP/1.1 200 "), told.substring(0, 40));
            int head = told.indexOf("\r\n\r\n") + 4;
            assertEquals(whole.getBytes(StandardCharsets.UTF_8).length, first.length + rest.length - head);
            assertEquals(']', rest[rest.length - 1]);
        }
    }

    private static Socket slow(Http http) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", http.server().getPort()));
        socket.getOutputStream()
                .write("GET /messages?room=long&limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
