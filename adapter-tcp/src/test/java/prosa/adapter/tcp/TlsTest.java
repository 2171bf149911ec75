package prosa.adapter.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.House;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.TestTls;

/** What is special about TLS. */
class TlsTest {
    private static final HexFormat HEX = HexFormat.of();

    private static House house;

    private final List<AutoCloseable> closeables = new ArrayList<>();

    @BeforeAll
    static void open() {
        house = TcpHouse.overTls();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    @AfterEach
    void vanish() throws Exception {
        for (AutoCloseable closeable : closeables) {
            closeable.close();
        }
        Waiting.await("nobody is left", () -> house.witness().headCount("main") == 0);
    }

    private static URI tcps() {
        return house.place().tcps();
    }

    private Client client() throws IOException {
        Client client = new Client(tcps());
        closeables.add(client);
        return client;
    }

    private Socket plain() throws IOException {
        Socket plain = new Socket(tcps().getHost(), tcps().getPort());
        closeables.add(plain);
        plain.setSoTimeout(10_000);
        plain.setTcpNoDelay(true);
        return plain;
    }

    private SSLSocket over(String protocol) throws IOException {
        SSLSocket socket = TestTls.over(plain());
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    private Client client(String protocol) throws IOException {
        return new Client(over(protocol));
    }

    @Test
    void itSaysWhereItListens() {
        assertTrue(tcps().toString().startsWith("tcps://127.0.0.1:"), tcps().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsAreSpoken(String protocol) throws IOException {
        Client ana = client(protocol).join("Ana");
        assertEquals(protocol, ((SSLSocket) ana.socket).getSession().getProtocol());
        ana.send("/who\n");
        ana.expect("* 1 in main: Ana (tcp)");
    }

    /** What speaks in the clear gets an alert, an orderly end, and no line in the log. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ana\r\nhello\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "\0\0\0\0\0\0\0"
            })
    void whatIsNoTlsGetsAnAlertAndAnOrderlyEnd(String said) throws IOException {
        String logged = logOf(() -> {
            Socket plain = plain();
            plain.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = plain.getInputStream().readAllBytes();
            assertTrue(HEX.formatHex(answer).matches("15030[0-4]000202.."), HEX.formatHex(answer));
        });
        assertFalse(logged.contains("WARN"), logged);
    }

    @Test
    void garbageInAHandshakeEndsIt() throws IOException {
        Random random = new Random(7);
        Client witness = client().join("Witness");
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[600];
            random.nextBytes(noise);
            byte[] record = HEX.parseHex("1603010258");
            Socket plain = plain();
            plain.getOutputStream().write(record);
            plain.getOutputStream().write(noise);
            plain.getInputStream().readAllBytes();
        }
        witness.send("/who\n");
        witness.expect("* 1 in main: Witness (tcp)");
    }

    /** No page may be brought to talk here: browsers ask for their protocols. */
    @Test
    void whoAsksForAProtocolOfBrowsersIsRefusedInTheHandshake() throws IOException {
        SSLSocket browser = over("TLSv1.3");
        SSLParameters parameters = browser.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        browser.setSSLParameters(parameters);
        SSLHandshakeException refused = assertThrows(SSLHandshakeException.class, browser::startHandshake);
        assertTrue(refused.getMessage().contains("no_application_protocol"), refused.getMessage());
    }

    @Test
    void aRequestIsNotHeardEvenIfTheHandshakeWasDone() throws IOException {
        Client browser = client();
        browser.send("POST / HTTP/1.1\r\n\r\nMallory\r\n");
        assertTrue(browser.isEnded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bytesMayComeOneByOne(String protocol) throws Exception {
        try (Dribble dribble = new Dribble(tcps(), 1)) {
            SSLSocket socket = TestTls.over(new Socket("127.0.0.1", dribble.port()));
            socket.setEnabledProtocols(new String[] {protocol});
            Client ana = new Client(socket).join("Ana");
            ana.send("/nick Bia\n");
            ana.skipTo(line -> line.equals("* You are now called Bia."));
            ana.close();
        }
    }

    /** Whoever has not agreed on keys is nobody, and is not waited for when the server stops. */
    @Test
    void halfAHandshakeHoldsNobodyUp() throws Exception {
        House other = TcpHouse.overTls();
        Socket half =
                new Socket(other.place().tcps().getHost(), other.place().tcps().getPort());
        half.getOutputStream().write(HEX.parseHex("160301"));
        long before = System.nanoTime();
        other.close();
        assertTrue(Duration.ofNanos(System.nanoTime() - before).toMillis() < 900);
        assertEquals(-1, half.getInputStream().read());
        half.close();
    }

    @Test
    void halfAHandshakeIsNotWaitedForLong() throws IOException {
        Socket half = plain();
        half.setSoTimeout((int) TlsHandshake.PATIENCE.plusSeconds(10).toMillis());
        half.getOutputStream().write(HEX.parseHex("160301"));
        long before = System.nanoTime();
        assertEquals(-1, half.getInputStream().read());
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(took.compareTo(TlsHandshake.PATIENCE.minusSeconds(1)) > 0, took.toString());
    }

    @Test
    void renegotiationIsRefused() throws IOException {
        Client ana = client("TLSv1.2").join("Ana");
        SSLSocket socket = (SSLSocket) ana.socket;
        assertThrows(IOException.class, () -> {
            socket.startHandshake();
            ana.readLine();
            ana.send("/who\n");
            ana.skipTo(line -> line.startsWith("* 1 in main"));
        });
    }

    /** A client's new keys, and its wish that we take new ones, too. */
    @Test
    void keysMayBeNewAtAnyTime() throws IOException {
        Client bia = client().join("Bia");
        Client ana = client("TLSv1.3").join("Ana");
        bia.expect("* Ana joined (tcp)");
        for (int i = 0; i < 20; i++) {
            ((SSLSocket) ana.socket).startHandshake(); // which is a KeyUpdate in TLS 1.3
            ana.send("with keys " + i + "\n");
            bia.expect("Ana: with keys " + i);
            bia.send("heard " + i + "\n");
            ana.expect("Bia: heard " + i);
        }
    }

    /** Both threads want to seal then. */
    @Test
    void keysMayBeNewWhileOthersTalk() throws Exception {
        int messages = 2_000;
        Client ana = client("TLSv1.3").join("Ana");
        Thread talk = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < messages; i++) {
                house.witness().pass("main", "Watcher", "number " + i);
            }
        });
        for (int i = 0; i < messages; i++) {
            if (i % 5 == 0) {
                ((SSLSocket) ana.socket).startHandshake();
            }
            ana.expect("Watcher: number " + i);
        }
        talk.join();
    }

    @Test
    void whoAsksForNewKeysAgainAndAgainIsSentAway() throws IOException {
        Client ana = client("TLSv1.3").join("Ana");
        assertThrows(IOException.class, () -> {
            for (int i = 0; i < 100_000; i++) {
                ((SSLSocket) ana.socket).startHandshake();
            }
        });
    }

    /** Anybody on the way could have cut it there: what was begun is not said. */
    @Test
    void whatIsBegunWhenTheConnectionIsCutIsNeverSaid() throws IOException {
        Client ana = client().join("Ana");
        Client bia = client().join("Bia");
        bia.send("said\nnever said");
        ana.expect("* Bia joined (tcp)", "Bia: said");
        bia.cut();
        ana.expect("* Bia left");
    }

    @Test
    void whatIsBegunWhenTheClientEndsInOrderIsSaid() throws IOException {
        Client ana = client().join("Ana");
        Client bia = client("TLSv1.3").join("Bia");
        bia.send("said\nsaid, too");
        bia.socket.shutdownOutput();
        ana.expect("* Bia joined (tcp)", "Bia: said", "Bia: said, too", "* Bia left");
        assertEquals("* Good-bye!", bia.rest().getLast());
    }

    /** TLS 1.2 ends both ways at once (RFC 5246 §7.2.1): what was said is heard, and nothing more is told. */
    @Test
    void theEndOfTls12IsAnEndForBoth() throws IOException {
        Client ana = client().join("Ana");
        Client bia = client("TLSv1.2").join("Bia");
        bia.send("said\nsaid, too");
        bia.socket.close();
        ana.expect("* Bia joined (tcp)", "Bia: said", "Bia: said, too", "* Bia left");
    }

    /** An end of ours is no cut either: the JDK's client would fail here. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ourEndIsInOrder(String protocol) throws IOException {
        Client ana = client(protocol).join("Ana");
        ana.send("/quit\n");
        assertEquals("* Good-bye!", ana.rest().getLast());
    }

    @Test
    void nothingGoesInTheClear() throws Exception {
        try (Dribble tap = new Dribble(tcps(), 4_096)) {
            Client ana = new Client(TestTls.over(new Socket("127.0.0.1", tap.port()))).join("Ana");
            ana.send("/nick Somebody Else\n");
            ana.skipTo(line -> line.equals("* You are now called Somebody Else."));
            ana.close();
            String seen = tap.seen();
            assertFalse(seen.contains("Somebody"), seen);
            assertNotEquals("", seen);
        }
    }

    /** What the socket takes of a record is not all of it, again and again, in what is told now and in the past. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoReadsInBitsMissesNoByte(String protocol) throws IOException {
        int messages = 1_200;
        String filling = "é".repeat(3_900);
        Socket narrow = new Socket();
        narrow.setReceiveBufferSize(4_096);
        narrow.connect(new InetSocketAddress(tcps().getHost(), tcps().getPort()));
        SSLSocket socket = TestTls.over(narrow);
        socket.setEnabledProtocols(new String[] {protocol});
        try (Client slow = new Client(socket).join("Slow")) {
            for (int i = 0; i < messages; i++) {
                house.witness().pass("main", "Watcher", i + filling);
            }
            for (int i = 0; i < messages; i++) {
                slow.expect("Watcher: " + i + filling);
            }
            slow.send("/who\n");
            slow.expect("* 1 in main: Slow (tcp)");
        }
    }

    private interface Doing {
        void run() throws IOException;
    }

    private static String logOf(Doing doing) throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            doing.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
