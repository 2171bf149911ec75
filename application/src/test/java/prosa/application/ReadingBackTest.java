package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Bound;
import prosa.application.port.Command;
import prosa.application.port.Excerpt;
import prosa.application.port.MessageHistory;
import prosa.application.port.Subscription;
import prosa.delivery.Await;
import prosa.delivery.CloseReason;
import prosa.delivery.FakeSubscriber;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.RoomName;

/** Reading back is bounded, in turn, and costs those who read, not the others. */
class ReadingBackTest {
    /** 16 KB: some four of them fill a page, and some sixty an answer. */
    private static final String LONG = "😀".repeat(4_000);

    private final Lobby lobby = new Lobby();

    @AfterEach
    void close() {
        lobby.close();
    }

    private void fill(int count, String text) {
        for (int i = 0; i < count; i++) {
            lobby.engine.say("main", "Ana", text);
        }
    }

    private Excerpt read(Optional<Position> since, int limit) {
        return Await.result(lobby.chat
                .readBack(Lobby.over("http"), RoomName.MAIN, since, limit)
                .excerpt());
    }

    private int weightOf(Excerpt excerpt) {
        return Await.result(lobby.engine.after(
                        Set.of(RoomName.MAIN),
                        excerpt.after(),
                        excerpt.upTo(),
                        Bound.messages(MessageHistory.MAX_READ)))
                .messages()
                .stream()
                .mapToInt(Bound::weight)
                .sum();
    }

    @Test
    void withoutAPlaceTheNewestThatFitAreGiven() {
        fill(100, LONG);
        Excerpt excerpt = read(Optional.empty(), 100);
        assertTrue(excerpt.more());
        assertEquals(100, excerpt.upTo());
        assertEquals(100 - excerpt.count(), excerpt.after());
        int weight = weightOf(excerpt);
        assertTrue(weight <= Excerpt.BYTES && weight > Excerpt.BYTES - 20_000, weight + " bytes");
    }

    @Test
    void afterAPlaceTheOldestThatFitAreGiven() {
        fill(100, LONG);
        Excerpt excerpt = read(Optional.of(Lobby.at(10)), 100);
        assertTrue(excerpt.more());
        assertEquals(10, excerpt.after());
        assertEquals(11, excerpt.first());
        assertEquals(Lobby.at(10 + excerpt.count()), excerpt.position());
        assertTrue(weightOf(excerpt) <= Excerpt.BYTES);
    }

    @Test
    void askingOnFromThereBringsAllOnce() {
        fill(100, LONG);
        List<Long> ends = new ArrayList<>();
        Position since = Lobby.at(0);
        Excerpt excerpt;
        do {
            excerpt = read(Optional.of(since), 1_000);
            assertEquals(since.offset(), excerpt.after());
            since = excerpt.position();
            ends.add(since.offset());
        } while (excerpt.more());
        assertEquals(100, since.offset());
        assertEquals(2, ends.size());
    }

    @Test
    void whatWasAskedForAndGivenIsNotCut() {
        fill(100, "short");
        assertFalse(read(Optional.empty(), 10).more(), "all that were asked for");
        assertFalse(read(Optional.empty(), 1_000).more());
        assertTrue(read(Optional.of(Lobby.at(50)), 10).more(), "there are more after them");
        assertFalse(read(Optional.of(Lobby.at(50)), 50).more());
    }

    @Test
    void aLongAnswerIsToldInPagesAndEnds() {
        fill(60, LONG);
        Excerpt excerpt = read(Optional.empty(), 60);
        assertEquals(Optional.empty(), excerpt.messages(), "nobody holds it");
        FakeSubscriber reader = new FakeSubscriber();
        lobby.chat.tell(excerpt, PlainCodec.PLAIN, reader);
        reader.awaitClose(CloseReason.QUIT);
        List<String> lines = reader.lines();
        assertEquals("look back main 60", lines.getFirst());
        assertEquals("looked back main", lines.getLast());
        assertEquals(62, lines.size());
    }

    @Test
    void anAnswerThatCantBeToldWholeDoesNotEndWell() {
        fill(60, LONG);
        Excerpt excerpt = read(Optional.empty(), 60);
        lobby.engine.setUnreadable(true);
        FakeSubscriber reader = new FakeSubscriber();
        lobby.chat.tell(excerpt, PlainCodec.PLAIN, reader);
        reader.awaitClose(CloseReason.UNAVAILABLE);
    }

    @Test
    void theLookBackOfAPersonSaysIfItIsCut() {
        fill(100, LONG);
        Guest ana = lobby.enter("Ana");
        ana.hear(new Command.Last(1_000));
        ana.awaitEnd("looked back main\n");
        assertTrue(
                ana.lines().getFirst().matches("look back main 6[0-9] of more"),
                ana.lines().getFirst());
        assertEquals("said @100 main Ana: " + LONG, ana.lines().get(ana.lines().size() - 2));
    }

    /** Nobody can tell them from those who have gone. */
    @Test
    void whoHasClosedTheirSideIsReadForLast() {
        fill(3, "short");
        lobby.engine.holdReads();
        PendingExcerpt first = lobby.chat.readBack(Lobby.over("http"), RoomName.MAIN, Optional.empty(), 10);
        lobby.engine.awaitReads(1);
        PendingExcerpt closed = lobby.chat.readBack(Lobby.over("http"), RoomName.MAIN, Optional.empty(), 20);
        PendingExcerpt next = lobby.chat.readBack(Lobby.over("http"), RoomName.MAIN, Optional.empty(), 30);
        lobby.settle();
        closed.enough().run();
        lobby.engine.releaseReads();
        for (PendingExcerpt waiting : List.of(first, closed, next)) {
            assertEquals(3, Await.result(waiting.excerpt()).count());
        }
        assertEquals(List.of("last 10 up to 3", "last 30 up to 3", "last 20 up to 3"), lobby.engine.reads());
    }

    @Test
    void whoHasGoneIsNotReadFor() {
        fill(300, "short");
        lobby.engine.holdReads();
        FakeSubscriber first = lobby.follow(Optional.of(Lobby.at(0)), OptionalInt.empty(), "main");
        lobby.engine.awaitReads(1);
        List<OpenFeed> gone = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Subscription from = Lobby.listening(Optional.of(Lobby.at(128 + i)), OptionalInt.empty(), "main");
            gone.add(lobby.chat.follow(Lobby.over("http"), from, new PlainCodec("gone "), new FakeSubscriber()));
        }
        lobby.settle();
        gone.forEach(OpenFeed::gone);
        lobby.settle();
        lobby.engine.releaseReads();
        first.awaitEnd("@300 main Ana: short\n");
        assertEquals(3, lobby.engine.reads().size());
    }

    @Test
    void whoJoinsHasATurnBeforeThoseWhoReadBack() {
        lobby.engine.say("cold", "Bob", "hi");
        lobby.engine.holdReads();
        List<PendingExcerpt> readers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            readers.add(lobby.chat.readBack(Lobby.over("http"), RoomName.MAIN, Optional.empty(), 1));
        }
        lobby.engine.awaitReads(1);
        Guest zoe = lobby.connect(Guest.joining("Zoe", "cold"));
        lobby.engine.awaitReads(2);
        assertEquals("last 50 up to 1", lobby.engine.reads().getLast());
        lobby.engine.releaseReads();
        zoe.awaitWelcome();
        readers.forEach(reader -> Await.result(reader.excerpt()));
    }

    @Test
    void thousandsWhoAskAtOnceWaitInTurn() {
        fill(3, "short");
        List<CompletableFuture<Excerpt>> all = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            all.add(lobby.chat
                    .readBack(Lobby.over("http"), RoomName.MAIN, Optional.empty(), 10)
                    .excerpt()
                    .toCompletableFuture());
        }
        all.forEach(answer -> assertEquals(3, Await.result(answer).count()));
    }

    @Test
    void aWelcomeHoldsTheNewestOf64Kibibytes() {
        fill(10, LONG);
        Guest ana = lobby.connect(Guest.joining("Ana", "main"));
        ana.awaitWelcome();
        assertTrue(ana.text().contains("recent [7,8,9,10] "), ana.text());
        fill(1, "short");
        ana.awaitLine("said @11 main Ana: short");
        Guest bob = lobby.connect(Guest.joining("Bob", "main"));
        bob.awaitWelcome();
        assertTrue(bob.text().contains("recent [8,9,10,11] "), bob.text());
        fill(1, LONG);
        ana.awaitLine("said @12 main Ana: " + LONG);
        Guest cyd = lobby.connect(Guest.joining("Cyd", "main"));
        cyd.awaitWelcome();
        assertTrue(cyd.text().contains("recent [9,10,11,12] "), cyd.text());
    }

    @Test
    void aLongPollGivesOnePageOfWhatIsSaidAndSaysThatThereIsMore() {
        fill(1, "before");
        PendingExcerpt waiting = lobby.chat.readOn(
                Lobby.over("http"), RoomName.MAIN, Optional.of(Lobby.at(0)), 1_000, Duration.ofMinutes(1));
        List<Message> first = Await.result(waiting.excerpt()).messages().orElseThrow();
        assertEquals(1, first.size());
        fill(80, LONG);
        PendingExcerpt next = lobby.chat.readOn(
                Lobby.over("http"), RoomName.MAIN, Optional.of(Lobby.at(1)), 1_000, Duration.ofMinutes(1));
        Excerpt excerpt = Await.result(next.excerpt());
        assertTrue(
                excerpt.more() && excerpt.messages().isEmpty() && excerpt.count() > 50, excerpt.count() + " messages");
    }
}
