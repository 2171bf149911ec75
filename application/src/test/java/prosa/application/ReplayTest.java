package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.delivery.Await;
import prosa.delivery.CloseReason;
import prosa.delivery.FakeSubscriber;
import prosa.domain.Position;
import prosa.domain.RoomName;

/** How a connection is told the past before its feed goes on. */
class ReplayTest {
    private final Audience audience = Audience.open();
    private final FakeSubscriber socket = new FakeSubscriber();

    @AfterEach
    void stop() {
        audience.close();
    }

    private void sayUpTo(int last) {
        for (long i = audience.engine.head() + 1; i <= last; i++) {
            audience.say("n" + i);
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
        audience.followAfter(2, socket);
        sayUpTo(7);
        socket.awaitText(said(3, 7));
    }

    @Test
    void nothingMissingIsNothingTold() {
        sayUpTo(5);
        audience.followAfter(5, socket);
        sayUpTo(6);
        socket.awaitText(said(6, 6));
    }

    @Test
    void aLongHistoryIsReadPageByPage() {
        sayUpTo(300);
        audience.followAfter(0, socket);
        socket.awaitText(said(1, 300));
        assertEquals(
                List.of(
                        "after 0 up to 300 limit 128",
                        "after 128 up to 300 limit 128",
                        "after 256 up to 300 limit 128"),
                audience.engine.reads());
    }

    @Test
    void aHistoryOfWholePagesEnds() {
        sayUpTo(256);
        audience.followAfter(0, socket);
        audience.engine.say("den", "Bob", "elsewhere");
        socket.awaitLength(said(1, 256).length());
        audience.say("n258");
        socket.awaitText(said(1, 256) + said(258, 258));
    }

    @Test
    void theNextPageIsReadWhenTheLastWasWritten() {
        sayUpTo(250);
        socket.stall();
        audience.followAfter(0, socket);
        socket.awaitFinishing();
        assertEquals(1, audience.engine.reads().size());
        socket.flow();
        socket.awaitText(said(1, 250));
        assertEquals(2, audience.engine.reads().size());
    }

    @Test
    void whatIsSaidDuringTheReplayFollowsIt() {
        sayUpTo(150);
        audience.engine.holdReads();
        audience.followAfter(0, socket);
        audience.engine.awaitReads(1);
        sayUpTo(160);
        audience.engine.releaseOneRead();
        audience.engine.awaitReads(1);
        sayUpTo(170);
        audience.engine.releaseReads();
        socket.awaitText(said(1, 170));
    }

    @Test
    void whoFallsOutOfTheLogDuringTheReplayMissesNothing() {
        sayUpTo(20);
        audience.engine.holdReads();
        audience.followAfter(0, socket);
        audience.engine.awaitReads(1);
        StringBuilder expected = new StringBuilder(said(1, 20));
        for (int i = 21; i <= 400; i++) {
            audience.say("b".repeat(4_000));
            expected.append("said @")
                    .append(i)
                    .append(" main Ana: ")
                    .append("b".repeat(4_000))
                    .append('\n');
        }
        audience.engine.releaseReads();
        socket.awaitText(expected.toString());
    }

    @Test
    void theLastMessagesBeginWithThePlaceBeforeThem() {
        sayUpTo(10);
        Recipient reader = audience.connect(socket);
        audience.run(() ->
                audience.follow(reader, Optional.of(new Backlog.Last(3, audience.rooms.offset())), RoomName.MAIN));
        sayUpTo(11);
        socket.awaitText("opening @7\n" + said(8, 11));
    }

    @Test
    void withoutMessagesTheLastBeginsHere() {
        audience.engine.say("den", "Bob", "elsewhere");
        Recipient reader = audience.connect(socket);
        audience.run(() ->
                audience.follow(reader, Optional.of(new Backlog.Last(3, audience.rooms.offset())), RoomName.MAIN));
        socket.awaitLines("opening @1");
    }

    @Test
    void aGapIsToldBeforeWhatFollowsIt() {
        sayUpTo(10);
        audience.engine.forgetUpTo(4);
        Recipient reader = audience.connect(socket);
        audience.run(() -> audience.follow(
                reader,
                Optional.of(new Backlog.After(4, audience.rooms.offset(), Optional.of(new Position(77, 3)))),
                RoomName.MAIN));
        socket.awaitText("gap main after 77-3 next @5\n" + said(5, 10));
    }

    @Test
    void aGapWithNothingBehindItSaysSo() {
        Recipient reader = audience.connect(socket);
        audience.run(() -> audience.follow(
                reader, Optional.of(new Backlog.After(0, 0, Optional.of(new Position(77, 3)))), RoomName.MAIN));
        sayUpTo(1);
        socket.awaitText("gap main after 77-3 next none\n" + said(1, 1));
    }

    @Test
    void whoMovesOnDuringTheReplayIsToldNothingMoreOfIt() {
        sayUpTo(10);
        audience.engine.say("den", "Bob", "there");
        audience.engine.holdReads();
        Recipient reader = audience.followAfter(0, socket);
        audience.engine.awaitReads(1);
        audience.run(() -> audience.follow(
                reader,
                Optional.of(new Backlog.After(0, audience.rooms.offset(), Optional.empty())),
                new RoomName("den")));
        audience.engine.releaseReads();
        audience.engine.say("den", "Bob", "there too");
        socket.awaitLines("said @11 den Bob: there", "said @12 den Bob: there too");
    }

    @Test
    void whoIsGoneDuringTheReplayIsToldNothingMore() {
        sayUpTo(10);
        audience.engine.holdReads();
        Recipient reader = audience.followAfter(0, socket);
        audience.engine.awaitReads(1);
        audience.run(() -> reader.follower().closeNow(CloseReason.GONE));
        audience.engine.releaseReads();
        audience.run(() -> {});
        assertEquals("", socket.text());
        assertTrue(audience.ask(() -> audience.rooms.find(RoomName.MAIN).isEmpty()));
    }

    @Test
    void severalRoomsAreToldInOneOrder() {
        audience.say("n1");
        audience.engine.say("den", "Bob", "two");
        audience.say("n3");
        audience.engine.say("nook", "Bob", "four");
        audience.engine.say("den", "Bob", "five");
        Recipient reader = audience.connect(socket);
        audience.run(() -> audience.follow(
                reader,
                Optional.of(new Backlog.After(0, audience.rooms.offset(), Optional.empty())),
                RoomName.MAIN,
                new RoomName("den")));
        audience.engine.say("den", "Bob", "six");
        audience.say("n7");
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
        audience.engine.setUnreadable(true);
        audience.followAfter(5, socket);
        socket.awaitClose(CloseReason.UNAVAILABLE);
        assertEquals("", socket.text());
    }

    @Test
    void whoCouldBeToldHalfOfThePastIsToldNothingAfterTheHole() {
        sayUpTo(250);
        audience.engine.holdReads();
        audience.followAfter(0, socket);
        audience.engine.awaitReads(1);
        audience.engine.releaseOneRead();
        audience.engine.awaitReads(1);
        sayUpTo(251);
        audience.engine.setUnreadable(true);
        audience.engine.releaseReads();
        audience.engine.setUnreadable(false);
        socket.awaitClose(CloseReason.UNAVAILABLE);
        assertEquals(said(1, 128), socket.text());
    }

    @Test
    void aReplayThatTheShutdownCutsOffEndsWithoutAHole() {
        sayUpTo(250);
        audience.engine.holdReads();
        Recipient reader = audience.followAfter(0, socket);
        audience.engine.awaitReads(1);
        audience.engine.releaseOneRead();
        audience.engine.awaitReads(1);
        audience.engine.close();
        audience.run(() -> reader.close(CloseReason.SHUTDOWN));
        Await.until(socket, () -> socket.farewell().isPresent(), () -> "a close");
        assertTrue(said(1, 250).startsWith(socket.text()), socket.text());
    }

    @Test
    void whoQuitsDuringTheReplayIsToldWhatIsDue() {
        sayUpTo(250);
        audience.engine.holdReads();
        Recipient reader = audience.followAfter(0, socket);
        audience.engine.awaitReads(1);
        audience.run(() -> reader.close(CloseReason.QUIT));
        audience.engine.releaseReads();
        socket.awaitClose(CloseReason.QUIT);
        assertEquals(said(1, 250), socket.text());
    }

    @Test
    void whatIsForgottenBetweenTwoPagesIsAGap() {
        sayUpTo(250);
        audience.engine.holdReads();
        audience.followAfter(0, socket);
        audience.engine.awaitReads(1);
        audience.engine.releaseOneRead();
        audience.engine.awaitReads(1);
        audience.engine.forgetUpTo(180);
        audience.engine.releaseReads();
        socket.awaitText(said(1, 128) + "gap main after 1000-128 next @181\n" + said(181, 250));
    }

    @Test
    void whatIsForgottenBeforeWhoFellOutCouldReadItIsAGap() {
        audience.follow(socket);
        socket.stall();
        sayUpTo(1);
        socket.awaitFinishing();
        for (int i = 2; i <= 300; i++) {
            audience.say("b".repeat(4_000));
        }
        sayUpTo(310);
        audience.engine.forgetUpTo(305);
        socket.flow();
        socket.awaitText(said(1, 1) + "gap main after 1000-1 next @306\n" + said(306, 310));
    }
}
