package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.delivery.Delivery.line;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a connection is told what is in its feed's log. */
class FollowerTest {
    private static final String BIG = "b".repeat(4_000);

    private final Delivery delivery = new Delivery();
    private final FakeSubscriber socket = new FakeSubscriber();

    @AfterEach
    void stop() {
        delivery.close();
    }

    @Test
    void whatIsSaidIsWrittenInOrder() {
        delivery.say("before");
        delivery.follow(socket);
        delivery.say("one");
        delivery.say("two");
        socket.awaitLines("said @2 main Ana: one", "said @3 main Ana: two");
    }

    @Test
    void aMessageInAnotherRoomIsNotTold() {
        delivery.follow(socket);
        delivery.sayIn("den", "elsewhere");
        delivery.say("here");
        socket.awaitLines("said @2 main Ana: here");
    }

    @Test
    void manyMessagesAtOnceAreOneWrite() {
        delivery.follow(socket);
        delivery.run(() -> {
            for (int i = 0; i < 50; i++) {
                delivery.say("n" + i);
            }
        });
        socket.awaitLine("said @50 main Ana: n49");
        assertEquals(50, socket.lines().size());
        assertTrue(socket.writes() <= 2, socket.writes() + " writes");
    }

    @Test
    void ownMessagesAreSkippedWhereverTheyStand() {
        Follower own = delivery.follow(socket);
        FakeSubscriber other = new FakeSubscriber();
        delivery.follow(other);
        delivery.run(() -> {
            delivery.sayAs(own, "own 1");
            delivery.sayAs(own, "own 2");
            delivery.say("three");
            delivery.sayAs(own, "own 4");
            delivery.say("five");
            delivery.say("six");
            delivery.sayAs(own, "own 7");
        });
        other.awaitLine("said @7 main Ana: own 7");
        assertEquals(7, other.lines().size());
        delivery.say("eight");
        socket.awaitLines(
                "said @3 main Ana: three",
                "said @5 main Ana: five",
                "said @6 main Ana: six",
                "said @8 main Ana: eight");
    }

    @Test
    void whateverASocketTakesAtOnceNoByteIsLostOrDoubled() {
        String expected = "said @1 main Ana: one\nsaid @3 main Ana: three\nsaid @4 main Ana: four\n";
        for (int cut = 0; cut <= expected.length(); cut++) {
            try (Delivery house = new Delivery()) {
                FakeSubscriber narrow = new FakeSubscriber();
                int most = cut;
                narrow.takes(remaining -> Math.max(0, most - narrow.length()));
                Follower own = house.follow(narrow);
                house.run(() -> {
                    house.say("one");
                    house.sayAs(own, "two");
                    house.say("three");
                    house.say("four");
                });
                narrow.awaitText(expected);
            }
        }
    }

    @Test
    void aFullSocketIsWaitedForAndThenEverythingFollows() {
        delivery.follow(socket);
        socket.stall();
        delivery.say("one");
        socket.awaitFinishing();
        delivery.say("two");
        delivery.say("three");
        assertEquals("", socket.text());
        socket.drain();
        socket.awaitFinishing();
        assertEquals(
                "said @1 main Ana: one\n",
                socket.text(),
                "the entry at hand is finished, what follows stays in the log");
        socket.flow();
        socket.awaitLines("said @1 main Ana: one", "said @2 main Ana: two", "said @3 main Ana: three");
    }

    @Test
    void aBrokenConnectionIsClosedAndHoldsUpNobody() {
        FakeSubscriber broken = new FakeSubscriber();
        broken.breakOff();
        boolean[] retired = {false};
        Follower gone = delivery.connect(broken, () -> retired[0] = true);
        delivery.run(() -> delivery.follow(gone, "main"));
        delivery.follow(socket);
        delivery.say("one");
        broken.awaitClose(CloseReason.GONE);
        delivery.say("two");
        socket.awaitLines("said @1 main Ana: one", "said @2 main Ana: two");
        assertTrue(delivery.ask(() -> retired[0]));
        assertTrue(delivery.ask(() -> delivery.connections.find(gone.id()).isEmpty()));
    }

    @Test
    void whatIsPrivateComesFirstAndTogether() {
        Follower follower = delivery.follow(socket);
        delivery.run(() -> {
            delivery.say("one");
            follower.tell(line("ask"));
            follower.tell(line("help"));
        });
        socket.awaitLines("ask", "help", "said @1 main Ana: one");
        assertEquals(2, socket.writes());
    }

    @Test
    void whatIsPrivateIsNeverPutIntoTheMiddleOfAnEntry() {
        Follower follower = delivery.follow(socket);
        socket.takes(remaining -> Math.min(7, remaining));
        socket.stall();
        delivery.say("one");
        socket.awaitFinishing();
        delivery.run(() -> follower.tell(line("ask")));
        delivery.say("two");
        socket.flow();
        socket.awaitLines("said @1 main Ana: one", "ask", "said @2 main Ana: two");
    }

    @Test
    void aLongPrivateAnswerIsWrittenInPiecesAndWhole() {
        Follower follower = delivery.connect(socket);
        socket.takes(remaining -> remaining / 2);
        byte[] units = line("x".repeat(300_000));
        delivery.run(() -> follower.control(units, () -> {}));
        delivery.run(() -> follower.tell(line("ask")));
        socket.awaitLength(units.length + 4);
        assertEquals("x".repeat(300_000) + "\nask\n", socket.text());
    }

    @Test
    void theWiresOwnUnitsTakeTheirTurnAndSayWhenTheyAreWritten() {
        Follower follower = delivery.follow(socket);
        socket.stall();
        delivery.say("one");
        socket.awaitFinishing();
        StringBuilder written = new StringBuilder();
        delivery.run(() -> {
            follower.control(line("pong 1"), () -> written.append("1"));
            follower.control(line("pong 2"), () -> written.append("2"));
        });
        assertEquals("", delivery.ask(written::toString));
        socket.flow();
        socket.awaitLines("said @1 main Ana: one", "pong 1", "pong 2");
        assertEquals("12", delivery.ask(written::toString));
    }

    @Test
    void whoMovesHearsNothingMoreOfTheOldRoom() {
        Follower follower = delivery.follow(socket);
        delivery.run(() -> delivery.follow(follower, "den"));
        delivery.say("here");
        delivery.sayIn("den", "there");
        socket.awaitLines("said @2 den Ana: there");
        assertTrue(!delivery.isOpen("main"), "nobody follows it any more");
    }

    @Test
    void whoFallsOutOfTheLogIsToldFromTheHistoryWithoutLossOrDouble() {
        delivery.follow(socket);
        socket.stall();
        delivery.say("the first");
        socket.awaitFinishing();
        StringBuilder expected = new StringBuilder("said @1 main Ana: the first\n");
        for (int i = 2; i <= 400; i++) {
            delivery.say(BIG);
            expected.append("said @")
                    .append(i)
                    .append(" main Ana: ")
                    .append(BIG)
                    .append('\n');
        }
        assertTrue(delivery.ask(() -> delivery.feed().log().tail()) > 100_000, "the log has gone on");
        socket.takes(remaining -> Math.max(1, remaining * 3 / 4));
        socket.flow();
        delivery.say("the last");
        expected.append("said @401 main Ana: the last\n");
        socket.awaitText(expected.toString());
        assertTrue(delivery.past.reads() > 0);
    }

    @Test
    void whatIsSaidWhileTheHistoryIsReadForWhoFellOutFollowsIt() {
        delivery.follow(socket);
        socket.stall();
        delivery.say("the first");
        socket.awaitFinishing();
        StringBuilder expected = new StringBuilder("said @1 main Ana: the first\n");
        for (int i = 2; i <= 300; i++) {
            delivery.say(BIG);
            expected.append("said @")
                    .append(i)
                    .append(" main Ana: ")
                    .append(BIG)
                    .append('\n');
        }
        delivery.past.holdReads();
        socket.flow();
        delivery.past.awaitReads(1);
        for (int i = 301; i <= 320; i++) {
            delivery.say("n" + i);
            expected.append("said @").append(i).append(" main Ana: n").append(i).append('\n');
        }
        delivery.past.releaseReads();
        socket.awaitText(expected.toString());
    }

    @Test
    void aFaultOfOneConnectionHoldsUpNobody() {
        FakeSubscriber faulty = new FakeSubscriber();
        delivery.follow(faulty);
        delivery.follow(socket);
        faulty.failBadly();
        delivery.say("one");
        faulty.awaitClose(CloseReason.GONE);
        delivery.say("two");
        socket.awaitLines("said @1 main Ana: one", "said @2 main Ana: two");
    }

    @Test
    void whoFallsOutOfTheLogDoesNotHearTheirOwnMessages() {
        Follower own = delivery.follow(socket);
        socket.stall();
        delivery.say("the first");
        socket.awaitFinishing();
        delivery.sayAs(own, "own 2");
        StringBuilder expected = new StringBuilder("said @1 main Ana: the first\n");
        for (int i = 3; i <= 300; i++) {
            delivery.say(BIG);
            expected.append("said @")
                    .append(i)
                    .append(" main Ana: ")
                    .append(BIG)
                    .append('\n');
        }
        delivery.sayAs(own, "own 301");
        socket.flow();
        delivery.sayAs(own, "own 302");
        delivery.say("the last");
        expected.append("said @303 main Ana: the last\n");
        socket.awaitText(expected.toString());
    }

    @Test
    void whoFallsOutOfTheLogByTheirOwnMessagesAloneStaysInTheFeed() {
        Follower own = delivery.follow(socket);
        socket.stall();
        delivery.say("the first");
        socket.awaitFinishing();
        for (int i = 2; i <= 300; i++) {
            delivery.sayAs(own, BIG);
        }
        socket.flow();
        delivery.say("the last");
        socket.awaitLines("said @1 main Ana: the first", "said @301 main Ana: the last");
    }
}
