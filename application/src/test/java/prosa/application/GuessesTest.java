package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import prosa.application.port.Peer;
import prosa.domain.Reason;
import prosa.domain.Via;

class GuessesTest {
    private final SettableClock clock = new SettableClock(Lobby.NOW);
    private final Guesses guesses = new Guesses(clock);

    private static Peer from(String address) {
        return new Peer(new Via("http"), InetAddress.ofLiteral(address));
    }

    private Reason wrong(String address) {
        return guesses.wrong(from(address), Reason.ROOM_CLOSED).reason();
    }

    @Test
    void twentyAnHourAreSaidToBeWrong() {
        for (int i = 0; i < 20; i++) {
            assertEquals(Reason.ROOM_CLOSED, wrong("192.0.2.1"));
        }
        assertEquals(Reason.TOO_FAST, wrong("192.0.2.1"));
        assertEquals(Reason.ROOM_CLOSED, wrong("192.0.2.2"), "another household's are its own");
        clock.advance(Duration.ofMinutes(3));
        assertEquals(Reason.ROOM_CLOSED, wrong("192.0.2.1"), "one is forgiven");
        assertEquals(Reason.TOO_FAST, wrong("192.0.2.1"));
    }

    @Test
    void allAddressesOfALinkAreOneGuesser() {
        for (int i = 1; i <= 20; i++) {
            assertEquals(Reason.ROOM_CLOSED, wrong("2001:db8::" + i));
        }
        assertEquals(Reason.TOO_FAST, wrong("2001:db8::ffff"));
        assertEquals(Reason.ROOM_CLOSED, wrong("2001:db8:0:1::1"));
    }
}
