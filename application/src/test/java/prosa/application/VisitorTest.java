package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Command;
import prosa.delivery.CloseReason;
import prosa.domain.Reason;

/** What one can do in a room. */
class VisitorTest {
    private final Lobby lobby = new Lobby();

    @AfterEach
    void close() {
        lobby.close();
    }

    @Test
    void whatOneSaysAllOthersHearAndTheSpeakerGetsAnAck() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        ana.awaitLines("joined main Bob ws");
        ana.say("hello", "r1");
        bob.say("hi Ana", "r2");
        bob.awaitLine("said @1 main Ana: hello");
        ana.awaitLine("said @2 main Bob: hi Ana");
        ana.awaitLine("ack r1 @1");
        assertEquals(Set.of("joined main Bob ws", "ack r1 @1", "said @2 main Bob: hi Ana"), Set.copyOf(ana.lines()));
        bob.awaitLine("ack r2 @2");
        assertEquals(2, bob.lines().size());
    }

    @Test
    void aLineInARoomIsSaid() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        ana.line("hello");
        bob.awaitLines("said @1 main Ana: hello");
    }

    @Test
    void whoHoldsALockIsNotMadeToDeliver() {
        Guest ana = lobby.enter("Ana");
        Set<Thread> deliveries = ConcurrentHashMap.newKeySet();
        ana.visitor.speak(event -> {
            deliveries.add(Thread.currentThread());
            return PlainCodec.PLAIN.encode(event);
        });
        for (int i = 0; i < 100; i++) {
            ana.forget();
            ana.visitor.hearLater(Guest.saying("hello", "r"));
            ana.awaitLine("ack r @" + (i + 1));
        }
        assertFalse(deliveries.contains(Thread.currentThread()));
    }

    @Test
    void acknowledgedIsOnlyWhatIsKept() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        ana.forget();
        lobby.engine.holdPublishes();
        ana.say("hello", "r1");
        lobby.settle();
        assertEquals("", ana.text() + bob.text());
        lobby.engine.releasePublishes();
        ana.awaitLines("ack r1 @1");
        bob.awaitLines("said @1 main Ana: hello");
    }

    @Test
    void whatCantBeKeptIsRefusedAndShownToNobody() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        ana.forget();
        lobby.engine.setFull(true);
        ana.say("lost", "r1");
        ana.awaitLines("refused unavailable r1");
        lobby.engine.setFull(false);
        ana.say("kept", "r2");
        ana.awaitLines("refused unavailable r1", "ack r2 @1");
        bob.awaitLines("said @1 main Ana: kept");
    }

    @Test
    void aBadMessageIsRefusedWithItsRef() {
        Guest ana = lobby.enter("Ana");
        ana.say(" \n", "r1");
        ana.say("x".repeat(4_001), "r2");
        ana.hear(new Command.Say("x", Optional.of("é"), Optional.of("r3")));
        ana.hear(new Command.Unreadable(Reason.MALFORMED, Optional.of("r4")));
        ana.hear(new Command.Unreadable(Reason.UNKNOWN_COMMAND, Optional.empty()));
        ana.awaitLines(
                "refused text-empty r1",
                "refused text-too-long r2",
                "refused malformed r3",
                "refused malformed r4",
                "refused unknown-command");
    }

    @Test
    void aNewNameIsToldToAllOthersAndTheRenamed() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        ana.forget();
        bob.hear(new Command.Rename("Bobby", Optional.empty()));
        bob.awaitLines("you are Bobby, were Bob");
        ana.awaitLines("renamed main Bob Bobby");
        bob.hear(new Command.Nick("BOBBY"));
        bob.awaitLine("you are BOBBY, were Bobby");
        ana.awaitLine("renamed main Bobby BOBBY");
        ana.say("hi", "r1");
        bob.awaitLine("said @1 main Ana: hi");
        assertEquals(3, bob.lines().size(), "the renamed does not hear of it twice");
        bob.say("hi", "r2");
        ana.awaitLine("said @2 main BOBBY: hi");
    }

    @Test
    void aTakenOrBadNewNameIsRefusedAndTheOldOneStays() {
        lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        bob.hear(new Command.Rename("ANA", Optional.of("r1")));
        bob.hear(new Command.Rename("a:b", Optional.of("r2")));
        bob.hear(new Command.Nick("Ana"));
        bob.hear(new Command.Who(Optional.empty()));
        bob.awaitLines(
                "refused name-taken r1", "refused name-invalid r2", "refused name-taken", "who main 2 [Ana,Bob]");
    }

    @Test
    void aWhisperIsForOneAlone() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        Guest cleo = lobby.enter("Cleo");
        ana.hear(new Command.Whisper("BOB", "psst", Optional.empty()));
        bob.awaitLine("whisper Ana to Bob: psst");
        ana.say("aloud", "r1");
        cleo.awaitLines("said @1 main Ana: aloud");
        assertEquals(1, lobby.engine.head(), "not in the history");
    }

    @Test
    void aWhisperFindsItsListenerUnderTheirNewName() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        ana.forget();
        bob.hear(new Command.Rename("Bobby", Optional.empty()));
        bob.awaitLine("you are Bobby, were Bob");
        ana.hear(new Command.Whisper("Bob", "psst", Optional.of("r1")));
        ana.hear(new Command.Whisper("Bobby", "psst", Optional.empty()));
        bob.awaitLine("whisper Ana to Bobby: psst");
        ana.awaitLine("refused not-here r1");
    }

    @Test
    void aWhisperToNobodyOrOfNothingIsRefused() {
        Guest ana = lobby.enter("Ana");
        lobby.enter("Bob");
        lobby.enter("Cleo", "den");
        ana.forget();
        ana.hear(new Command.Whisper("Cleo", "psst", Optional.of("r1")));
        ana.hear(new Command.Whisper("no:name", "psst", Optional.of("r2")));
        ana.hear(new Command.Whisper("Bob", " ", Optional.of("r3")));
        ana.awaitLines("refused not-here r1", "refused not-here r2", "refused text-empty r3");
    }

    @Test
    void whoIsHereIsToldInTheOrderOfComing() {
        Guest ana = lobby.enter("Ana");
        lobby.enter("Bob");
        lobby.enter("Cleo", "den");
        ana.forget();
        ana.hear(new Command.Who(Optional.empty()));
        ana.awaitLines("who main 2 [Ana,Bob]");
    }

    @Test
    void theLastMessagesAreShownAsAskedFor() {
        Guest ana = lobby.enter("Ana");
        for (int i = 1; i <= 5; i++) {
            lobby.engine.say("main", "Bob", "n" + i);
        }
        lobby.engine.say("den", "Bob", "elsewhere");
        ana.awaitLine("said @5 main Bob: n5");
        ana.forget();
        ana.hear(new Command.Last(3));
        ana.hear(new Command.Last(0));
        ana.hear(new Command.Last(1_001));
        ana.awaitLines(
                "look back main 3",
                "said @3 main Bob: n3",
                "said @4 main Bob: n4",
                "said @5 main Bob: n5",
                "looked back main",
                "refused malformed",
                "refused malformed");
    }

    @Test
    void aHistoryThatCantBeReadIsRefusedAndTheConnectionStays() {
        Guest ana = lobby.enter("Ana");
        lobby.engine.setUnreadable(true);
        ana.hear(new Command.Last(3));
        ana.hear(new Command.Help());
        ana.awaitLines("refused unavailable", "help");
    }

    @Test
    void whoLeavesStaysConnectedAndMayJoinAgain() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        ana.forget();
        bob.hear(new Command.Leave(Optional.empty()));
        bob.hear(new Command.Leave(Optional.of("r1")));
        bob.say("anybody?", "r2");
        ana.awaitLines("left main Bob ws");
        bob.awaitLines("you left main Bob", "refused not-joined r1", "refused not-joined r2");
        ana.say("alone", "r1");
        ana.awaitLine("ack r1 @1");
        bob.line("Bobby");
        bob.awaitLine("welcome main Bobby of 2 [Ana,Bobby] recent [1] @1");
        assertEquals(4, bob.lines().size());
    }

    @Test
    void whoQuitsIsToldWhatIsDueAndLeaves() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        ana.forget();
        bob.hear(new Command.Help());
        bob.hear(new Command.Quit());
        bob.hear(new Command.Help());
        bob.awaitClose(CloseReason.QUIT);
        assertEquals("help\n", bob.text());
        ana.awaitLines("left main Bob ws");
    }

    @Test
    void whoIsGoneHasLeftOnce() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        ana.forget();
        bob.visitor.gone();
        bob.visitor.gone();
        bob.say("too late", "r1");
        bob.awaitClose(CloseReason.GONE);
        ana.awaitLines("left main Bob ws");
        assertEquals("", bob.text());
        Guest again = lobby.enter("Bob");
        ana.awaitLine("joined main Bob ws");
        assertTrue(again.farewell().isEmpty());
    }
}
