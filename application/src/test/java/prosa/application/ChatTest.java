package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.delivery.Await;
import prosa.delivery.CloseReason;
import prosa.delivery.Ends;
import prosa.delivery.FakeSubscriber;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** What one can do without a connection, and how the house closes. */
class ChatTest {
    private static final RoomName DEN = new RoomName("den");
    private static final Optional<Position> NOWHERE = Optional.empty();

    private final Lobby lobby = new Lobby();

    @AfterEach
    void close() {
        lobby.close();
    }

    private CompletionStage<Message> post(RoomName room, String by, String text) {
        return lobby.chat.post(Lobby.over("http"), room, new Name(by), new Text(text), Optional.empty());
    }

    private static void assertRefused(Reason reason, CompletionStage<?> stage) {
        assertEquals(reason, Chat.reasonOf(Await.failure(stage)));
    }

    @Test
    void aPostIsHeardByAllAndAnsweredWithTheMessage() {
        Guest ana = lobby.enter("Ana");
        Message kept = Await.result(post(RoomName.MAIN, "Bob", "hello"));
        assertEquals(Lobby.at(1), kept.id());
        assertEquals(new Via("http"), kept.via());
        assertEquals(Lobby.NOW, kept.at());
        ana.awaitLines("said @1 main Bob: hello");
    }

    @Test
    void aPostUnderTheNameOfSomebodyPresentIsRefused() {
        Guest ana = lobby.enter("Ana");
        assertRefused(Reason.NAME_TAKEN, post(RoomName.MAIN, "ANA", "I am Ana"));
        Await.result(post(DEN, "Ana", "another Ana"));
        ana.visitor.gone();
        ana.awaitClose(CloseReason.GONE);
        Await.result(post(RoomName.MAIN, "Ana", "now I am"));
        assertEquals(2, lobby.engine.head());
    }

    @Test
    void aPostThatCantBeKeptIsRefused() {
        lobby.engine.setFull(true);
        assertRefused(Reason.UNAVAILABLE, post(RoomName.MAIN, "Ana", "lost"));
    }

    @Test
    void whoPostsIsNotInTheRoom() {
        Await.result(post(DEN, "Ana", "hello"));
        assertEquals(Map.of(DEN, 0), Await.result(lobby.chat.rooms(Lobby.over("http"))));
        Guest ana = lobby.connect(Guest.joining("Ana", "den"));
        ana.awaitLines("welcome den Ana of 1 [Ana] recent [1] @1");
    }

    @Test
    void roomsAreThoseWithMessagesOrPeople() {
        lobby.engine.say("nook", "Ana", "hello");
        lobby.enter("Ana", "den");
        lobby.enter("Bob", "den");
        lobby.enter("Ana", "nook");
        assertEquals(Map.of(DEN, 2, new RoomName("nook"), 1), Await.result(lobby.chat.rooms(Lobby.over("http"))));
        assertEquals(
                List.of(DEN, new RoomName("nook")),
                List.copyOf(Await.result(lobby.chat.rooms(Lobby.over("http"))).keySet()),
                "sorted");
    }

    @Test
    void oneListOfRoomsIsMadeAtATimeAndNoneIsOlderThanItsRequest() {
        lobby.engine.say("den", "Ana", "hello");
        lobby.engine.holdReads();
        var first = lobby.chat.rooms(Lobby.over("http"));
        lobby.engine.awaitReads(1);
        List<CompletionStage<NavigableMap<RoomName, Integer>>> meanwhile = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            meanwhile.add(lobby.chat.rooms(Lobby.over("http")));
        }
        lobby.settle();
        lobby.engine.releaseOneRead();
        assertEquals(Map.of(DEN, 0), Await.result(first));
        lobby.engine.awaitReads(1);
        lobby.engine.say("nook", "Ana", "hello");
        lobby.engine.releaseOneRead();
        for (var list : meanwhile) {
            assertEquals(Map.of(DEN, 0, new RoomName("nook"), 0), Await.result(list));
        }
        assertThrows(NoSuchElementException.class, lobby.engine::releaseOneRead, "there were two reads");
    }

    @Test
    void aRoomOfTheLabIsNotAmongThem() {
        String secret = "lab--0123456789012345678901234";
        lobby.engine.say(secret, "Ana", "hello");
        lobby.enter("Ana", secret);
        lobby.enter("Bob", "lab--people");
        assertEquals(Map.of(new RoomName("lab--people"), 1), Await.result(lobby.chat.rooms(Lobby.over("http"))));
    }

    @Test
    void theHistoryIsReadBack() {
        for (int i = 1; i <= 5; i++) {
            lobby.engine.say("main", "Ana", "n" + i);
            lobby.engine.say("den", "Ana", "elsewhere");
        }
        assertEquals(List.of(7L, 9L), readBack(NOWHERE, 2));
        assertEquals(List.of(1L, 3L, 5L, 7L, 9L), readBack(NOWHERE, 1_000));
        assertEquals(List.of(5L, 7L), readBack(Optional.of(Lobby.at(3)), 2));
        assertEquals(List.of(), readBack(Optional.of(Lobby.at(9)), 2));
        assertEquals(List.of(), readBack(Optional.of(Lobby.at(99)), 2), "past the head");
        assertEquals(List.of(1L, 3L), readBack(Optional.of(new Position(7, 5)), 2), "another log");
        lobby.engine.forgetUpTo(4);
        assertEquals(List.of(5L, 7L), readBack(Optional.of(Lobby.at(2)), 2));
        assertTrue(Await.result(lobby.chat
                                .readBack(Lobby.over("http"), DEN, NOWHERE, 1)
                                .excerpt())
                        .count()
                == 1);
    }

    private List<Long> readBack(Optional<Position> since, int limit) {
        return Await.result(lobby.chat
                        .readBack(Lobby.over("http"), RoomName.MAIN, since, limit)
                        .excerpt())
                .messages()
                .orElseThrow()
                .stream()
                .map(message -> message.id().offset())
                .toList();
    }

    @Test
    void aHistoryThatCantBeReadIsUnavailable() {
        lobby.engine.setUnreadable(true);
        assertRefused(
                Reason.UNAVAILABLE,
                lobby.chat
                        .readBack(Lobby.over("http"), RoomName.MAIN, NOWHERE, 1)
                        .excerpt());
        assertRefused(
                Reason.UNAVAILABLE,
                lobby.chat
                        .readBack(Lobby.over("http"), RoomName.MAIN, Optional.of(Lobby.at(0)), 1)
                        .excerpt());
        assertRefused(Reason.UNAVAILABLE, lobby.chat.rooms(Lobby.over("http")));
    }

    @Test
    void thePositionIsThatOfTheLastThatWasDelivered() {
        assertEquals(Lobby.at(0), Await.result(lobby.chat.position()));
        lobby.engine.say("den", "Ana", "hello");
        assertEquals(Lobby.at(1), Await.result(lobby.chat.position()));
    }

    @Test
    void theReasonOfAFailureIsFoundWhereverItIs() {
        Refused refused = new Refused(Reason.NAME_TAKEN);
        assertEquals(Reason.NAME_TAKEN, Chat.reasonOf(refused));
        assertEquals(Reason.NAME_TAKEN, Chat.reasonOf(new CompletionException(new CompletionException(refused))));
        assertEquals(Reason.UNAVAILABLE, Chat.reasonOf(new IllegalStateException()));
    }

    @Test
    void closingTellsWhatIsDueAndEndsAllConnections() {
        Guest ana = lobby.enter("Ana");
        Guest atTheDoor = lobby.connect();
        FakeSubscriber listener = lobby.follow(NOWHERE, OptionalInt.empty(), "main");
        listener.awaitLines("opening @0");
        lobby.engine.holdPublishes();
        CompletionStage<Message> posted = post(RoomName.MAIN, "Bob", "the last word");
        ana.say("mine", "r1");
        lobby.settle();
        lobby.close();
        assertEquals(Lobby.at(1), Await.result(posted).id());
        assertEquals(Optional.of(CloseReason.SHUTDOWN), ana.farewell());
        assertEquals(Optional.of(CloseReason.SHUTDOWN), atTheDoor.farewell());
        assertEquals(Optional.of(CloseReason.SHUTDOWN), listener.farewell());
        assertEquals(Set.of("ack r1 @2", "said @1 main Bob: the last word"), Set.copyOf(ana.lines()));
        assertEquals(
                "opening @0\nsaid @1 main Bob: the last word\nsaid @2 main Ana: mine\n",
                listener.text().replaceAll("left .*\n", ""));
    }

    @Test
    void whoDoesNotReadWhenTheHouseClosesIsCutOffAfterTheGrace() throws Exception {
        Guest ana = lobby.enter("Ana");
        ana.stall();
        lobby.engine.say("main", "Bob", "hello");
        ana.awaitFinishing();
        long began = System.nanoTime();
        lobby.chat.close(Duration.ofMillis(50));
        assertEquals(Optional.of(CloseReason.SHUTDOWN), ana.farewell());
        assertTrue(System.nanoTime() - began >= Duration.ofMillis(50).toNanos());
    }

    @Test
    void whoComesWhileTheHouseClosesIsSentAway() {
        Guest slow = lobby.enter("Ana");
        slow.stall();
        lobby.engine.say("main", "Bob", "hello");
        slow.awaitFinishing();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(lobby::close);
        Await.until(lobby.engine, lobby.engine::isClosed, () -> "the engine's close");
        // Each of these may still find the door open; then it is sent away with the others.
        Guest bob = lobby.connect(Guest.joining("Bob", "main"));
        FakeSubscriber listener = lobby.follow(NOWHERE, OptionalInt.empty(), "main");
        FakeSubscriber since = lobby.follow(Optional.of(Lobby.at(0)), OptionalInt.empty(), "main");
        FakeSubscriber last = lobby.follow(NOWHERE, OptionalInt.of(5), "main");
        bob.awaitClose(CloseReason.SHUTDOWN);
        listener.awaitClose(CloseReason.SHUTDOWN);
        Await.until(since, () -> since.farewell().isPresent(), () -> "a close");
        Await.until(last, () -> last.farewell().isPresent(), () -> "a close");
        slow.flow();
        slow.awaitClose(CloseReason.SHUTDOWN);
        Await.result(closing);
        lobby.close();
    }

    @Test
    void closingTwiceIsClosingOnce() {
        lobby.close();
        lobby.close();
    }

    @Test
    void whatIsAskedOfAClosedHouseIsRefused() {
        lobby.close();
        assertRefused(Reason.UNAVAILABLE, post(RoomName.MAIN, "Ana", "too late"));
        assertRefused(
                Reason.UNAVAILABLE,
                lobby.chat
                        .readBack(Lobby.over("http"), RoomName.MAIN, NOWHERE, 1)
                        .excerpt());
        assertRefused(Reason.UNAVAILABLE, lobby.chat.position());
        assertRefused(Reason.UNAVAILABLE, lobby.chat.rooms(Lobby.over("http")));
    }

    @Test
    void whyAStageFailedIsFoundHoweverDeepItLies() throws Exception {
        assertEquals(Reason.TOO_SLOW, Chat.reasonOf(new CompletionException(new Refused(Reason.TOO_SLOW))));
        OutOfMemoryError noMemory = new OutOfMemoryError("planted by a test");
        try (Ends ends = new Ends()) {
            assertEquals(Reason.UNAVAILABLE, Chat.reasonOf(new CompletionException(noMemory)));
            assertSame(noMemory, ends.next());
        }
    }
}
