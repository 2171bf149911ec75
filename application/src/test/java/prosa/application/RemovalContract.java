package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import prosa.application.port.Bound;
import prosa.application.port.Kept;
import prosa.application.port.MessagePublisher;
import prosa.application.port.Stretch;
import prosa.domain.Cleared;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Removal;
import prosa.domain.Removed;
import prosa.domain.RoomName;

/** What every engine promises, of what is taken away too. An engine's own test extends this and opens the engine. */
public abstract class RemovalContract extends HistoryContract {
    protected static final Name OP = new Name("Olga");

    @Test
    void aRemovalIsAnEntryAndNothingIsLeftAtTheMessagesPlace() {
        List<Message> said = sayNumbers(MAIN, 1, 3);
        Message gone = said.get(1);
        clock.advance(Duration.ofSeconds(5));
        List<Entry> kept = await(remove(gone));

        Removed removed = assertInstanceOf(Removed.class, kept.getFirst());
        assertEquals(List.of(new Removed(removed.id(), gone.id(), MAIN, ANA, OP, clock.instant())), kept);
        assertTrue(removed.id().offset() > said.getLast().id().offset(), removed.toString());
        assertEquals(removed.id().offset(), engine.head());
        assertEquals(List.of(said.get(0), said.get(2)), said(MAIN));
        assertEquals(List.of(said.get(0), said.get(2), removed), entries(0));
        assertEquals(List.of(removed), entries(said.getLast().id().offset()));
    }

    @Test
    void theListenerHearsOfARemovalInItsPlaceBeforeTheOperatorDoes() {
        List<Integer> heardByThen = new ArrayList<>();
        Message first = say(MAIN, "first");
        List<CompletionStage<?>> stages = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            stages.add(engine.publish(draft(MAIN, ANA, "n" + i), 7));
        }
        CompletionStage<List<Entry>> removal = remove(first)
                .whenComplete((entries, failure) ->
                        heardByThen.add(heard.indexOf(new Kept(entries.getFirst(), MessagePublisher.NO_CONNECTION))));
        stages.add(engine.publish(draft(MAIN, ANA, "after"), 7));
        stages.forEach(HistoryContract::await);

        Entry removed = await(removal).getFirst();
        assertEquals(List.of(21), heardByThen);
        List<Entry> told = heard.stream().map(Kept::entry).toList();
        assertEquals(23, told.size());
        assertEquals(removed, told.get(21));
        assertEquals(told.subList(1, 23), entries(0));
    }

    @Test
    void whatIsGoneIsRemovedOnlyOnce() {
        Message gone = say(MAIN, "hello");
        say(MAIN, "stays");
        await(remove(gone));
        long head = engine.head();

        assertRefused(Reason.NO_MESSAGE, remove(gone));
        assertEquals(head, engine.head());
        assertEquals(3, heard.size());
    }

    @Test
    void onlyWhatIsThereIsRemoved() {
        Message message = say(MAIN, "hello");
        Position id = message.id();
        assertRefused(Reason.NO_MESSAGE, remove(DEN, id));
        assertRefused(Reason.NO_MESSAGE, remove(MAIN, new Position(id.epoch(), id.offset() + 1)));
        assertRefused(Reason.NO_MESSAGE, remove(MAIN, new Position(id.epoch() + 1, id.offset())));
        assertRefused(Reason.NO_MESSAGE, remove(MAIN, new Position(id.epoch(), 0)));
        Entry removed = await(remove(message)).getFirst();
        assertRefused(Reason.NO_MESSAGE, remove(MAIN, removed.id()));
        assertRefused(Reason.NO_MESSAGE, clear(DEN));
        assertRefused(Reason.NO_MESSAGE, removeLast(MAIN, BOB, 1));
        assertRefused(Reason.NO_MESSAGE, removeLast(NOOK, ANA, 1));
    }

    @Test
    void theLastMessagesOfOnePersonAreRemovedEachByAnEntry() {
        List<Message> anas = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            anas.add(await(engine.publish(draft(MAIN, i % 2 == 0 ? ANA : new Name("ANA"), "n" + i), 0)));
            await(engine.publish(draft(MAIN, BOB, "n" + i), 0));
            say(DEN, "elsewhere");
        }
        long head = engine.head();
        List<Entry> kept = await(removeLast(MAIN, new Name("ana"), 3));

        assertEquals(
                anas.subList(1, 4).stream().map(Message::id).toList(),
                kept.stream().map(entry -> ((Removed) entry).of()).toList());
        assertEquals(
                anas.subList(1, 4).stream().map(Message::by).toList(),
                kept.stream().map(entry -> ((Removed) entry).author()).toList());
        assertEquals(
                List.of(head + 1, head + 2, head + 3),
                kept.stream().map(entry -> entry.id().offset()).toList());
        assertEquals(5, said(MAIN).size());
        assertEquals(4, said(DEN).size());

        assertEquals(1, await(removeLast(MAIN, ANA, 100)).size());
        assertRefused(Reason.NO_MESSAGE, removeLast(MAIN, ANA, 100));
    }

    @Test
    void aRoomIsClearedByOneEntryAndTheOthersAreNot() {
        List<Message> said = sayNumbers(MAIN, 1, 30);
        Message elsewhere = say(DEN, "elsewhere");
        await(remove(said.getFirst()));
        List<Entry> kept = await(clear(MAIN));

        Cleared cleared = assertInstanceOf(Cleared.class, kept.getFirst());
        assertEquals(List.of(new Cleared(cleared.id(), MAIN, OP, clock.instant())), kept);
        assertEquals(cleared.id().offset(), engine.head());
        assertEquals(List.of(), said(MAIN));
        assertEquals(List.of(elsewhere), said(DEN));
        // Of the message that was removed before there is nothing left to be known.
        assertEquals(List.of(elsewhere, cleared), entries(0));
        assertRefused(Reason.NO_MESSAGE, clear(MAIN));
        assertRefused(Reason.NO_MESSAGE, remove(said.getLast()));

        Message next = say(MAIN, "a new beginning");
        assertEquals(List.of(next), said(MAIN));
        assertEquals(List.of(elsewhere, cleared, next), entries(0));
        assertEquals(Set.of(MAIN, DEN), await(engine.rooms()));
    }

    @Test
    void whatWasPublishedBeforeIsRemovedAndWhatComesAfterwardsIsNot() {
        List<CompletionStage<Message>> before = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            before.add(engine.publish(draft(MAIN, ANA, "before " + i), 0));
        }
        CompletionStage<List<Entry>> clearing = clear(MAIN);
        CompletionStage<Message> after = engine.publish(draft(MAIN, ANA, "after"), 0);

        before.forEach(HistoryContract::await);
        assertEquals(1, await(clearing).size());
        assertEquals(List.of(await(after)), said(MAIN));
        assertEquals(52, heard.size());
    }

    @Test
    void aKeyOfWhatIsGoneIsRefused() {
        Message gone = await(engine.publish(keyed(MAIN, ANA, "hello", "k1"), 0));
        Message other = await(engine.publish(keyed(MAIN, BOB, "hello", "k1"), 0));
        await(remove(gone));

        assertRefused(Reason.REMOVED, engine.publish(keyed(MAIN, ANA, "hello", "k1"), 0));
        assertEquals(other, await(engine.publish(keyed(MAIN, BOB, "hello", "k1"), 0)));
        assertEquals(List.of(other), said(MAIN));
        await(clear(MAIN));
        assertRefused(Reason.REMOVED, engine.publish(keyed(MAIN, BOB, "hello", "k1"), 0));
        assertEquals(List.of(), said(MAIN));

        clock.advance(Duration.ofMinutes(10).plusSeconds(1));
        Message again = await(engine.publish(keyed(MAIN, ANA, "hello", "k1"), 0));
        assertNotEquals(gone.id(), again.id());
        assertEquals(List.of(again), said(MAIN));
    }

    @Test
    void aKeyedMessageThatWaitsBehindItsRemovalIsRefused() {
        Message gone = await(engine.publish(keyed(MAIN, ANA, "hello", "k1"), 0));
        CompletionStage<List<Entry>> removal = remove(gone);
        CompletionStage<Message> again = engine.publish(keyed(MAIN, ANA, "hello", "k1"), 0);
        CompletionStage<Message> other = engine.publish(keyed(MAIN, ANA, "other", "k2"), 0);
        await(removal);
        assertRefused(Reason.REMOVED, again);
        assertEquals(List.of(await(other)), said(MAIN));
    }

    @Test
    void entriesAreReadInPagesAndRoomsInOneOrder() {
        List<Entry> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Message stays = say(i % 3 == 0 ? DEN : MAIN, "stays " + i);
            Message goes = say(i % 3 == 0 ? MAIN : DEN, "goes " + i);
            all.add(stays);
            all.addAll(await(remove(goes)));
        }
        Set<RoomName> both = Set.of(MAIN, DEN);
        List<Entry> read = new ArrayList<>();
        Stretch page = await(engine.entries(both, 0, engine.head(), Bound.messages(7)));
        while (!page.entries().isEmpty()) {
            read.addAll(page.entries());
            long after = read.getLast().id().offset();
            page = await(engine.entries(both, after, engine.head(), Bound.messages(7)));
        }
        assertEquals(all, read);
        List<Entry> den = all.stream().filter(entry -> entry.room().equals(DEN)).toList();
        assertEquals(
                new Stretch(den.subList(0, 9), true),
                await(engine.entries(Set.of(DEN), 0, Long.MAX_VALUE, Bound.messages(9))));
        assertEquals(
                new Stretch(den, false),
                await(engine.entries(Set.of(DEN), 0, Long.MAX_VALUE, Bound.messages(den.size()))));
        assertEquals(
                new Stretch(all.subList(0, 1), true), await(engine.entries(both, 0, Long.MAX_VALUE, new Bound(9, 1))));
        assertEquals(List.of(), entries(Long.MAX_VALUE));
    }

    @Test
    void removalsDoNotCountAsMessages() {
        List<Message> said = sayNumbers(MAIN, 1, 10);
        said.subList(4, 10).forEach(gone -> await(remove(gone)));
        assertEquals(
                said.subList(1, 4),
                await(engine.last(Set.of(MAIN), Long.MAX_VALUE, Bound.messages(3)))
                        .messages());
        assertEquals(
                said.subList(0, 4),
                await(engine.after(Set.of(MAIN), 0, Long.MAX_VALUE, Bound.messages(4)))
                        .messages());
        assertEquals(
                false,
                await(engine.after(Set.of(MAIN), 0, Long.MAX_VALUE, Bound.messages(4)))
                        .more());
    }

    @Test
    void aRemovalIsNeverOfAnEarlierTimeThanWhatItRemoves() {
        Message gone = say(MAIN, "hello");
        clock.set(gone.at().minusSeconds(300));
        assertEquals(gone.at(), await(remove(gone)).getFirst().at());
    }

    @Test
    void removalsAndSpeakersAreBroughtIntoOneOrder() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<CompletionStage<?>> stages = Collections.synchronizedList(new ArrayList<>());
        for (int speaker = 0; speaker < 3; speaker++) {
            Name name = new Name("speaker " + speaker);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 200; i++) {
                    CompletionStage<Message> said = engine.publish(draft(MAIN, name, "n" + i), 1);
                    stages.add(i % 4 == 0 ? said.thenCompose(this::remove) : said);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        List.copyOf(stages).forEach(HistoryContract::await);

        List<Entry> told = List.copyOf(heard).stream().map(Kept::entry).toList();
        assertEquals(
                told.stream().map(entry -> entry.id().offset()).sorted().toList(),
                told.stream().map(entry -> entry.id().offset()).toList());
        List<Position> gone = told.stream()
                .filter(Removed.class::isInstance)
                .map(entry -> ((Removed) entry).of())
                .toList();
        assertEquals(150, gone.size());
        List<Entry> left =
                told.stream().filter(entry -> !gone.contains(entry.id())).toList();
        assertEquals(
                left,
                await(engine.entries(Set.of(MAIN), 0, Long.MAX_VALUE, Bound.messages(1_000)))
                        .entries());
    }

    @Test
    void aClosedEngineRemovesNothing() {
        Message message = say(MAIN, "hello");
        CompletionStage<List<Entry>> before = remove(message);
        engine.close();
        assertEquals(1, await(before).size());
        assertRefused(remove(message));
        assertRefused(engine.entries(Set.of(MAIN), 0, Long.MAX_VALUE, Bound.messages(1)));
    }

    protected CompletionStage<List<Entry>> remove(Message message) {
        return remove(message.room(), message.id());
    }

    private CompletionStage<List<Entry>> remove(RoomName room, Position of) {
        return engine.remove(new Removal.One(room, of, OP, clock.instant()));
    }

    protected CompletionStage<List<Entry>> removeLast(RoomName room, Name author, int count) {
        return engine.remove(new Removal.LastOf(room, author, count, OP, clock.instant()));
    }

    protected CompletionStage<List<Entry>> clear(RoomName room) {
        return engine.remove(new Removal.All(room, OP, clock.instant()));
    }

    protected List<Message> said(RoomName room) {
        List<Message> said = await(engine.last(Set.of(room), Long.MAX_VALUE, Bound.messages(1_000)))
                .messages();
        assertEquals(
                said,
                await(engine.after(Set.of(room), 0, Long.MAX_VALUE, Bound.messages(1_000)))
                        .messages());
        return said;
    }

    protected List<Entry> entries(long after) {
        return await(engine.entries(Set.of(MAIN, DEN), after, Long.MAX_VALUE, Bound.messages(1_000)))
                .entries();
    }

    protected static void assertRefused(Reason reason, CompletionStage<?> stage) {
        ExecutionException e = assertThrows(
                ExecutionException.class, () -> stage.toCompletableFuture().get(10, TimeUnit.SECONDS));
        assertEquals(reason, assertInstanceOf(Refused.class, e.getCause()).reason());
    }
}
