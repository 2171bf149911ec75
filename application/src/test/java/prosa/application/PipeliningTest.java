package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Command;
import prosa.delivery.CloseReason;

/** What is asked before the last answer has come. */
class PipeliningTest {
    private static final Optional<String> NOTHING = Optional.empty();

    private final Lobby lobby = new Lobby();

    @AfterEach
    void close() {
        lobby.close();
    }

    @Test
    void whatIsAskedWhileAJoinWaitsIsDoneAfterwardsInOrder() {
        lobby.engine.holdReads();
        Guest ana = lobby.connect();
        ana.line("Ana");
        ana.line("hello");
        ana.hear(new Command.Who(NOTHING));
        ana.hear(new Command.Join(NOTHING, Optional.of("den"), NOTHING, NOTHING, NOTHING));
        ana.hear(new Command.Who(NOTHING));
        ana.hear(new Command.Help());
        lobby.engine.awaitReads(1);
        ana.awaitLines("ask");
        lobby.engine.releaseOneRead();
        lobby.engine.awaitReads(1);
        lobby.engine.releaseReads();
        ana.awaitLine("help");
        assertEquals(
                "ask\nwelcome main Ana of 1 [Ana] recent [] @0\nwho main 1 [Ana]\n"
                        + "welcome den Ana of 1 [Ana] recent [] @1\nwho den 1 [Ana]\nhelp\n",
                ana.text().replace("ack @1\n", ""));
        assertEquals(1, lobby.engine.head());
    }

    @Test
    void whoWaitsBehindSomebodyWhoIsGoneEntersTheRoomThatOthersFind() {
        lobby.engine.holdReads();
        Guest ana = lobby.connect(Guest.joining("Ana", "den"));
        Guest bob = lobby.connect(Guest.joining("Bob", "den"));
        ana.visitor.gone();
        lobby.settle();
        lobby.engine.releaseReads();
        bob.awaitLines("welcome den Bob of 1 [Bob] recent [] @0");
        Guest cleo = lobby.connect(Guest.joining("Cleo", "den"));
        cleo.awaitLines("welcome den Cleo of 2 [Bob,Cleo] recent [] @0");
        bob.awaitLine("joined den Cleo ws");
    }

    @Test
    void aRoomThatNobodyEnteredAfterAllIsClosed() {
        lobby.engine.holdReads();
        Guest ana = lobby.connect(Guest.joining("Ana", "den"));
        lobby.engine.awaitReads(1);
        ana.visitor.gone();
        lobby.settle();
        lobby.engine.releaseReads();
        lobby.settle();
        int reads = lobby.engine.reads().size();
        lobby.enter("Bob", "den");
        assertEquals(reads + 1, lobby.engine.reads().size(), "the room was made anew");
    }

    @Test
    void aLongLineOfJoinsIsDoneOneAfterTheOther() {
        lobby.engine.holdReads();
        Guest ana = lobby.connect();
        for (int i = 0; i < 90; i++) {
            ana.hear(Guest.joining("Ana", "main"));
        }
        ana.hear(new Command.Help());
        lobby.engine.awaitReads(1);
        lobby.settle();
        lobby.engine.releaseReads();
        ana.awaitEnd("help\n");
        assertEquals(92, ana.lines().size());
    }

    @Test
    void theNextLookBackWaitsUntilTheLastIsWritten() {
        Guest ana = lobby.enter("Ana");
        lobby.engine.say("main", "Bob", "hi");
        ana.awaitLine("said @1 main Bob: hi");
        ana.forget();
        int before = lobby.engine.reads().size();
        ana.stall();
        ana.hear(new Command.Last(1));
        ana.hear(new Command.Last(1));
        ana.hear(new Command.Help());
        ana.awaitFinishing();
        lobby.settle();
        assertEquals(before + 1, lobby.engine.reads().size());
        ana.flow();
        ana.awaitLines(
                "look back main 1",
                "said @1 main Bob: hi",
                "looked back main",
                "look back main 1",
                "said @1 main Bob: hi",
                "looked back main",
                "help");
    }

    @Test
    void whoQuitsIsAnsweredFirst() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        lobby.engine.holdPublishes();
        bob.say("one", "r1");
        bob.say("two", "r2");
        bob.hear(new Command.Quit());
        lobby.settle();
        lobby.engine.releasePublishes();
        bob.awaitClose(CloseReason.QUIT);
        assertEquals("ack r1 @1\nack r2 @2\n", bob.text());
        ana.awaitLine("left main Bob ws");
    }
}
