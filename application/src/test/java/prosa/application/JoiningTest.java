package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Command;

/** At the door, and from one room to another. */
class JoiningTest {
    private static final Optional<String> NOTHING = Optional.empty();

    private final Lobby lobby = new Lobby();

    @AfterEach
    void close() {
        lobby.close();
    }

    @Test
    void whoConnectsIsAskedForANameAndTheFirstLineIsIt() {
        Guest ana = lobby.connect();
        ana.awaitLines("ask");
        ana.line("  Ana ");
        ana.awaitLines("ask", "welcome main Ana of 1 [Ana] recent [] @0");
    }

    @Test
    void aNameInTheOpeningJoinsAtOnce() {
        Guest ana = lobby.connect(Guest.joining("Ana", "den"));
        ana.awaitLines("welcome den Ana of 1 [Ana] recent [] @0");
    }

    @Test
    void anOpeningWithoutANameIsRemembered() {
        Guest ana = lobby.connect(new Command.Join(NOTHING, Optional.of("den"), NOTHING, NOTHING, NOTHING));
        ana.awaitLines("ask");
        ana.hear(new Command.Nick("Ana"));
        ana.awaitLines("ask", "welcome den Ana of 1 [Ana] recent [] @0");
    }

    @Test
    void aRoomAskedForAtTheDoorIsRemembered() {
        Guest ana = lobby.connect();
        ana.hear(new Command.Join(NOTHING, Optional.of("den"), NOTHING, NOTHING, NOTHING));
        ana.hear(new Command.Who(NOTHING));
        ana.line("Ana");
        ana.awaitLines("ask", "ask", "who den 0 []", "welcome den Ana of 1 [Ana] recent [] @0");
        ana.hear(new Command.Leave(NOTHING));
        ana.line("Ana");
        ana.awaitLine("welcome main Ana of 1 [Ana] recent [] @0");
    }

    @Test
    void othersHearWhoJoins() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.connect(Guest.joining("Bob", "main"));
        bob.awaitLines("welcome main Bob of 2 [Ana,Bob] recent [] @0");
        ana.awaitLines("joined main Bob ws");
    }

    @Test
    void aTakenOrBadNameIsRefusedAndAskedAgain() {
        lobby.enter("Ana");
        Guest bob = lobby.connect();
        bob.line("ANA");
        bob.line("a:b");
        bob.hear(new Command.Join(Optional.of("Ana"), NOTHING, NOTHING, NOTHING, Optional.of("r1")));
        bob.line("Bob");
        bob.awaitLines(
                "ask",
                "refused name-taken",
                "ask",
                "refused name-invalid",
                "ask",
                "refused name-taken r1",
                "ask",
                "welcome main Bob of 2 [Ana,Bob] recent [] @0");
    }

    @Test
    void aBadOpeningIsRefusedAndAskedAgain() {
        Guest ana = lobby.connect(Guest.joining("Ana", "The Den"));
        ana.awaitLines("refused room-invalid", "ask");
        ana.hear(Guest.joiningSince("Ana", "yesterday"));
        ana.line("Ana");
        ana.awaitLines(
                "refused room-invalid", "ask", "refused malformed", "ask", "welcome main Ana of 1 [Ana] recent [] @0");
    }

    @Test
    void atTheDoorNothingElseIsDone() {
        lobby.enter("Ana");
        Guest bob = lobby.connect();
        bob.say("hi", "r1");
        bob.hear(new Command.Rename("Bob", Optional.of("r2")));
        bob.hear(new Command.Whisper("Ana", "psst", Optional.of("r3")));
        bob.hear(new Command.Who(NOTHING));
        bob.hear(new Command.Help());
        bob.awaitLines(
                "ask",
                "refused not-joined r1",
                "refused not-joined r2",
                "refused not-joined r3",
                "who main 1 [Ana]",
                "help");
    }

    @Test
    void whoJoinsHearsTheRecentMessages() {
        for (int i = 1; i <= 60; i++) {
            lobby.engine.say("main", "Ana", "n" + i);
        }
        Guest bob = lobby.connect(Guest.joining("Bob", "main"));
        String last50 =
                IntStream.rangeClosed(11, 60).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        bob.awaitLines("welcome main Bob of 1 [Bob] recent " + last50 + " @60");
        lobby.engine.say("main", "Ana", "n61");
        bob.awaitLine("said @61 main Ana: n61");
    }

    @Test
    void whoSaysWhereTheyWereHearsWhatTheyMissedTheirOwnToo() {
        lobby.engine.say("main", "Ana", "one");
        lobby.engine.say("den", "Ana", "two");
        lobby.engine.say("main", "Bob", "three");
        Guest bob = lobby.connect(Guest.joiningSince("Bob", "1000-1"));
        bob.awaitLines("welcome main Bob of 1 [Bob] recent none @1", "said @3 main Bob: three");
    }

    @Test
    void whoSaysThatTheyWereInAnotherLogIsToldOfTheGap() {
        lobby.engine.say("main", "Ana", "one");
        Guest bob = lobby.connect(Guest.joiningSince("Bob", "999-7"));
        bob.awaitLines(
                "welcome main Bob of 1 [Bob] recent none @0", "gap main after 999-7 next @1", "said @1 main Ana: one");
    }

    @Test
    void aSecondJoinMoves() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        Guest cleo = lobby.enter("Cleo", "den");
        ana.forget();
        bob.hear(new Command.Join(NOTHING, Optional.of("den"), NOTHING, NOTHING, NOTHING));
        bob.awaitLine("welcome den Bob of 2 [Cleo,Bob] recent [] @0");
        ana.awaitLines("left main Bob ws");
        cleo.awaitLines("joined den Bob ws");
        ana.say("in main", "r1");
        cleo.say("in the den", "r1");
        bob.awaitLines("welcome den Bob of 2 [Cleo,Bob] recent [] @0", "said @2 den Cleo: in the den");
    }

    @Test
    void whoIsRefusedInAnotherRoomStays() {
        Guest ana = lobby.enter("Ana");
        lobby.enter("Ana", "den");
        ana.hear(new Command.Join(NOTHING, Optional.of("den"), NOTHING, NOTHING, Optional.of("r1")));
        ana.hear(new Command.Join(NOTHING, Optional.of("No Room"), NOTHING, NOTHING, Optional.of("r2")));
        ana.say("still here", "r3");
        ana.awaitLines("refused name-taken r1", "refused room-invalid r2", "ack r3 @1");
        Guest bob = lobby.enter("Bob");
        ana.awaitLine("joined main Bob ws");
        bob.say("hi", "r1");
        ana.awaitLine("said @2 main Bob: hi");
    }

    @Test
    void whoCantBeToldTheRecentMessagesIsRefusedAndStays() {
        Guest ana = lobby.enter("Ana");
        lobby.engine.setUnreadable(true);
        ana.hear(Guest.joining("Ana", "den"));
        ana.awaitLines("refused unavailable");
        Guest bob = lobby.connect(Guest.joining("Bob", "den"));
        bob.awaitLines("refused unavailable", "ask");
        lobby.engine.setUnreadable(false);
        bob.hear(Guest.joining("Bob", "den"));
        bob.awaitLine("welcome den Bob of 1 [Bob] recent [] @0");
        ana.say("still here", "r1");
        ana.awaitLine("ack r1 @1");
    }

    @Test
    void anotherJoinOfTheSameRoomIsANewName() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        ana.forget();
        bob.hear(new Command.Join(Optional.of("Bobby"), NOTHING, NOTHING, NOTHING, NOTHING));
        bob.awaitLines("welcome main Bobby of 2 [Ana,Bobby] recent [] @0");
        ana.awaitLines("renamed main Bob Bobby");
        bob.hear(new Command.Join(Optional.of("Ana"), NOTHING, NOTHING, NOTHING, NOTHING));
        bob.awaitLine("refused name-taken");
    }

    @Test
    void anotherJoinOfTheSameRoomGoesBackWhereItSays() {
        lobby.engine.say("main", "Bob", "one");
        Guest ana = lobby.enter("Ana");
        lobby.engine.say("main", "Bob", "two");
        ana.awaitLine("said @2 main Bob: two");
        ana.forget();
        ana.hear(Guest.joiningSince("Ana", "1000-0"));
        ana.awaitLines("welcome main Ana of 1 [Ana] recent none @0", "said @1 main Bob: one", "said @2 main Bob: two");
    }

    @Test
    void whoSpeaksInAnotherWayIsAskedInIt() {
        Guest ana = lobby.connect();
        ana.awaitLines("ask");
        ana.visitor.speak(new PlainCodec("> "));
        ana.line("Ana");
        ana.awaitLines("ask", "> ask", "> welcome main Ana of 1 [Ana] recent [] @0");
        lobby.engine.say("main", "Bob", "hi");
        ana.awaitLine("> said @1 main Bob: hi");
    }

    @Test
    void theWireOverWhichOneCameIsTold() {
        Guest ana = lobby.enter("Ana");
        Guest bob = new Guest();
        bob.visitor =
                lobby.chat.visit(Lobby.over("tcp"), PlainCodec.PLAIN, bob, Optional.of(Guest.joining("Bob", "main")));
        ana.awaitLines("joined main Bob tcp");
    }

    @Test
    void whoIsAskedForAnotherNameStillGoesWhereTheyWantedTo() {
        lobby.enter("Ana", "den");
        lobby.engine.say("den", "Ana", "hello");
        Guest bob = lobby.connect(
                new Command.Join(Optional.of("Ana"), Optional.of("den"), Optional.of("1000-0"), NOTHING, NOTHING));
        bob.line("B:b");
        bob.line("Bob");
        bob.awaitLines(
                "refused name-taken",
                "ask",
                "refused name-invalid",
                "ask",
                "welcome den Bob of 2 [Ana,Bob] recent none @0",
                "said @1 den Ana: hello");
    }

    @Test
    void anotherJoinOfTheSameRoomLosesNothing() {
        Guest ana = lobby.enter("Ana");
        ana.stall();
        lobby.engine.say("main", "Bob", "one");
        ana.awaitFinishing();
        lobby.engine.say("main", "Bob", "two");
        ana.hear(new Command.Join(NOTHING, Optional.of("main"), NOTHING, NOTHING, NOTHING));
        lobby.settle();
        ana.flow();
        lobby.engine.say("main", "Bob", "three");
        ana.awaitLine("said @3 main Bob: three");
        assertEquals(
                1, ana.lines().stream().filter("said @2 main Bob: two"::equals).count());
    }

    @Test
    void anotherJoinOfTheSameRoomDoublesNothing() {
        Guest ana = lobby.enter("Ana");
        lobby.engine.say("main", "Bob", "one");
        ana.awaitLine("said @1 main Bob: one");
        ana.stall();
        lobby.engine.say("main", "Bob", "two");
        ana.awaitFinishing();
        lobby.engine.say("den", "Bob", "elsewhere");
        lobby.engine.say("main", "Bob", "four");
        ana.hear(new Command.Join(NOTHING, Optional.of("main"), NOTHING, NOTHING, NOTHING));
        lobby.settle();
        ana.flow();
        ana.awaitLines(
                "said @1 main Bob: one",
                "said @2 main Bob: two",
                "welcome main Ana of 1 [Ana] recent [1,2] @2",
                "said @4 main Bob: four");
        ana.hear(new Command.Join(NOTHING, Optional.of("main"), NOTHING, NOTHING, NOTHING));
        lobby.engine.say("den", "Bob", "elsewhere");
        ana.awaitLine("welcome main Ana of 1 [Ana] recent [1,2,4] @4");
    }
}
