package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people tell one alone costs those who send it. */
class WhisperTest {
    private final Lobby lobby = new Lobby();

    @AfterEach
    void close() {
        lobby.close();
    }

    private static Command.Whisper whisper(int number) {
        return new Command.Whisper("Slow", "w".repeat(1_000), Optional.of("" + number));
    }

    @Test
    void aFullBoxIsTheSendersAffair() {
        Guest slow = lobby.enter("Slow");
        Guest eve = lobby.enter("Eve");
        slow.stall();
        lobby.settle();
        for (int i = 0; i < 3_000; i++) {
            eve.hear(whisper(i));
        }
        eve.awaitLine("refused busy 2999");
        assertEquals(Optional.empty(), slow.farewell());
        assertFalse(eve.lines().contains("refused busy 0"), "the first ones fit");
        slow.flow();
        lobby.settle();
        eve.forget();
        slow.forget();
        eve.hear(whisper(3_000));
        slow.awaitLine("whisper Eve to Slow: " + "w".repeat(1_000));
        assertEquals("", eve.text());
    }
}
