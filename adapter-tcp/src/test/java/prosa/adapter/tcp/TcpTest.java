package prosa.adapter.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.House;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.LineClient;
import prosa.test.wire.client.Witness;

/** What is special about TCP. Each test has a room of its own. */
class TcpTest {
    private static House house;
    private static int rooms;

    private final List<LineClient> clients = new ArrayList<>();
    private String room = "";

    @BeforeAll
    static void open() {
        house = TcpHouse.open();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    @BeforeEach
    void enter() {
        room = "tcp-" + ++rooms;
    }

    @AfterEach
    void vanish() {
        clients.forEach(LineClient::vanish);
    }

    private LineClient connect() throws IOException {
        LineClient client = new LineClient(house.place().tcp());
        clients.add(client);
        return client;
    }

    private LineClient joined(String name) throws IOException {
        return connect().send("/join " + room + "\n").join(name);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        IntStream.range(0, values.length).forEach(i -> bytes[i] = (byte) values[i]);
        return bytes;
    }

    /** What is read up to there, as it came. */
    private static String readUpTo(Socket socket, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int b = socket.getInputStream().read();
            assertTrue(b >= 0, () -> "ended after " + read);
            read.append((char) b);
        }
        return read.toString();
    }

    private Socket socket() throws IOException {
        URI tcp = house.place().tcp();
        Socket socket = new Socket(tcp.getHost(), tcp.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    @Test
    void linesComeWithCrLfAndGoWithAnyEnd() throws IOException {
        LineClient bia = joined("Bia");
        try (Socket ana = socket()) {
            assertEquals("* What is your name?\r\n", readUpTo(ana, "\n"));
            ana.getOutputStream().write(("/join " + room + "\rAna\r\n").getBytes());
            assertTrue(readUpTo(ana, "/help").contains("\r\n* Welcome to " + room + ", Ana.\r\n"));
            ana.getOutputStream().write("one\ntwo\r\nthree\r\0four\r\n".getBytes());
            for (String text : List.of("one", "two", "three", "four")) {
                assertEquals("Ana: " + text, bia.lines().next(line -> !line.startsWith("* ")));
            }
        }
    }

    @Test
    void telnetsOptionsAreDeclinedAndNeverShown() throws IOException {
        LineClient bia = joined("Bia");
        try (Socket ana = socket()) {
            readUpTo(ana, "?\r\n");
            // DO ECHO, WILL NAWS, a subnegotiation, DO TIMING-MARK, and a name.
            ana.getOutputStream()
                    .write(bytes(255, 253, 1, 255, 251, 31, 255, 250, 31, 0, 80, 0, 24, 255, 240, 255, 253, 6));
            byte[] answers = ana.getInputStream().readNBytes(9);
            assertArrayEquals(bytes(255, 252, 1, 255, 254, 31, 255, 252, 6), answers);
            ana.getOutputStream().write(("/join " + room + "\nA").getBytes());
            ana.getOutputStream().write(bytes(255, 241, 'n', 255, 254, 3, 'a', '\n'));
            readUpTo(ana, ", Ana.");
            ana.getOutputStream().write(bytes('h', 255, 250, 24, 'x', 255, 255, '\n', 255, 240, 'i', '\n'));
            assertEquals("Ana: hi", bia.lines().next(line -> line.startsWith("Ana:")));
        }
    }

    @Test
    void backspaceAndDeleteEraseACharacter() throws IOException {
        LineClient bia = joined("Bia");
        LineClient ana = joined("Ana");
        ana.send("\b\u007fhellp\bo é\u007f👋\b!\n");
        assertEquals("Ana: hello !", bia.lines().next(line -> line.startsWith("Ana:")));
    }

    @Test
    void aLineTooLongIsRefusedAndTheConnectionLives() throws IOException {
        LineClient bia = joined("Bia");
        LineClient ana = joined("Ana");
        byte[] megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) 'x');
        for (int i = 0; i < 20; i++) {
            ana.send(megabyte);
        }
        ana.send("\nstill here\n");
        ana.lines().next(line -> line.startsWith("* text-too-long: "));
        assertEquals("Ana: still here", bia.lines().next(line -> line.startsWith("Ana:")));
        assertEquals(
                1,
                ana.lines().all().stream()
                        .filter(line -> line.startsWith("* text-too-long: "))
                        .count());
        LineClient program =
                connect().send("prosa.v1\n" + Json.object("type", "join", "name", "Program", "room", room) + "\n");
        program.send("{\"type\":\"say\",\"text\":\"").send(megabyte).send("\"}\n");
        program.send(Json.object("type", "say", "text", "here, too") + "\n");
        program.lines().next(line -> line.contains("\"text-too-long\""));
        program.lines().next(line -> line.contains("\"ack\""));
        assertEquals("Program: here, too", bia.lines().next(line -> line.startsWith("Program:")));
    }

    @Test
    void theLongestLinesAreTaken() throws IOException {
        LineClient bia = joined("Bia");
        String longest = "👋".repeat(4_000);
        joined("Ana").send(longest + "\n");
        assertEquals("Ana: " + longest, bia.lines().next(line -> line.startsWith("Ana:")));
        LineClient program =
                connect().send("prosa.v1\n" + Json.object("type", "join", "name", "Program", "room", room) + "\n");
        program.send(Json.object("type", "say", "text", longest) + "\n");
        program.lines().next(line -> line.contains("\"ack\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Type: text/plain\r\n\r\nMallory\r\nhello\r\n",
                "PUT /a HTTP/1.0\n\nMallory\nhello\n",
                "OPTIONS * HTTP/1.1\r\n\r\n",
            })
    void aFirstLineThatIsAnHttpRequestIsClosed(String request) throws IOException {
        LineClient watcher = connect().send("Watcher\n");
        LineClient browser = connect();
        try {
            browser.send(request);
        } catch (java.io.UncheckedIOException e) {
            // Closed before it was all sent.
        }
        browser.lines().untilEnd();
        watcher.send("/who\n");
        String who = watcher.lines().next(line -> line.startsWith("* 1 in main: "));
        assertEquals("* 1 in main: Watcher (tcp)", who);
        watcher.send("/quit\n").lines().untilEnd();
    }

    @Test
    void aRequestLineThatIsLongerThanALineIsClosedToo() throws IOException {
        LineClient browser = connect();
        try {
            browser.send("POST /" + "x".repeat(100_000) + " HTTP/1.1\r\n\r\nMallory\r\n");
        } catch (java.io.UncheckedIOException e) {
            // Closed before it was all sent.
        }
        browser.lines().untilEnd();
        assertTrue(browser.lines().all().stream().noneMatch(line -> line.contains("Welcome")));
    }

    @Test
    void laterALineLikeThatIsAMessage() throws IOException {
        LineClient bia = joined("Bia");
        joined("Ana").send("GET / HTTP/1.1\nprosa.v1\n");
        assertEquals("Ana: GET / HTTP/1.1", bia.lines().next(line -> line.startsWith("Ana:")));
        assertEquals("Ana: prosa.v1", bia.lines().next());
    }

    @Test
    void programsSpeakJsonALineAnObject() throws IOException {
        LineClient bia = joined("Bia");
        LineClient program = connect().send("prosa.v1\r\n");
        assertEquals("{\"type\":\"ask\"}", program.lines().next(line -> line.startsWith("{")));
        program.send(Json.object("type", "join", "name", "Program", "room", room) + "\r\n\n  \r\n");
        Json welcome = Json.parse(program.lines().next());
        assertEquals(room, welcome.text("room"));
        program.send(Json.object("type", "say", "text", "one\ntwo", "ref", "1") + "\n");
        assertEquals(
                "1",
                Json.parse(program.lines().next(line -> line.contains("ack"))).text("ref"));
        assertEquals("Program: one", bia.lines().next(line -> line.startsWith("Program:")));
        assertEquals("  two", bia.lines().next());
        bia.send("hi\n");
        Json said = Json.parse(program.lines().next(line -> line.contains("said")));
        assertEquals(List.of("Bia", "tcp", "hi"), List.of(said.text("by"), said.text("via"), said.text("text")));
        program.send("/who\n");
        assertEquals("malformed", Json.parse(program.lines().next()).text("reason"));
    }

    @Test
    void twoSlashesSayOne() throws IOException {
        LineClient bia = joined("Bia");
        joined("Ana").send("//quit is a command\n");
        assertEquals("Ana: /quit is a command", bia.lines().next(line -> line.startsWith("Ana:")));
    }

    @Test
    void theCommandsDoWhatTheySay() throws IOException {
        LineClient bia = joined("Bia Maria");
        LineClient ana = joined("Ana");
        ana.send("/help\n");
        for (String command : List.of("/who", "/nick", "/join", "/msg", "/last", "/quit", "//")) {
            ana.lines().next(line -> line.startsWith("* " + command));
        }
        ana.send("/who\n");
        assertEquals(
                "* 2 in " + room + ": Bia Maria (tcp) and Ana (tcp)",
                ana.lines().next(line -> line.startsWith("* 2 in")));
        ana.send("/nick Anita\n");
        bia.lines().next("* Ana is now called Anita"::equals);
        ana.send("/msg \"bia maria\" psst\n");
        assertEquals("* (private) Anita: psst", bia.lines().next());
        ana.send("/join " + room + "-b\n");
        assertEquals("* Anita left", bia.lines().next());
        ana.lines().next(line -> line.startsWith("* Welcome to " + room + "-b, Anita."));
        ana.lines().next(line -> line.contains("/help"));
        ana.send("/nick\n/last\n/last -1\n/dance\n/join A B\n/msg Bia\n");
        for (String reason :
                List.of("malformed", "malformed", "malformed", "unknown-command", "room-invalid", "malformed")) {
            assertTrue(ana.lines().next().startsWith("* " + reason + ": "));
        }
        ana.send("/quit\nnot said\n");
        ana.lines().untilEnd();
        assertTrue(house.witness().messagesAfter(room + "-b", "0-0").isEmpty());
    }

    @Test
    void noHistoryIsShownOnJoiningAndLastShowsIt() throws IOException {
        Witness witness = house.witness();
        IntStream.rangeClosed(1, 30).forEach(i -> witness.pass(room, "Caio", "number " + i));
        witness.pass(room, "Caio", "number 31\nwith two lines");
        LineClient ana = connect();
        ana.send("/join " + room + "\n/last 2\n");
        ana.lines().next("* The last 2 messages in %s (times in UTC):".formatted(room)::equals);
        String day = ana.lines().next();
        assertTrue(day.matches("\\* [A-Z][a-z]+day, \\d{1,2} [A-Z][a-z]+ \\d{4}"), day);
        for (String said : List.of("Caio: number 30", "Caio: number 31")) {
            String line = ana.lines().next();
            assertTrue(line.matches("\\d\\d:\\d\\d " + said), line);
        }
        assertEquals(
                List.of("  with two lines", "* End of history."),
                List.of(ana.lines().next(), ana.lines().next()));
        ana.join("Ana");
        assertTrue(ana.lines().all().stream().noneMatch("Caio: number 1"::equals));
        ana.send("/last 1000\n");
        ana.lines().next("* The last 31 messages in %s (times in UTC):".formatted(room)::equals);
    }

    @Test
    void linesBeforeAHalfCloseAreStillSaid() throws IOException {
        LineClient bia = joined("Bia");
        LineClient ana = connect();
        ana.send("/join " + room + "\nAna\nfirst\nsecond\nbegun and not ended");
        ana.closeOutput();
        ana.lines().untilEnd();
        assertEquals("Ana: first", bia.lines().next(line -> line.startsWith("Ana:")));
        assertEquals("Ana: second", bia.lines().next());
        assertEquals("Ana: begun and not ended", bia.lines().next());
        assertEquals("* Ana left", bia.lines().next());
        assertTrue(ana.lines().all().stream().anyMatch(line -> line.startsWith("* Welcome")), "it still reads");
    }
}
