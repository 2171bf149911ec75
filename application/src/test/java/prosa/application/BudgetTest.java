package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import prosa.application.port.Command;
import prosa.delivery.CloseReason;
import prosa.domain.Reason;

/** What one client may do that costs others. */
class BudgetTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Lobby lobby = new Lobby();

    @AfterEach
    void close() {
        lobby.close();
    }

    @Test
    void aBurstIsThereAtOnceAndComesBackWithTime() {
        Budget budget = Budget.ofSilence();
        long now = System.nanoTime() + SECOND;
        for (int i = 0; i < 1_000; i++) {
            assertTrue(budget.take(1, now), "take " + i);
        }
        assertFalse(budget.take(1, now));
        Budget steady = Budget.ofSilence();
        for (int second = 0; second < 1_000; second++) {
            assertTrue(steady.take(100, now + second * SECOND), "second " + second);
        }
    }

    static List<IntFunction<Command>> asking() {
        Optional<String> none = Optional.empty();
        return List.of(
                i -> new Command.Rename("Ana" + i, none),
                i -> new Command.Nick("Ana" + i),
                i -> Guest.joining("Ana", i % 2 == 0 ? "den" : "main"),
                i -> i % 2 == 0 ? new Command.Leave(none) : Guest.joining("Ana", "main"),
                i -> new Command.Who(none),
                i -> new Command.Help(),
                i -> new Command.Unreadable(Reason.UNKNOWN_COMMAND, none),
                i -> Guest.saying(" ", "r"),
                i -> new Command.Whisper("Nobody", "hi", none));
    }

    @ParameterizedTest
    @MethodSource("asking")
    void whoAsksTooMuchIsSentAway(IntFunction<Command> asking) {
        Guest bob = lobby.enter("Bob");
        Guest ana = lobby.enter("Ana");
        for (int i = 0; i < 90; i++) {
            ana.hear(asking.apply(i));
        }
        lobby.settle();
        assertEquals(Optional.empty(), ana.farewell());
        for (int i = 90; i < 400; i++) {
            ana.hear(asking.apply(i));
        }
        ana.awaitClose(CloseReason.TOO_FAST);
        assertEquals(Optional.empty(), bob.farewell());
    }

    @Test
    void talkingIsNotAsking() {
        Guest ana = lobby.enter("Ana");
        for (int i = 0; i < 2_000; i++) {
            ana.say("n" + i, "" + i);
        }
        ana.awaitLine("ack 1999 @2000");
        assertEquals(Optional.empty(), ana.farewell());
    }

    @Test
    void theTenthTextThatIsTooLongIsTheLast() {
        Guest ana = lobby.enter("Ana");
        String tooLong = "x".repeat(4_001);
        for (int i = 1; i <= 9; i++) {
            ana.say(tooLong, "" + i);
        }
        ana.awaitLine("refused text-too-long 9");
        assertEquals(Optional.empty(), ana.farewell());
        ana.hear(new Command.Unreadable(Reason.TEXT_TOO_LONG, Optional.of("10")));
        ana.awaitClose(CloseReason.TOO_FAST);
        assertFalse(ana.lines().contains("refused text-too-long 10"));
    }

    @Test
    void tenInMoreThanTenSecondsAreNotTooMany() {
        LongTexts texts = new LongTexts();
        long now = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertFalse(texts.isTooMany(now + i * SECOND * 12 / 10), "text " + i);
        }
    }

    @Test
    void whatAClientHasUsedUpItIsNotReadForAnyMore() {
        Guest ana = lobby.enter("Ana");
        for (int i = 0; i < 400; i++) {
            ana.hear(new Command.Help());
        }
        ana.awaitClose(CloseReason.TOO_FAST);
        lobby.settle();
        int resumed = ana.resumed();
        assertFalse(ana.hear(new Command.Help()), "what is under way is never done");
        lobby.settle();
        assertEquals(resumed, ana.resumed());
    }
}
