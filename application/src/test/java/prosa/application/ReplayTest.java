package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.domain.Position;
import prosa.domain.RoomName;

/** How a connection is told the past before its feed goes on. */
class ReplayTest {
    private final Delivery delivery = new Delivery();
    private final FakeSubscriber socket = new FakeSubscriber();

    @AfterEach
    void stop() {
        delivery.close();
    }

    private void sayUpTo(int last) {
        for (long i = delivery.engine.head() + 1; i <= last; i++) {
            delivery.say("n" + i);
        }
    }

    private static String said(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i <= to; i++) {
            lines.append("said @").append(i).append(" main Ana: n").append(i).append('\n');
        }
        return lines.toString();
    }

    @Test
    void whatIsMissingIsToldInOrder() {
        sayUpTo(5);
        delivery.followAfter(2, socket);
        sayUpTo(7);
        socket.awaitText(said(3, 7));
    }

    @Test
    void nothingMissingIsNothingTold() {
        sayUpTo(5);
        delivery.followAfter(5, socket);
        sayUpTo(6);
        socket.awaitText(said(6, 6));
    }

    @Test
    void aLongHistoryIsReadPageByPage() {
        sayUpTo(300);
        delivery.followAfter(0, socket);
        socket.awaitText(said(1, 300));
        assertEquals(
                List.of(
                        "after 0 up to 300 limit 128",
                        "after 128 up to 300 limit 128",
                        "after 256 up to 300 limit 128"),
                delivery.engine.reads());
    }

    @Test
    void aHistoryOfWholePagesEnds() {
        sayUpTo(256);
        delivery.followAfter(0, socket);
        delivery.engine.say("den", "Bob", "elsewhere");
        socket.awaitLength(said(1, 256).length());
        delivery.say("n258");
        socket.awaitText(said(1, 256) + said(258, 258));
    }

    @Test
    void theNextPageIsReadWhenTheLastWasWritten() {
        sayUpTo(250);
        socket.stall();
        delivery.followAfter(0, socket);
        socket.awaitFinishing();
        assertEquals(1, delivery.engine.reads().size());
        socket.flow();
        socket.awaitText(said(1, 250));
        assertEquals(2, delivery.engine.reads().size());
    }

    @Test
    void whatIsSaidDuringTheReplayFollowsIt() {
        sayUpTo(150);
        delivery.engine.holdReads();
        delivery.followAfter(0, socket);
        delivery.engine.awaitReads(1);
        sayUpTo(160);
        delivery.engine.releaseOneRead();
        delivery.engine.awaitReads(1);
        sayUpTo(170);
        delivery.engine.releaseReads();
        socket.awaitText(said(1, 170));
    }

    @Test
    void whoFallsOutOfTheLogDuringTheReplayMissesNothing() {
        sayUpTo(20);
        delivery.engine.holdReads();
        delivery.followAfter(0, socket);
        delivery.engine.awaitReads(1);
        StringBuilder expected = new StringBuilder(said(1, 20));
        for (int i = 21; i <= 400; i++) {
            delivery.say("b".repeat(4_000));
            expected.append("said @")
                    .append(i)
                    .append(" main Ana: ")
                    .append("b".repeat(4_000))
                    .append('\n');
        }
        delivery.engine.releaseReads();
        socket.awaitText(expected.toString());
    }

    @Test
    void theLastMessagesBeginWithThePlaceBeforeThem() {
        sayUpTo(10);
        Follower follower = delivery.connect(socket);
        delivery.run(() -> follower.follow(delivery.feed(), Optional.of(new Backlog.Last(3, delivery.rooms.offset()))));
        sayUpTo(11);
        socket.awaitText("opening @7\n" + said(8, 11));
    }

    @Test
    void withoutMessagesTheLastBeginsHere() {
        delivery.engine.say("den", "Bob", "elsewhere");
        Follower follower = delivery.connect(socket);
        delivery.run(() -> follower.follow(delivery.feed(), Optional.of(new Backlog.Last(3, delivery.rooms.offset()))));
        socket.awaitLines("opening @1");
    }

    @Test
    void aGapIsToldBeforeWhatFollowsIt() {
        sayUpTo(10);
        delivery.engine.forgetUpTo(4);
        Follower follower = delivery.connect(socket);
        delivery.run(() -> follower.follow(
                delivery.feed(),
                Optional.of(new Backlog.After(4, delivery.rooms.offset(), Optional.of(new Position(77, 3))))));
        socket.awaitText("gap main after 77-3 next @5\n" + said(5, 10));
    }

    @Test
    void aGapWithNothingBehindItSaysSo() {
        Follower follower = delivery.connect(socket);
        delivery.run(() -> follower.follow(
                delivery.feed(), Optional.of(new Backlog.After(0, 0, Optional.of(new Position(77, 3))))));
        sayUpTo(1);
        socket.awaitText("gap main after 77-3 next none\n" + said(1, 1));
    }

    @Test
    void whoMovesOnDuringTheReplayIsToldNothingMoreOfIt() {
        sayUpTo(10);
        delivery.engine.say("den", "Bob", "there");
        delivery.engine.holdReads();
        Follower follower = delivery.followAfter(0, socket);
        delivery.engine.awaitReads(1);
        delivery.run(() -> follower.follow(
                delivery.rooms.feed(Set.of(new RoomName("den")), PlainCodec.PLAIN),
                Optional.of(new Backlog.After(0, delivery.rooms.offset(), Optional.empty()))));
        delivery.engine.releaseReads();
        delivery.engine.say("den", "Bob", "there too");
        socket.awaitLines("said @11 den Bob: there", "said @12 den Bob: there too");
    }

    @Test
    void whoIsGoneDuringTheReplayIsToldNothingMore() {
        sayUpTo(10);
        delivery.engine.holdReads();
        Follower follower = delivery.followAfter(0, socket);
        delivery.engine.awaitReads(1);
        delivery.run(() -> follower.closeNow(Farewell.GONE));
        delivery.engine.releaseReads();
        delivery.run(() -> {});
        assertEquals("", socket.text());
        assertTrue(delivery.ask(() -> delivery.rooms.find(RoomName.MAIN).isEmpty()));
    }

    @Test
    void severalRoomsAreToldInOneOrder() {
        delivery.say("n1");
        delivery.engine.say("den", "Bob", "two");
        delivery.say("n3");
        delivery.engine.say("nook", "Bob", "four");
        delivery.engine.say("den", "Bob", "five");
        Follower follower = delivery.connect(socket);
        delivery.run(() -> follower.follow(
                delivery.rooms.feed(Set.of(RoomName.MAIN, new RoomName("den")), PlainCodec.PLAIN),
                Optional.of(new Backlog.After(0, delivery.rooms.offset(), Optional.empty()))));
        delivery.engine.say("den", "Bob", "six");
        delivery.say("n7");
        socket.awaitLines(
                "said @1 main Ana: n1",
                "said @2 den Bob: two",
                "said @3 main Ana: n3",
                "said @5 den Bob: five",
                "said @6 den Bob: six",
                "said @7 main Ana: n7");
    }

    @Test
    void whoCantBeToldThePastIsSentAway() {
        sayUpTo(10);
        delivery.engine.setUnreadable(true);
        delivery.followAfter(5, socket);
        socket.awaitClose(Farewell.UNAVAILABLE);
        assertEquals("", socket.text());
    }

    @Test
    void whoCouldBeToldHalfOfThePastIsToldNothingAfterTheHole() {
        sayUpTo(250);
        delivery.engine.holdReads();
        delivery.followAfter(0, socket);
        delivery.engine.awaitReads(1);
        delivery.engine.releaseOneRead();
        delivery.engine.awaitReads(1);
        sayUpTo(251);
        delivery.engine.setUnreadable(true);
        delivery.engine.releaseReads();
        delivery.engine.setUnreadable(false);
        socket.awaitClose(Farewell.UNAVAILABLE);
        assertEquals(said(1, 128), socket.text());
    }

    @Test
    void aReplayThatTheShutdownCutsOffEndsWithoutAHole() {
        sayUpTo(250);
        delivery.engine.holdReads();
        Follower follower = delivery.followAfter(0, socket);
        delivery.engine.awaitReads(1);
        delivery.engine.releaseOneRead();
        delivery.engine.awaitReads(1);
        delivery.engine.close();
        delivery.run(() -> follower.close(Farewell.SHUTDOWN));
        Await.until(socket, () -> socket.farewell().isPresent(), () -> "a close");
        assertTrue(said(1, 250).startsWith(socket.text()), socket.text());
    }

    @Test
    void whoQuitsDuringTheReplayIsToldWhatIsDue() {
        sayUpTo(250);
        delivery.engine.holdReads();
        Follower follower = delivery.followAfter(0, socket);
        delivery.engine.awaitReads(1);
        delivery.run(() -> follower.close(Farewell.QUIT));
        delivery.engine.releaseReads();
        socket.awaitClose(Farewell.QUIT);
        assertEquals(said(1, 250), socket.text());
    }

    @Test
    void whatIsForgottenBetweenTwoPagesIsAGap() {
        sayUpTo(250);
        delivery.engine.holdReads();
        delivery.followAfter(0, socket);
        delivery.engine.awaitReads(1);
        delivery.engine.releaseOneRead();
        delivery.engine.awaitReads(1);
        delivery.engine.forgetUpTo(180);
        delivery.engine.releaseReads();
        socket.awaitText(said(1, 128) + "gap main after 1000-128 next @181\n" + said(181, 250));
    }

    @Test
    void whatIsForgottenBeforeWhoFellOutCouldReadItIsAGap() {
        delivery.follow(socket);
        socket.stall();
        sayUpTo(1);
        socket.awaitFinishing();
        for (int i = 2; i <= 300; i++) {
            delivery.say("b".repeat(4_000));
        }
        sayUpTo(310);
        delivery.engine.forgetUpTo(305);
        socket.flow();
        socket.awaitText(said(1, 1) + "gap main after 1000-1 next @306\n" + said(306, 310));
    }
}
