package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Bound;
import prosa.application.port.Excerpt;
import prosa.application.port.MessageHistory;
import prosa.delivery.Await;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.RoomName;

/** Those who ask for what comes next, and wait for it. */
class ReadingOnTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Optional<Position> NOW = Optional.empty();

    private final Lobby lobby = new Lobby();

    @AfterEach
    void close() {
        lobby.close();
    }

    private PendingExcerpt ask(Optional<Position> since, int limit, Duration patience) {
        return lobby.chat.readOn(Lobby.over("http"), RoomName.MAIN, since, limit, patience);
    }

    private PendingExcerpt askAfter(long offset) {
        return ask(Optional.of(Lobby.at(offset)), 50, LONG);
    }

    private void say(String text) {
        lobby.engine.say("main", "Ana", text);
    }

    private static void assertNews(PendingExcerpt waiting, long position, String... texts) {
        Excerpt news = Await.result(waiting.excerpt());
        assertEquals(
                List.of(texts),
                news.messages().orElseThrow().stream()
                        .map(message -> message.text().value())
                        .toList());
        assertEquals(Lobby.at(position), news.position());
    }

    private void assertStillWaiting(PendingExcerpt waiting) {
        lobby.settle();
        assertFalse(waiting.excerpt().toCompletableFuture().isDone());
    }

    @Test
    void whatWasSaidAlreadyIsToldAtOnce() {
        say("one");
        say("two");
        say("three");
        assertNews(askAfter(1), 3, "two", "three");
        assertNews(ask(Optional.of(Lobby.at(0)), 2, LONG), 2, "one", "two");
    }

    @Test
    void otherwiseTheFirstThatComes() {
        say("before");
        PendingExcerpt since = askAfter(1);
        PendingExcerpt now = ask(NOW, 50, LONG);
        assertStillWaiting(since);
        assertStillWaiting(now);
        lobby.engine.say("den", "Ana", "elsewhere");
        assertStillWaiting(since);
        say("news");
        assertNews(since, 3, "news");
        assertNews(now, 3, "news");
    }

    @Test
    void whoIsUpToDateReadsNothing() {
        say("before");
        assertStillWaiting(askAfter(1));
        assertEquals(List.of(), lobby.engine.reads());
    }

    /** The race: the history was asked up to where it was, and the message is the first after that. */
    @Test
    void whatIsSaidWhileTheHistoryIsReadIsNotLost() {
        lobby.engine.say("den", "Ana", "elsewhere");
        lobby.engine.holdReads();
        PendingExcerpt waiting = askAfter(0);
        lobby.engine.awaitReads(1);
        say("meanwhile");
        assertStillWaiting(waiting);
        lobby.engine.releaseReads();
        assertNews(waiting, 2, "meanwhile");
    }

    @Test
    void whatWasReadComesBeforeWhatIsSaidMeanwhile() {
        say("one");
        lobby.engine.holdReads();
        PendingExcerpt all = askAfter(0);
        PendingExcerpt two = ask(Optional.of(Lobby.at(0)), 2, LONG);
        lobby.engine.awaitReads(1);
        say("two");
        say("three");
        lobby.engine.releaseReads();
        assertNews(all, 3, "one", "two", "three");
        assertNews(two, 2, "one", "two");
    }

    /** What follows on a page that is full was not read: it must not be skipped. */
    @Test
    void aFullPageHidesWhatIsSaidMeanwhile() {
        say("one");
        say("two");
        lobby.engine.holdReads();
        PendingExcerpt waiting = ask(Optional.of(Lobby.at(0)), 1, LONG);
        lobby.engine.awaitReads(1);
        say("three");
        lobby.engine.releaseReads();
        assertNews(waiting, 1, "one");
    }

    @Test
    void whoWaitsForNothingIsToldSoInTheEnd() {
        say("one");
        assertNews(askAfterShortly(1), 1);
        lobby.engine.say("den", "Ana", "elsewhere");
        PendingExcerpt waiting = ask(NOW, 50, SHORT);
        lobby.engine.say("den", "Ana", "elsewhere");
        assertTrue(Await.result(waiting.excerpt()).messages().orElseThrow().isEmpty());
        assertNews(ask(NOW, 50, Duration.ZERO), 3);
        assertNews(ask(Optional.of(Lobby.at(0)), 50, Duration.ZERO), 1, "one");
    }

    private PendingExcerpt askAfterShortly(long offset) {
        return ask(Optional.of(Lobby.at(offset)), 50, SHORT);
    }

    @Test
    void eachHasAPatienceOfItsOwn() {
        PendingExcerpt patient = ask(NOW, 50, LONG);
        PendingExcerpt impatient = ask(NOW, 50, SHORT);
        PendingExcerpt alsoImpatient = ask(NOW, 50, SHORT.plusMillis(20));
        assertNews(impatient, 0);
        assertNews(alsoImpatient, 0);
        assertStillWaiting(patient);
        say("news");
        assertNews(patient, 1, "news");
    }

    /** A slow disk: the answer is late, and not wrong. */
    @Test
    void theDeadlineWaitsForTheHistory() {
        say("one");
        lobby.engine.holdReads();
        PendingExcerpt waiting = askAfterShortly(0);
        assertNews(ask(NOW, 50, SHORT.multipliedBy(2)), 1);
        assertStillWaiting(waiting);
        lobby.engine.releaseReads();
        assertNews(waiting, 1, "one");
    }

    @Test
    void whoIsGoneIsReleased() {
        say("one");
        PendingExcerpt waiting = askAfter(1);
        assertStillWaiting(waiting);
        waiting.enough().run();
        waiting.enough().run();
        assertNews(waiting, 1);
    }

    /** An answer that skipped what is being read would lose it. */
    @Test
    void whoIsGoneWhileTheHistoryIsReadHasSeenNothing() {
        say("one");
        say("two");
        lobby.engine.holdReads();
        PendingExcerpt waiting = askAfter(1);
        lobby.engine.awaitReads(1);
        say("three");
        waiting.enough().run();
        assertNews(waiting, 1);
        lobby.engine.releaseReads();
        lobby.settle();
    }

    @Test
    void placesOfAnotherLogOrInTheFutureAreAsWhenReadingBack() {
        say("one");
        assertNews(ask(Optional.of(new Position(7, 5)), 50, LONG), 1, "one");
        PendingExcerpt future = askAfter(99);
        assertStillWaiting(future);
        say("two");
        assertNews(future, 2, "two");
    }

    @Test
    void aHistoryThatCantBeReadIsUnavailable() {
        say("one");
        lobby.engine.setUnreadable(true);
        PendingExcerpt waiting = askAfter(0);
        assertEquals(Reason.UNAVAILABLE, Chat.reasonOf(Await.failure(waiting.excerpt())));
        say("the next one needs no history");
        PendingExcerpt next = askAfter(2);
        say("news");
        assertNews(next, 3, "news");
    }

    @Test
    void aHouseThatClosesAnswersAllAndAdmitsNobody() {
        say("one");
        PendingExcerpt waiting = askAfter(1);
        assertStillWaiting(waiting);
        lobby.close();
        assertNews(waiting, 1);
        assertEquals(Reason.UNAVAILABLE, Chat.reasonOf(Await.failure(askAfter(1).excerpt())));
    }

    /** Whoever asks again from where the last answer ended hears everything once, whatever happens in between. */
    @Test
    void askingOnAndOnLosesAndDoublesNothing() throws Exception {
        int count = 2_000;
        Thread speaker = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < count; i++) {
                lobby.engine.say(i % 5 == 0 ? "den" : "main", "Ana", "" + i);
            }
        });
        List<CompletableFuture<List<Long>>> askers = new ArrayList<>();
        for (int limit : new int[] {1, 7, 1_000}) {
            askers.add(CompletableFuture.supplyAsync(() -> offsets(limit, count * 4 / 5)));
        }
        for (CompletableFuture<List<Long>> asker : askers) {
            List<Long> offsets = Await.result(asker);
            List<Long> all = new ArrayList<>();
            for (long offset = 1; offset <= count; offset++) {
                if ((offset - 1) % 5 != 0) {
                    all.add(offset);
                }
            }
            assertEquals(all, offsets);
        }
        speaker.join();
    }

    private List<Long> offsets(int limit, int count) {
        List<Long> offsets = new ArrayList<>();
        Position since = Lobby.at(0);
        while (offsets.size() < count) {
            Excerpt news = Await.result(ask(Optional.of(since), limit, LONG).excerpt());
            assertTrue(news.count() <= limit);
            List<Message> messages = news.messages().orElseGet(() -> told(news));
            assertEquals(news.count(), messages.size());
            messages.forEach(message -> offsets.add(message.id().offset()));
            since = news.position();
        }
        return offsets;
    }

    /** What was too much to be held. */
    private List<Message> told(Excerpt excerpt) {
        Bound all = Bound.messages(MessageHistory.MAX_READ);
        return Await.result(lobby.engine.after(Set.of(RoomName.MAIN), excerpt.after(), excerpt.upTo(), all))
                .messages();
    }
}
