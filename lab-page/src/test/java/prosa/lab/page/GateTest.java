package prosa.lab.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.lab.WorkFolder;
import prosa.lab.client.ScriptedServer;
import prosa.lab.tls.Leg;
import prosa.lab.tls.SelfSigned;

/** Who gets in at the lab's port while strangers dawdle there. The server behind it tells how many bytes came with the head. */
@Timeout(20)
class GateTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final String TOKEN = "token";
    private static final String OWN = "GET /feed?lab=token.sse HTTP/1.1\r\nHost: here\r\n\r\n";
    private static final int READ_MILLIS = 10_000;

    private final List<Socket> sockets = new ArrayList<>();
    private final ScriptedServer server = new ScriptedServer(
            peer -> peer.write("came: " + peer.readTo("\r\n\r\n").length() + "\n"));
    private final Session session = new Session(
            TOKEN,
            "room",
            new Targets(server.address().http(), Optional.of(server.address().tcp())));
    private Gate gate;
    private int port;

    GateTest() throws IOException {}

    @BeforeEach
    void openForADay() throws IOException {
        open(Duration.ofDays(1));
    }

    private void open(Duration headPatience) throws IOException {
        open(headPatience, new Spoken(true, Optional.empty()));
    }

    private void open(Duration headPatience, Spoken spoken) throws IOException {
        gate = new Gate(
                List.of(HERE),
                0,
                spoken,
                token -> Optional.of(session).filter(it -> token.equals(TOKEN)),
                () -> true,
                headPatience);
        port = gate.open();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        gate.close();
        session.close();
        server.close();
    }

    private Socket connect() throws IOException {
        return connect("127.0.0.1");
    }

    /** All of 127/8 is this machine; an address of it stands for another one's. */
    private Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setSoTimeout(READ_MILLIS);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(HERE, port));
        return socket;
    }

    private static Socket send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static boolean isEnded(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return !(e instanceof SocketTimeoutException);
        }
    }

    private void awaitPlacesTaken(int count) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READ_MILLIS);
        while (session.placesTaken() != count) {
            assertTrue(System.nanoTime() - deadline < 0, "not in time");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Which of the two somebody speaks, the first byte tells. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoSpeaksTlsIsPassedOnAsWell(boolean plain) throws Exception {
        gate.close();
        SelfSigned certificate = SelfSigned.passing(WorkFolder.usual());
        open(Duration.ofDays(1), new Spoken(plain, Optional.of(certificate.server())));
        try (Leg leg = certificate.tls("localhost").join(connect())) {
            leg.out().write(OWN.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(leg.in().readAllBytes(), StandardCharsets.US_ASCII);
            assertEquals("came: " + OWN.length() + "\n", answer);
        }
        Socket clear = send(connect(), OWN);
        if (plain) {
            assertEquals("came: " + OWN.length() + "\n", answer(clear));
        } else {
            assertTrue(isEnded(clear));
        }
    }

    @Test
    void whoDawdlesInAHandshakeIsSeenOff() throws Exception {
        gate.close();
        open(
                Duration.ofMillis(100),
                new Spoken(
                        true, Optional.of(SelfSigned.passing(WorkFolder.usual()).server())));
        assertTrue(isEnded(send(connect(), "\u0016\u0003\u0001")));
    }

    @Test
    void aHeadInPiecesIsPassedOnWhole() throws IOException {
        Socket own = connect();
        own.setTcpNoDelay(true);
        for (char each : OWN.toCharArray()) {
            send(own, String.valueOf(each));
        }
        assertEquals("came: " + OWN.length() + "\n", answer(own));
    }

    @Test
    void whoComesGetsInHoweverManyStrangersDawdle() throws IOException {
        List<Socket> strangers = new ArrayList<>();
        for (int i = 0; i < Gate.MAX_UNKNOWN; i++) {
            strangers.add(send(connect(), "GET /"));
        }
        assertEquals("came: " + OWN.length() + "\n", answer(send(connect(), OWN)));
        assertTrue(isEnded(strangers.getFirst()), "it had dawdled longest");
    }

    @Test
    void anAddressThatTakesMuchMakesRoomForTheOthersAlone() throws IOException {
        Socket patient = send(connect("127.0.0.2"), "GET /");
        for (int i = 0; i < 2 * Gate.MAX_UNKNOWN; i++) {
            send(connect("127.0.0.3"), "GET /");
        }
        assertEquals("came: " + OWN.length() + "\n", answer(send(patient, OWN.substring("GET /".length()))));
    }

    @Test
    void aPlaceOfTheSessionsIsNoStrangers() throws IOException {
        String line = OWN.substring(0, OWN.indexOf('\n') + 1);
        Socket own = send(connect(), line);
        awaitPlacesTaken(1);
        for (int i = 0; i < 2 * Gate.MAX_UNKNOWN; i++) {
            send(connect(), "GET /");
        }
        assertEquals("came: " + OWN.length() + "\n", answer(send(own, OWN.substring(line.length()))));
    }

    @Test
    void aHeadHasOneDeadlineForAllOfIt() throws Exception {
        gate.close();
        open(Duration.ofMillis(300));
        for (String begun : List.of("", "GET /feed?lab=token.sse HTTP/1.1\r\n")) {
            Socket trickling = send(connect(), begun);
            long since = System.nanoTime();
            Thread trickle = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        send(trickling, "x");
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                    }
                } catch (IOException e) {
                    // Closed, at last.
                }
            });
            assertTrue(isEnded(trickling));
            assertTrue(System.nanoTime() - since < TimeUnit.SECONDS.toNanos(5));
            trickle.join();
        }
        awaitPlacesTaken(0);
    }

    /** Many times, as it is a matter of which thread is faster. */
    @Test
    void whatIsClosedListensNoMoreAndOpensAgainWhereItWas() throws IOException {
        int first = port;
        for (int i = 0; i < 100; i++) {
            connect();
            gate.close();
            assertThrows(ConnectException.class, this::connect);
            assertEquals(first, gate.open());
        }
    }

    @Test
    void aHeadOverItsBoundIsNotReadOn() throws IOException {
        Socket endless = connect();
        try {
            send(endless, OWN.substring(0, OWN.length() - 2) + "X: " + "x".repeat(9_000));
        } catch (IOException e) {
            // Closed before all was sent.
        }
        assertTrue(isEnded(endless));
    }
}
