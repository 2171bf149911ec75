package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Excerpt;
import prosa.delivery.Await;
import prosa.delivery.CloseReason;
import prosa.delivery.FakeSubscriber;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.RoomName;

/** A log to which other nodes publish as well: they may be ahead, and it may become another one. */
class SharedHistoryTest {
    private static final long LATER = ScriptedEngine.EPOCH + 1;
    private static final OptionalInt NONE = OptionalInt.empty();

    private final Lobby lobby = new Lobby();

    @AfterEach
    void close() {
        lobby.close();
    }

    private FakeSubscriber follow(long epoch, long offset) {
        return lobby.follow(Optional.of(new Position(epoch, offset)), NONE, "main");
    }

    @Test
    void whoHasSeenMoreElsewhereWaitsForIt() {
        lobby.engine.share();
        lobby.engine.say("main", "Ana", "one");
        FakeSubscriber ahead = follow(ScriptedEngine.EPOCH, 2);
        lobby.settle();
        assertEquals("", ahead.text());
        lobby.engine.say("main", "Ana", "two");
        lobby.engine.say("main", "Ana", "three");
        ahead.awaitLines("opening @2", "said @3 main Ana: three");
    }

    @Test
    void whoComesInAndHasSeenMoreElsewhereWaitsForIt() {
        lobby.engine.share();
        lobby.engine.say("main", "Ana", "one");
        Guest bob = lobby.connect(Guest.joiningSince("Bob", "1000-2"));
        lobby.settle();
        assertEquals("", bob.text());
        lobby.engine.say("main", "Ana", "two");
        bob.awaitWelcome();
        lobby.engine.say("main", "Ana", "three");
        bob.awaitLine("said @3 main Ana: three");
        assertFalse(bob.text().contains("two") || bob.text().contains("gap"), bob.text());
    }

    @Test
    void whatNeverComesIsAGap() {
        lobby.engine.share();
        lobby.engine.say("main", "Ana", "one");
        FakeSubscriber ahead = follow(ScriptedEngine.EPOCH, 7);
        ahead.awaitLines("opening @1", "gap main after 1000-7 next none");
    }

    @Test
    void onOneMachineNobodyWaits() {
        lobby.engine.say("main", "Ana", "one");
        FakeSubscriber ahead = follow(ScriptedEngine.EPOCH, 7);
        lobby.settle();
        ahead.awaitLines("opening @1", "gap main after 1000-7 next none");
    }

    @Test
    void whoAsksForWhatComesNextIsNotToldWhatTheyHaveSeen() {
        lobby.engine.share();
        lobby.engine.say("main", "Ana", "one");
        PendingExcerpt news = lobby.chat.readOn(
                Lobby.over("http"), RoomName.MAIN, Optional.of(Lobby.at(2)), 50, Duration.ofMinutes(1));
        lobby.settle();
        lobby.engine.say("main", "Ana", "two");
        lobby.settle();
        assertFalse(news.excerpt().toCompletableFuture().isDone());
        lobby.engine.say("main", "Ana", "three");
        Excerpt told = Await.result(news.excerpt());
        assertEquals(3, told.position().offset());
        assertEquals(1, told.count());
    }

    @Test
    void whoReadsBackFromWhatTheyHaveSeenElsewhereWaitsForIt() {
        lobby.engine.share();
        lobby.engine.say("main", "Ana", "one");
        PendingExcerpt rest = lobby.chat.readBack(Lobby.over("http"), RoomName.MAIN, Optional.of(Lobby.at(2)), 50);
        lobby.settle();
        assertFalse(rest.excerpt().toCompletableFuture().isDone());
        lobby.engine.say("main", "Ana", "two");
        Excerpt told = Await.result(rest.excerpt());
        assertEquals(List.of(), told.messages().orElseThrow());
        assertEquals(Lobby.at(2), told.position());
    }

    @Test
    void ofAnotherLogAllComeBackAndAreToldOfAGap() {
        Guest bob = lobby.enter("Bob");
        FakeSubscriber listener = follow(ScriptedEngine.EPOCH, 0);
        lobby.engine.say("main", "Ana", "of the first log");
        listener.awaitLine("said @1 main Ana: of the first log");

        lobby.engine.beginAnew(LATER);
        listener.awaitClose(CloseReason.UNAVAILABLE);
        bob.awaitClose(CloseReason.UNAVAILABLE);
        lobby.engine.say("main", "Ana", "of the second");

        FakeSubscriber back = follow(ScriptedEngine.EPOCH, 1);
        back.awaitLines("opening @0", "gap main after 1000-1 next @1", "said @1 main Ana: of the second");
        Guest again = lobby.connect(Guest.joiningSince("Bob", "1000-1"));
        again.awaitLine("gap main after 1000-1 next @1");
        assertEquals(new Position(LATER, 1), lobby.chat.lastPosition());
    }

    @Test
    void whatWasSaidInAnotherLogIsForgotten() {
        lobby.engine.say("main", "Ana", "of the first log");
        lobby.enter("Bob").awaitText("");
        lobby.engine.beginAnew(LATER);
        lobby.engine.say("main", "Ana", "of the second");
        Guest carla = lobby.connect(Guest.joining("Carla", "main"));
        carla.awaitWelcome();
        assertFalse(carla.text().contains("first"), carla.text());
    }

    @Test
    void whoWaitsForWhatComesNextMayAskAgain() {
        PendingExcerpt news = lobby.chat.readOn(
                Lobby.over("http"), RoomName.MAIN, Optional.of(Lobby.at(0)), 50, Duration.ofMinutes(1));
        lobby.settle();
        lobby.engine.beginAnew(LATER);
        assertEquals(Reason.UNAVAILABLE, Chat.reasonOf(Await.failure(news.excerpt())));
    }
}
