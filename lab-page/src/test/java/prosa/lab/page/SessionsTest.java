package prosa.lab.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import prosa.lab.Wire;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Leg;

class SessionsTest {
    private static final Endpoint NOWHERE = Endpoint.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));

    private final Sessions sessions = new Sessions();
    private int made;

    private Optional<Session> begin(String address) {
        return sessions.begin(
                address, () -> new Session("token-" + ++made, "room", new Targets(NOWHERE, Optional.of(NOWHERE))));
    }

    private void fill(int count, String address) {
        for (int i = 0; i < count; i++) {
            assertTrue(begin(address).isPresent());
        }
    }

    @Test
    void oneAddressMayHaveAllThatNobodyElseNeeds() {
        fill(Sessions.PLENTY, "a");
        assertTrue(begin("a").isEmpty());
    }

    @Test
    void whatIsLeftThenIsSharedFourByFour() {
        fill(Sessions.PLENTY, "a");
        fill(Sessions.EACH, "b");
        assertTrue(begin("b").isEmpty());
        fill(Sessions.EACH, "c");
        assertTrue(begin("d").isEmpty());
        assertEquals(Sessions.MOST, sessions.all().size());
    }

    @Test
    void whoEndsOneMakesRoom() {
        fill(Sessions.PLENTY - 1, "a");
        Session last = begin("b").orElseThrow();
        assertTrue(begin("a").isEmpty());
        assertEquals(Optional.of(last), sessions.find(last.token()));
        sessions.remove(last);
        assertFalse(sessions.find(last.token()).isPresent());
        fill(1, "a");
    }

    @Test
    @Timeout(20)
    void aConnectionToAWireThatIsClosedEndsAtOnce() throws Exception {
        try (Session session = new Session("token", "room", new Targets(NOWHERE, Optional.empty()));
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            session.admit(Wire.TCP, Leg.plain(server.accept()), () -> new byte[0]);
            assertEquals(-1, client.getInputStream().read());
            assertEquals(0, session.placesTaken());
        }
    }
}
