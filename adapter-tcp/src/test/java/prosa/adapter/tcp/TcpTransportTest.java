package prosa.adapter.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.adapter.memory.MemoryEngine;
import prosa.application.Chat;
import prosa.application.Descriptors;
import prosa.application.LocalNames;
import prosa.application.port.Encryption;
import prosa.application.port.HouseClock;
import prosa.application.port.Port;
import prosa.application.port.UserTimeout;
import prosa.delivery.BatchWriter;
import prosa.language.Language;

class TcpTransportTest {
    private static final InetAddress LOOPBACK = address(127, 0, 0, 1);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Chat chat = new Chat(
            new MemoryEngine(HouseClock.over(InstantSource.system()), 64 << 20),
            BatchWriter.NONE,
            new LocalNames(),
            HouseClock.over(InstantSource.system()));
    private final List<AutoCloseable> closeables = new ArrayList<>();
    private static final Descriptors MANY = new Descriptors(() -> Long.MAX_VALUE);

    private final Map<Duration, Integer> limited = new ConcurrentHashMap<>();
    private final UserTimeout userTimeout = (socket, patience, owner) -> limited.merge(patience, 1, Integer::sum);
    private final TcpTransport transport = transport(LOOPBACK, 0);
    private boolean closed;

    /** Over TLS the same holds. */
    Optional<Encryption> encryption() {
        return Optional.empty();
    }

    private TcpTransport transport(InetAddress address, int port) {
        return new TcpTransport(
                chat,
                List.of(address),
                new Port(port, encryption()),
                MANY,
                userTimeout,
                Language.ENGLISH,
                ZoneOffset.UTC);
    }

    @BeforeEach
    void open() throws IOException {
        chat.start();
        transport.start();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : closeables) {
            closeable.close();
        }
        stop();
    }

    private void stop() throws InterruptedException {
        if (!closed) {
            closed = true;
            transport.stopAccepting();
            chat.close(GRACE);
            transport.stop(GRACE);
        }
    }

    private Client client() throws IOException {
        Client client = new Client(transport.listening().getFirst());
        closeables.add(client);
        return client;
    }

    private Client program(String name) throws IOException {
        Client program = client();
        program.send("prosa.v1\n{\"type\":\"join\",\"name\":\"" + name + "\"}\n");
        program.skipTo(line -> line.contains("\"type\":\"welcome\""));
        return program;
    }

    @Test
    void somebodyWhoConnectsIsAskedForAName() throws IOException {
        client().expect("* What is your name?");
    }

    @Test
    void aMessageReachesTheOthersAndNotTheSender() throws IOException {
        Client ana = client().join("Ana");
        Client bia = client().join("Bia");
        ana.expect("* Bia joined (tcp)");
        ana.send("Muito bom esse servidor.\n");
        bia.expect("Ana: Muito bom esse servidor.");
        bia.send("olá\r\ntudo\r\0bem\r?\n");
        ana.expect("Bia: olá", "Bia: tudo", "Bia: bem", "Bia: ?");
    }

    @Test
    void linesForPeopleEndWithCrLf() throws IOException {
        Client ana = client();
        StringBuilder line = new StringBuilder();
        for (int b = ana.readByte(); b != '\n'; b = ana.readByte()) {
            line.append((char) b);
        }
        assertTrue(line.toString().endsWith("?\r"), line.toString());
    }

    @Test
    void aTakenNameIsRefusedAndAskedForAgain() throws IOException {
        client().join("Ana");
        Client other = client();
        other.expect("* What is your name?");
        other.send("ana\n");
        assertTrue(other.readLine().startsWith("* name-taken: "));
        other.expect("* What is your name?");
    }

    @Test
    void commandsAreUnderstoodAtThePromptToo() throws IOException {
        Client ana = client();
        ana.send("/who\n/dance\n/nick Ana Maria\n");
        ana.expect("* What is your name?");
        ana.skipTo(line -> line.startsWith("* Nobody is in main."));
        ana.skipTo(line -> line.startsWith("* unknown-command: "));
        ana.skipTo(line -> line.equals("* Welcome to main, Ana Maria."));
    }

    @Test
    void aWhisperIsHeardByOneAlone() throws IOException {
        Client ana = client().join("Ana Maria");
        Client bia = client().join("Bia");
        Client caio = client().join("Caio");
        bia.skipTo(line -> line.startsWith("* Caio"));
        ana.skipTo(line -> line.startsWith("* Caio"));
        bia.send("/msg \"ana maria\" psst\n").send("aloud\n");
        ana.expect("* (private) Bia: psst", "Bia: aloud");
        caio.expect("Bia: aloud");
    }

    @Test
    void aFirstLineProsaV1SwitchesToJson() throws IOException {
        Client ana = client().join("Ana");
        Client program = program("Robo");
        ana.skipTo(line -> line.startsWith("* Robo"));
        program.send("\n\r\n{\"type\":\"say\",\"text\":\"beep\\nboop\",\"ref\":7}\r\n");
        ana.expect("Robo: beep", "  boop");
        assertTrue(program.readLine().startsWith("{\"type\":\"ack\",\"ref\":7,\"id\":\""));
        ana.send("hm\n");
        assertTrue(program.readLine().contains("\"by\":\"Ana\",\"via\":\"tcp\""));
        program.send("/who\n");
        assertTrue(program.readLine().startsWith("{\"type\":\"refused\",\"reason\":\"malformed\""));
    }

    @Test
    void laterItIsAMessageLikeAnyOther() throws IOException {
        Client ana = client().join("Ana");
        Client bia = client().join("Bia");
        bia.send("prosa.v1\nhi\n");
        ana.expect("* Bia joined (tcp)", "Bia: prosa.v1", "Bia: hi");
    }

    @Test
    void aBrowserIsNotHeard() throws IOException {
        Client ana = client().join("Ana");
        for (String request : List.of(
                "POST / HTTP/1.1\r\nHost: localhost\r\n\r\nMallory\r\nhi\r\n",
                "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\n\r\nMallory\r\nhi\r\n",
                "POST / HTTP/1.0\nMallory\nhi\n")) {
            Client browser = client();
            try {
                browser.send(request);
            } catch (IOException e) {
                // Closed before all was sent.
            }
            assertTrue(browser.isEnded());
        }
        ana.send("/who\n");
        ana.expect("* 1 in main: Ana (tcp)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1", // without a line end, as is all of TLS
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003",
                "SSH-2.0-OpenSSH_9.7\r\n",
                "EHLO example\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 5000 2323\r\nMallory\r\nhi\r\n",
                "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c\u007f\0\0\u0001\u007f\0\0\u0001aabb"
            })
    void whoSpeaksSomethingElseIsNobody(String beginning) throws IOException {
        Client ana = client().join("Ana");
        Client foreign = client();
        foreign.send(beginning.getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(foreign.isEnded());
        client().join("Proxy");
        ana.expect("* Proxy joined (tcp)");
    }

    @Test
    void aLineTooLongIsRefusedAndTheConnectionLivesOn() throws IOException {
        Client ana = client();
        ana.expect("* What is your name?");
        ana.send("x".repeat(1 << 20) + "\nAna\n");
        assertTrue(ana.readLine().startsWith("* text-too-long: "));
        ana.skipTo(line -> line.equals("* Welcome to main, Ana."));
        Client bia = client().join("Bia");
        ana.send("😀".repeat(4001) + "\n" + "y".repeat(100_000) + "\n" + "😀".repeat(4000) + "\n");
        bia.expect("Ana: " + "😀".repeat(4000));
        ana.skipTo(line -> line.startsWith("* text-too-long: "));
        ana.skipTo(line -> line.startsWith("* text-too-long: "));
    }

    @Test
    void telnetOptionsAreDeclinedAndNotShown() throws IOException {
        Client ana = client();
        ana.expect("* What is your name?");
        ana.send(new byte[] {(byte) 255, (byte) 251, 31, (byte) 255, (byte) 253, 6});
        byte[] answer = new byte[6];
        for (int i = 0; i < answer.length; i++) {
            answer[i] = (byte) ana.readByte();
        }
        assertEquals("[-1, -2, 31, -1, -4, 6]", Arrays.toString(answer));
        ana.join("Ana");
    }

    @Test
    void whatIsErasedIsNotSaid() throws IOException {
        Client ana = client().join("Anb\ba");
        Client bia = client().join("Bia");
        ana.send("olé\u007Fá\n");
        bia.expect("Ana: olá");
    }

    @Test
    void controlCharactersAreNeutralised() throws IOException {
        Client ana = client().join("Ana");
        Client bia = client().join("Bia");
        ana.send("\u001b[2J\u202ehi\0\u0085* Bia left\n");
        bia.expect("Ana: \uFFFD[2J\uFFFDhi\uFFFD", "  * Bia left");
    }

    private Client piped(String all) throws IOException {
        Client piped = client();
        piped.send(all);
        piped.socket.shutdownOutput();
        return piped;
    }

    @Test
    void aLastLineNeedsNoEnd() throws IOException {
        Client ana = client().join("Ana");
        assertEquals("* Good-bye!", piped("Bia\nthe build failed").rest().getLast());
        assertEquals(
                List.of("* Bia joined (tcp)", "* Bia left", "Bia: the build failed"),
                List.of(ana.readLine(), ana.readLine(), ana.readLine()).stream()
                        .sorted()
                        .toList());
        List<String> told = piped("Caio\n/msg Ana psst\n/who").rest();
        assertTrue(told.contains("* 2 in main: Ana (tcp) and Caio (tcp)"), told.toString());
        assertEquals("* (private) Caio: psst", ana.skipTo(line -> line.startsWith("* (private)")));
    }

    @Test
    void aLastLineThatIsRefusedIsToldSo() throws IOException {
        List<String> told = piped("Bia\n \t ").rest();
        assertTrue(told.get(told.size() - 2).startsWith("* text-empty: "), told.toString());
        assertEquals("* Good-bye!", told.getLast());
    }

    /** Others would see somebody come and go who has said nothing; and a browser must not be heard. */
    @ParameterizedTest
    @ValueSource(strings = {"Bia", "\uFEFFBia", "/nick Bia", "PUT * HTTP/1.1", "prosa.v1"})
    void aFirstLineWithoutItsEndIsNobodysName(String beginning) throws IOException {
        Client ana = client().join("Ana");
        assertEquals(
                List.of("* What is your name?", "* Good-bye!"), piped(beginning).rest());
        client().join("Caio");
        ana.expect("* Caio joined (tcp)");
    }

    @Test
    void aLastObjectNeedsNoLf() throws IOException {
        Client ana = client().join("Ana");
        String join = "prosa.v1\n{\"type\":\"join\",\"name\":\"Bot\"}\n";
        List<String> told =
                piped(join + "{\"type\":\"say\",\"text\":\"whole\",\"ref\":1}").rest();
        assertTrue(told.getLast().startsWith("{\"type\":\"ack\",\"ref\":1"), told.toString());
        ana.skipTo("Bot: whole"::equals);
    }

    @Test
    void anObjectThatIsCutIsNeverSaid() throws IOException {
        Client ana = client().join("Ana");
        String join = "prosa.v1\n{\"type\":\"join\",\"name\":\"Bot\"}\n";
        String say = "{\"type\":\"say\",\"text\":\"never {}\"}";
        for (int cut = 1; cut < say.length(); cut++) {
            List<String> told = piped(join + say.substring(0, cut)).rest();
            assertTrue(told.getLast().startsWith("{\"type\":\"refused\",\"reason\":\"malformed\""), told.toString());
        }
        client().join("Caio");
        while (true) {
            String line = ana.readLine();
            assertTrue(line.startsWith("* "), line);
            if (line.equals("* Caio joined (tcp)")) {
                return;
            }
        }
    }

    /** More than may be under way at once: reading is put off, and the end with it. */
    @Test
    void theLastLineComesAfterAllBeforeIt() throws IOException {
        Client ana = program("Ana");
        StringBuilder lines = new StringBuilder("Bia\n");
        int count = 3_000;
        for (int i = 0; i < count; i++) {
            lines.append(i).append(i == count - 1 ? "" : "\n");
        }
        Client bia = piped(lines.toString());
        ana.skipTo(line -> line.contains("\"type\":\"joined\""));
        for (int i = 0; i < count; i++) {
            String line = ana.readLine();
            assertTrue(line.endsWith("\"text\":\"" + i + "\"}"), line);
        }
        assertTrue(ana.readLine().startsWith("{\"type\":\"left\""));
        assertEquals("* Good-bye!", bia.rest().getLast());
    }

    /** A lone CR ends an object, too: what stands in the last line may be more than may be under way. */
    @Test
    void allObjectsOfTheLastLineAreHeard() throws IOException {
        int count = 300;
        StringBuilder objects = new StringBuilder("prosa.v1\n{\"type\":\"join\",\"name\":\"Bot\"}\n");
        for (int i = 0; i < count; i++) {
            objects.append(i == 0 ? "" : "\r").append("{\"type\":\"say\",\"text\":\"" + i + "\",\"ref\":" + i + "}");
        }
        List<String> told = piped(objects.toString()).rest();
        assertTrue(told.getLast().startsWith("{\"type\":\"ack\",\"ref\":" + (count - 1) + ","), told.toString());
        assertEquals(
                count, told.stream().filter(line -> line.contains("\"ack\"")).count());
    }

    @Test
    void whatIsBegunWhenTheConnectionIsResetIsNeverSaid() throws IOException {
        Client ana = client().join("Ana");
        Client bia = client().join("Bia");
        bia.send("said\nnever said");
        ana.expect("* Bia joined (tcp)", "Bia: said");
        bia.reset();
        ana.expect("* Bia left");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aByteOrderMarkBeforeTheFirstLineIsNoPartOfIt(boolean cut) throws IOException {
        Client ana = client().join("Ana");
        Client bia = markedClient(cut);
        bia.send("Bia\r\nhi\r\n");
        ana.expect("* Bia joined (tcp)", "Bia: hi");
        Client program = markedClient(cut);
        program.send("prosa.v1\n\uFEFF{\"type\":\"join\",\"name\":\"Bot\"}\n");
        program.skipTo(line -> line.contains("\"type\":\"welcome\""));
    }

    private Client markedClient(boolean cut) throws IOException {
        Client client = client();
        client.expect("* What is your name?");
        byte[] mark = "\uFEFF".getBytes(StandardCharsets.UTF_8);
        client.socket.setTcpNoDelay(true);
        for (int i = 0; i < mark.length; i++) {
            client.send(new byte[] {mark[i]});
            if (cut) {
                // Its answer tells that what came before was read.
                client.send(new byte[] {(byte) 255, (byte) 253, 6});
                assertEquals(List.of(255, 252, 6), List.of(client.readByte(), client.readByte(), client.readByte()));
            }
        }
        return client;
    }

    @Test
    void linesBeforeTheEndAreStillSaid() throws IOException {
        Client ana = client().join("Ana");
        Client piped = client();
        piped.send("Bia\nhi\n/who\n");
        piped.socket.shutdownOutput();
        List<String> told = piped.rest();
        assertTrue(told.contains("* Welcome to main, Bia."), told.toString());
        assertTrue(told.contains("* 2 in main: Ana (tcp) and Bia (tcp)"), told.toString());
        assertEquals("* Good-bye!", told.getLast());
        assertEquals(
                List.of("* Bia joined (tcp)", "* Bia left", "Bia: hi"),
                List.of(ana.readLine(), ana.readLine(), ana.readLine()).stream()
                        .sorted()
                        .toList());
    }

    @Test
    void whoQuitsIsToldGoodBye() throws IOException {
        Client ana = client().join("Ana");
        Client bia = client().join("Bia");
        ana.send("/quit\nunheard\n");
        assertEquals("* Good-bye!", ana.rest().getLast());
        bia.expect("* Ana left");
    }

    @Test
    void aResetLeavesNothingBehind() throws IOException {
        Client ana = client().join("Ana");
        Client bia = client().join("Bia");
        bia.reset();
        ana.expect("* Bia joined (tcp)", "* Bia left");
        client().join("Bia");
    }

    @Test
    void nobodyWhoVanishesIsAwaitedForLongWhileOthersTalk() throws IOException {
        client().join("Ana");
        client().join("Bia");
        assertEquals(Map.of(Duration.ofMinutes(2), 2), limited);
    }

    @Test
    void aFloodIsHeardWholeAndInOrder() throws Exception {
        Client ana = program("Ana");
        Client bia = program("Bia");
        int count = 20_000;
        Thread flood = Thread.ofVirtual().start(() -> {
            try {
                StringBuilder lines = new StringBuilder();
                for (int i = 0; i < count; i++) {
                    lines.append("{\"type\":\"say\",\"text\":\"").append(i).append("\"}\n");
                }
                bia.send(lines.toString());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        ana.skipTo(line -> line.contains("\"type\":\"joined\""));
        for (int i = 0; i < count; i++) {
            String line = ana.readLine();
            assertTrue(line.endsWith("\"text\":\"" + i + "\"}"), line);
        }
        for (int i = 0; i < count; i++) {
            assertTrue(bia.readLine().startsWith("{\"type\":\"ack\""));
        }
        flood.join();
    }

    @Test
    void whoReadsLateReadsAllOfItWhole() throws IOException {
        Client ana = program("Ana");
        Client bia = program("Bia");
        String long4000 = "😀".repeat(3_990);
        int count = 1000;
        for (int i = 0; i < count; i++) {
            bia.send("{\"type\":\"say\",\"text\":\"" + i + " " + long4000 + "\"}\n");
            assertTrue(bia.readLine().startsWith("{\"type\":\"ack\""));
        }
        ana.skipTo(line -> line.contains("\"type\":\"joined\""));
        for (int i = 0; i < count; i++) {
            String line = ana.readLine();
            assertTrue(line.endsWith("\"text\":\"" + i + " " + long4000 + "\"}"), line.substring(0, 200));
        }
    }

    @Test
    void aStoppingServerTellsSoAndEndsTheConnections() throws Exception {
        Client ana = client().join("Ana");
        Client program = program("Robo");
        Client half = client();
        half.expect("* What is your name?");
        half.socket.shutdownOutput();
        assertEquals(List.of("* Good-bye!"), half.rest());
        ana.expect("* Robo joined (tcp)");
        long begun = System.nanoTime();
        stop();
        assertEquals("* The server is stopping. Good-bye!", ana.readLine());
        assertNull(ana.readLine());
        program.rest();
        assertTrue(Duration.ofNanos(System.nanoTime() - begun).compareTo(GRACE) < 0);
        assertThrows(IOException.class, this::client);
    }

    @Test
    void whoeverIsHereMayStayWhenNobodyMayComeAnyMore() throws IOException {
        Client ana = client().join("Ana");
        Client bia = client().join("Bia");
        transport.stopAccepting();
        transport.stopAccepting();
        assertThrows(IOException.class, this::client);
        ana.send("still here\n");
        bia.expect("Ana: still here");
    }

    @Test
    void allAddressesHaveOnePort() throws Exception {
        InetAddress six = InetAddress.getByName("::1");
        assumeTrue(canBind(six), "no IPv6 on this machine");
        TcpTransport both = new TcpTransport(
                chat,
                List.of(LOOPBACK, six),
                Port.plain(0),
                MANY,
                UserTimeout.NONE,
                Language.PORTUGUESE,
                ZoneOffset.UTC);
        assertEquals(List.of(), both.listening());
        both.start();
        closeables.add(() -> both.stop(Duration.ZERO));
        int port = both.listening().getFirst().getPort();
        assertTrue(port > 0);
        assertEquals(
                List.of(URI.create("tcp://127.0.0.1:" + port), URI.create("tcp://[::1]:" + port)), both.listening());
        for (InetAddress address : List.of(LOOPBACK, six)) {
            try (Client client = new Client(new Socket(address, port))) {
                client.expect("* Qual é o seu nome?");
            }
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(LOOPBACK, 0));
            TcpTransport late = transport(LOOPBACK, taken.getLocalPort());
            IOException failure = assertThrows(IOException.class, late::start);
            assertTrue(
                    failure.getMessage()
                            .startsWith((encryption().isPresent() ? "tcps" : "tcp") + "://127.0.0.1:"
                                    + taken.getLocalPort() + ": "),
                    failure.getMessage());
            late.stop(GRACE);
        }
    }

    @Test
    void manyMayBeHere() throws IOException {
        List<Client> crowd = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            crowd.add(client());
            crowd.getLast().send("Guest " + i + "\n");
        }
        for (Client guest : crowd) {
            guest.skipTo(line -> line.contains("/help"));
        }
        crowd.getFirst().send("hello\n");
        for (Client guest : crowd.subList(1, crowd.size())) {
            guest.skipTo(line -> line.equals("Guest 0: hello"));
        }
    }

    @Test
    void noClientCausesAStackTrace() throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            Client witness = client().join("Witness");
            Random random = new Random(42);
            for (int i = 0; i < 200; i++) {
                Client hostile = client();
                byte[] noise = new byte[random.nextInt(5_000)];
                random.nextBytes(noise);
                try {
                    hostile.send(i % 2 == 0 ? "" : "prosa.v1\n").send(noise);
                } catch (IOException e) {
                    // It happened to look like a browser.
                }
                hostile.socket.setSoLinger(i % 3 == 0, 0);
                hostile.close();
            }
            witness.send("/nick Still Here\n");
            witness.skipTo(line -> line.equals("* You are now called Still Here."));
        } finally {
            System.setErr(before);
        }
        String logged = log.toString(StandardCharsets.UTF_8);
        assertFalse(logged.contains("\tat ") || logged.contains("Exception"), logged);
    }

    private static boolean canBind(InetAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetAddress address(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(raw);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
