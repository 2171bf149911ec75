package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Command;

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
    void whatIsMeantForTheLongerNameReachesNobodyElse() {
        Guest ana = lobby.enter("Ana");
        Guest maria = lobby.enter("Ana Maria");
        Guest bia = lobby.enter("Bia");
        lobby.settle();
        ana.forget();
        maria.forget();
        bia.hear(new Command.Aside("Ana Maria a secret"));
        maria.awaitLine("whisper Bia to Ana Maria: a secret");
        bia.awaitLine("told Ana Maria");
        bia.hear(new Command.Aside("Ana Maria"));
        bia.awaitLine("refused text-empty");
        bia.hear(new Command.Aside("Eve a secret"));
        bia.awaitLine("refused not-here");
        bia.hear(new Command.Aside("Ana psst"));
        ana.awaitLine("whisper Bia to Ana: psst");
        assertEquals(
                1,
                ana.lines().stream().filter(line -> line.startsWith("whisper")).count());
    }

    @Test
    void whoIsInNoRoomTellsNobody() {
        Guest guest = lobby.connect();
        guest.hear(new Command.Aside("Ana psst"));
        guest.awaitLine("refused not-joined");
    }

    @Test
    void whoThinksToBeElsewhereOrSomebodyElseSaysNothing() {
        Guest ana = lobby.enter("Ana");
        Guest bia = lobby.enter("Bia");
        lobby.settle();
        ana.forget();
        Command secret = new Command.Say("a secret", Optional.empty(), Optional.of("r"));
        bia.hear(new Command.Asserting(Optional.of("team"), Optional.empty(), secret));
        bia.awaitLine("refused malformed r");
        bia.forget();
        bia.hear(new Command.Asserting(Optional.empty(), Optional.of("Ana"), secret));
        bia.awaitLine("refused malformed r");
        bia.forget();
        bia.hear(new Command.Asserting(Optional.of("No Room"), Optional.empty(), new Command.Who(Optional.of("w"))));
        bia.awaitLine("refused room-invalid w");
        assertEquals("", ana.text());
        Command hello = new Command.Say("hello", Optional.empty(), Optional.empty());
        bia.hear(new Command.Asserting(Optional.of("main"), Optional.of("BIA"), hello));
        ana.awaitLine("said @1 main Bia: hello");
    }

    @Test
    void toSayWhereOneIsCostsNothingMore() {
        Guest bia = lobby.enter("Bia");
        for (int i = 0; i < 80; i++) {
            Command who = new Command.Who(Optional.of("" + i));
            bia.hear(new Command.Asserting(Optional.of("main"), Optional.of("Bia"), who));
        }
        lobby.settle();
        assertEquals(Optional.empty(), bia.farewell());
        assertEquals(
                80, bia.lines().stream().filter(line -> line.startsWith("who ")).count());
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
        eve.awaitLine("told Slow");
        assertEquals(List.of("told Slow"), eve.lines());
    }
}
