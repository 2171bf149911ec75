package prosa.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.domain.Refusals.assertRefused;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChatRoomTest {
    private static final Name ANA = new Name("Ana");
    private static final Name BOB = new Name("Bob");
    private static final Name CLEO = new Name("Cleo");
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089123456Z");

    private final ChatRoom room = new ChatRoom(RoomName.MAIN);

    @Test
    void whoEntersIsHere() {
        Participant ana = room.enter(ANA, new Via("ws"));
        Participant bob = room.enter(BOB, new Via("tcp"));
        assertEquals(List.of(ana, bob), room.present(10));
        assertEquals(2, room.count());
        assertEquals(Optional.of(bob), room.find(new Name("BOB")));
        assertEquals(new Via("tcp"), bob.via());
        assertNotEquals(ana.seat(), bob.seat());
    }

    @Test
    void whoHasShownThatTheNameIsTheirsIsMarkedUntilTheyAreCalledOtherwise() {
        Participant ana = room.mark(room.enter(ANA, new Via("ws")), true);
        assertEquals(List.of(ana), room.present(10));
        Participant spelled = room.rename(ana, new Name("ANA"));
        assertEquals(true, spelled.claimed());
        Participant returned = room.replace(spelled, new Via("tcp"));
        assertEquals(true, returned.claimed());
        Participant other = room.rename(returned, BOB);
        assertEquals(false, other.claimed());
        assertEquals(Optional.of(other), room.find(BOB));
        assertRefused(Reason.NOT_JOINED, () -> room.mark(ana, false));
    }

    @Test
    void whoseNameItIsSaysSomethingInPassingWhileTheyAreHere() {
        room.enter(ANA, new Via("ws"));
        Instant now = Instant.parse("2026-03-04T05:06:07Z");
        Draft draft = room.sayAsOwner(ANA, new Via("http"), new Text("hi"), Optional.empty(), now);
        assertEquals(new Draft(room.name(), ANA, new Via("http"), now, new Text("hi"), Optional.empty()), draft);
    }

    @Test
    void atMostSoManyAreNamedAsAsked() {
        Participant ana = room.enter(ANA, new Via("ws"));
        room.enter(BOB, new Via("ws"));
        assertEquals(List.of(ana), room.present(1));
        assertEquals(List.of(), room.present(0));
    }

    @Test
    void aTakenNameIsRefusedInAnySpelling() {
        room.enter(ANA, new Via("ws"));
        assertRefused(Reason.NAME_TAKEN, () -> room.enter(ANA, new Via("tcp")));
        assertRefused(Reason.NAME_TAKEN, () -> room.enter(new Name("ＡＮＡ"), new Via("tcp")));
        assertEquals(1, room.count());
    }

    @Test
    void whoLeavesFreesTheName() {
        Participant ana = room.enter(ANA, new Via("ws"));
        room.leave(ana);
        assertEquals(0, room.count());
        assertEquals(Optional.empty(), room.find(ANA));
        room.leave(ana);
        assertNotEquals(ana, room.enter(ANA, new Via("ws")));
    }

    @Test
    void aStaleLeaveDoesNotRemoveTheSuccessor() {
        Participant first = room.enter(ANA, new Via("ws"));
        room.leave(first);
        Participant second = room.enter(ANA, new Via("ws"));
        room.leave(first);
        assertEquals(List.of(second), room.present(10));

        Participant third = room.replace(second, new Via("tcp"));
        room.leave(second);
        assertEquals(List.of(third), room.present(10));
    }

    @Test
    void aNewNameFreesTheOldOne() {
        Participant ana = room.enter(ANA, new Via("ws"));
        Participant cleo = room.rename(ana, CLEO);
        assertEquals(ana.seat(), cleo.seat());
        assertEquals(CLEO, cleo.name());
        assertEquals(Optional.empty(), room.find(ANA));
        assertEquals(Optional.of(cleo), room.find(CLEO));
        room.enter(ANA, new Via("tcp"));
        room.leave(cleo);
        assertEquals(1, room.count());
    }

    @Test
    void aNewNameThatIsTakenIsRefusedAndNothingChanges() {
        Participant ana = room.enter(ANA, new Via("ws"));
        Participant bob = room.enter(BOB, new Via("ws"));
        assertRefused(Reason.NAME_TAKEN, () -> room.rename(ana, new Name("BOB")));
        assertEquals(List.of(ana, bob), room.present(10));
    }

    @Test
    void anotherSpellingOfTheOwnNameIsFree() {
        Participant ana = room.enter(ANA, new Via("ws"));
        Participant bob = room.enter(BOB, new Via("ws"));
        Participant again = room.rename(ana, new Name("ANA"));
        assertEquals("ANA", again.name().value());
        assertEquals(List.of(again, bob), room.present(10));
    }

    @Test
    void whoTakesAnotherNameIsNamedLast() {
        Participant ana = room.enter(ANA, new Via("ws"));
        Participant bob = room.enter(BOB, new Via("ws"));
        Participant cleo = room.rename(ana, CLEO);
        assertEquals(List.of(bob, cleo), room.present(10));
    }

    @Test
    void whoIsNotHereCantBeRenamedOrReplaced() {
        Participant ana = room.enter(ANA, new Via("ws"));
        room.leave(ana);
        room.enter(ANA, new Via("tcp"));
        assertRefused(Reason.NOT_JOINED, () -> room.rename(ana, CLEO));
        assertRefused(Reason.NOT_JOINED, () -> room.replace(ana, new Via("ws")));
        assertEquals(1, room.count());
    }

    @Test
    void whoComesBackTakesTheirOwnPlace() {
        Participant ana = room.enter(ANA, new Via("ws"));
        Participant bob = room.enter(BOB, new Via("ws"));
        Participant back = room.replace(ana, new Via("tcp"));
        assertEquals(List.of(back, bob), room.present(10));
        assertEquals(new Via("tcp"), back.via());
        assertNotEquals(ana.seat(), back.seat());
    }

    @Test
    void whatIsSaidCarriesNameWireAndTimeInMilliseconds() {
        Participant ana = room.enter(ANA, new Via("ws"));
        Draft draft = room.say(ana, new Text("hello"), Optional.of(new Key("k")), NOW);
        assertEquals(
                new Draft(
                        RoomName.MAIN,
                        ANA,
                        new Via("ws"),
                        Instant.parse("2026-03-04T05:06:07.089Z"),
                        new Text("hello"),
                        Optional.of(new Key("k"))),
                draft);
        Message kept = draft.keptAt(new Position(1, 2));
        assertEquals(
                new Message(new Position(1, 2), RoomName.MAIN, ANA, new Via("ws"), draft.at(), draft.text()), kept);
    }

    @Test
    void whoSpeaksInPassingNeedsAFreeNameAndTakesNone() {
        Participant ana = room.enter(ANA, new Via("ws"));
        assertRefused(
                Reason.NAME_TAKEN,
                () -> room.sayInPassing(new Name("ana"), new Via("http"), new Text("hi"), Optional.empty(), NOW));
        assertEquals(
                BOB,
                room.sayInPassing(BOB, new Via("http"), new Text("hi"), Optional.empty(), NOW)
                        .by());
        assertEquals(List.of(ana), room.present(10));
        assertTrue(room.find(BOB).isEmpty());
    }
}
