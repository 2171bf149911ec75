package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Bound;
import prosa.application.port.HouseClock;
import prosa.application.port.Kept;
import prosa.application.port.MessageEngine;
import prosa.application.port.MessageHistory;
import prosa.application.port.Page;
import prosa.domain.Draft;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** What every engine promises. An engine's own test extends this and opens the engine. */
public abstract class HistoryContract {
    protected static final RoomName MAIN = RoomName.MAIN;
    protected static final RoomName DEN = new RoomName("den");
    protected static final RoomName NOOK = new RoomName("nook");
    protected static final Name ANA = new Name("Ana");
    protected static final Name BOB = new Name("Bob");

    protected final SettableClock clock = new SettableClock(Instant.parse("2026-03-04T05:06:07.089Z"));

    /** What the listener was told, in its order. */
    protected final List<Kept> heard = Collections.synchronizedList(new ArrayList<>());

    protected MessageEngine engine;

    /** A fresh engine without entries that takes at least some megabytes of them. It has not been started. */
    protected abstract MessageEngine open(HouseClock clock) throws Exception;

    @BeforeEach
    void openAndStart() throws Exception {
        engine = open(clock);
        engine.start(heard::addAll);
    }

    @AfterEach
    void closeAfterwards() {
        engine.close();
    }

    @Test
    void offsetsRiseInTheOrderOfSpeaking() {
        List<Message> said = sayNumbers(MAIN, 1, 20);

        assertTrue(said.getFirst().id().offset() > 0, "0 is before the first");
        assertRising(said);
        assertEquals(said, await(after(Set.of(MAIN), 0, Long.MAX_VALUE, 1_000)));
    }

    @Test
    void aKeptMessageIsWhatWasSaid() {
        Draft draft = new Draft(
                DEN, BOB, new Via("tcp"), clock.instant(), new Text("Muito bom esse servidor."), Optional.empty());
        Message kept = await(engine.publish(draft, 0));

        assertEquals(draft.keptAt(kept.id()), kept);
        assertEquals(engine.epoch(), kept.id().epoch());
        assertEquals(List.of(kept), await(last(Set.of(DEN), Long.MAX_VALUE, 10)));
    }

    @Test
    void everyWireIsRememberedAsItWas() {
        List<Message> said = new ArrayList<>();
        for (Via via : List.of(new Via("ws"), new Via("tcp"), new Via("http"), new Via("pigeon"))) {
            said.add(await(engine.publish(
                    new Draft(MAIN, ANA, via, clock.instant(), new Text("over " + via.word()), Optional.empty()), 0)));
        }
        assertEquals(said, await(last(Set.of(MAIN), Long.MAX_VALUE, 10)));
    }

    @Test
    void textsAndNamesComeBackAsTheyWere() {
        List<String> texts = List.of(
                "𝄞 clef 👩‍👩‍👧 family 🇧🇷",
                "two\nlines\n\nand a\ttab",
                " a blank before, one after ",
                "'; DROP TABLE entry; --");
        List<Message> said = new ArrayList<>();
        for (String text : texts) {
            Draft draft = draft(MAIN, new Name("Zoë 👩‍🚀"), text);
            Message kept = await(engine.publish(draft, 0));
            assertEquals(text, kept.text().value());
            said.add(kept);
        }
        assertEquals(said, await(after(Set.of(MAIN), 0, Long.MAX_VALUE, 10)));
    }

    @Test
    void theLongestTextComesBackWhole() {
        String astral = new String(Character.toChars(0x1F600)).repeat(Text.MAX_CODE_POINTS);
        Message kept = say(MAIN, astral);
        assertEquals(astral, kept.text().value());
        assertEquals(List.of(kept), await(last(Set.of(MAIN), Long.MAX_VALUE, 1)));
    }

    @Test
    void theListenerHearsEveryMessageWithItsOriginBeforeTheSpeakerDoes() {
        List<Integer> heardByThen = new ArrayList<>();
        List<CompletionStage<Message>> stages = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            // The first keeps the engine busy, so that this also holds for messages kept together.
            stages.add(engine.publish(draft(i % 2 == 0 ? MAIN : DEN, ANA, "n" + i), 100 + i)
                    .whenComplete((message, failure) -> heardByThen.add(indexInHeard(message))));
        }
        List<Message> said = stages.stream().map(HistoryContract::await).toList();

        assertEquals(said, heard.stream().map(Kept::entry).toList());
        assertEquals(
                LongStream.range(100, 150).boxed().toList(),
                heard.stream().map(Kept::origin).toList());
        assertEquals(50, heardByThen.size());
        assertTrue(heardByThen.stream().noneMatch(index -> index < 0), "a stage completed before the listener heard");
    }

    @Test
    void aListenerThatFailsCostsNobodyAMessage() throws Exception {
        engine.close();
        engine = open(clock);
        engine.start(batch -> {
            heard.addAll(batch);
            throw new IllegalStateException("planted by a test");
        });
        List<Message> said = sayNumbers(MAIN, 1, 3);
        assertEquals(said, heard.stream().map(Kept::entry).toList());
    }

    @Test
    void theHeadIsTheNewestEntryOverAllRooms() {
        assertEquals(0, engine.head());
        say(MAIN, "one");
        Message newest = say(DEN, "two");
        assertEquals(newest.id().offset(), engine.head());
        assertEquals(0, engine.floor());
    }

    @Test
    void theHeadIsNeverBehindTheListener() throws Exception {
        engine.close();
        engine = open(clock);
        MessageEngine opened = engine;
        List<Long> behind = Collections.synchronizedList(new ArrayList<>());
        engine.start(batch -> behind.add(batch.getLast().entry().id().offset() - opened.head()));
        sayNumbers(MAIN, 1, 5);
        assertTrue(!behind.isEmpty() && behind.stream().allMatch(by -> by <= 0), behind.toString());
    }

    @Test
    void afterGivesWhatLiesBetweenTwoPlacesOldestFirst() {
        List<Message> said = sayNumbers(MAIN, 1, 10);

        assertEquals(said.subList(3, 7), await(after(Set.of(MAIN), offset(said, 2), offset(said, 6), 1_000)));
        assertEquals(said.subList(3, 5), await(after(Set.of(MAIN), offset(said, 2), offset(said, 6), 2)));
        assertEquals(List.of(), await(after(Set.of(MAIN), offset(said, 9), Long.MAX_VALUE, 10)));
        assertEquals(List.of(), await(after(Set.of(MAIN), offset(said, 5), offset(said, 5), 10)));
        assertEquals(List.of(), await(after(Set.of(MAIN), offset(said, 6), offset(said, 2), 10)));
        assertEquals(List.of(), await(after(Set.of(MAIN), Long.MAX_VALUE, Long.MAX_VALUE, 10)));
    }

    @Test
    void lastGivesTheNewestUpToAPlaceOldestFirst() {
        List<Message> said = sayNumbers(MAIN, 1, 10);

        assertEquals(said.subList(7, 10), await(last(Set.of(MAIN), Long.MAX_VALUE, 3)));
        assertEquals(said.subList(2, 5), await(last(Set.of(MAIN), offset(said, 4), 3)));
        assertEquals(said, await(last(Set.of(MAIN), Long.MAX_VALUE, 1_000)));
        assertEquals(List.of(), await(last(Set.of(MAIN), 0, 3)));
    }

    @Test
    void severalRoomsAreReadInOneOrder() {
        List<Message> said = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            // Uneven on purpose: long stretches of one room, single messages of another.
            RoomName room = i % 20 == 7 ? DEN : i >= 25 && i < 50 ? NOOK : MAIN;
            said.add(say(room, "n" + i));
        }
        List<Message> ofTwo =
                said.stream().filter(message -> !message.room().equals(MAIN)).toList();
        Set<RoomName> two = Set.of(DEN, NOOK);
        Set<RoomName> three = Set.of(MAIN, DEN, NOOK);

        assertEquals(said, await(after(three, 0, Long.MAX_VALUE, 1_000)));
        assertEquals(said, await(last(three, Long.MAX_VALUE, 1_000)));
        assertEquals(ofTwo, await(after(two, 0, Long.MAX_VALUE, 1_000)));
        assertEquals(ofTwo.subList(0, 13), await(after(two, 0, Long.MAX_VALUE, 13)));
        assertEquals(ofTwo.subList(ofTwo.size() - 13, ofTwo.size()), await(last(two, Long.MAX_VALUE, 13)));
        assertEquals(said.subList(10, 41), await(after(three, offset(said, 9), offset(said, 40), 100)));
        assertEquals(said.subList(36, 41), await(last(three, offset(said, 40), 5)));
    }

    @Test
    void aRoomInWhichNothingWasSaidIsEmptyAndReadingMakesNone() {
        Message only = say(MAIN, "hello");

        assertEquals(List.of(), await(after(Set.of(DEN), 0, Long.MAX_VALUE, 10)));
        assertEquals(List.of(), await(last(Set.of(DEN), Long.MAX_VALUE, 10)));
        assertEquals(List.of(only), await(last(Set.of(DEN, MAIN), Long.MAX_VALUE, 10)));
        assertEquals(List.of(), await(last(Set.of(), Long.MAX_VALUE, 10)));
        assertEquals(Set.of(MAIN), await(engine.rooms()));
        say(DEN, "hello");
        assertEquals(Set.of(MAIN, DEN), await(engine.rooms()));
    }

    @Test
    void anEmptyLogIsReadAsEmpty() {
        assertEquals(List.of(), await(after(Set.of(MAIN), 0, Long.MAX_VALUE, 10)));
        assertEquals(List.of(), await(last(Set.of(MAIN), Long.MAX_VALUE, 10)));
        assertEquals(Set.of(), await(engine.rooms()));
    }

    @Test
    void aBoundThatIsNoneIsAFault() {
        for (int limit : new int[] {0, -1, MessageHistory.MAX_READ + 1}) {
            assertThrows(IllegalArgumentException.class, () -> new Bound(limit, 1));
        }
        assertThrows(IllegalArgumentException.class, () -> new Bound(1, 0));
    }

    @Test
    void aReadSaysWhetherThereIsMore() {
        List<Message> said = sayNumbers(MAIN, 1, 5);
        assertFalse(await(engine.after(Set.of(MAIN), 0, Long.MAX_VALUE, Bound.messages(5)))
                .more());
        assertTrue(await(engine.after(Set.of(MAIN), 0, Long.MAX_VALUE, Bound.messages(4)))
                .more());
        assertFalse(await(engine.after(Set.of(MAIN), 0, offset(said, 3), Bound.messages(4)))
                .more());
        assertFalse(await(engine.last(Set.of(MAIN), Long.MAX_VALUE, Bound.messages(5)))
                .more());
        assertTrue(await(engine.last(Set.of(MAIN), Long.MAX_VALUE, Bound.messages(4)))
                .more());
    }

    @Test
    void aReadIsBoundedInBytesToo() {
        List<Message> said = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            said.add(say(i % 2 == 0 ? MAIN : DEN, ("\uD83D\uDE00").repeat(1_000 + i)));
        }
        for (Set<RoomName> rooms : List.of(Set.of(MAIN), Set.of(MAIN, DEN))) {
            List<Message> all =
                    said.stream().filter(m -> rooms.contains(m.room())).toList();
            int two = Bound.weight(all.get(0)) + Bound.weight(all.get(1));
            int lastTwo = Bound.weight(all.getLast()) + Bound.weight(all.get(all.size() - 2));
            assertEquals(
                    new Page(all.subList(0, 2), true),
                    await(engine.after(rooms, 0, Long.MAX_VALUE, new Bound(9, two))));
            assertEquals(
                    new Page(all.subList(0, 1), true),
                    await(engine.after(rooms, 0, Long.MAX_VALUE, new Bound(9, two - 1))));
            assertEquals(
                    new Page(all.subList(all.size() - 2, all.size()), true),
                    await(engine.last(rooms, Long.MAX_VALUE, new Bound(9, lastTwo))));
            // The first is given whatever it weighs, or a reader could never go on.
            assertEquals(
                    new Page(all.subList(0, 1), true), await(engine.after(rooms, 0, Long.MAX_VALUE, new Bound(9, 1))));
            assertEquals(
                    new Page(List.of(all.getLast()), true), await(engine.last(rooms, Long.MAX_VALUE, new Bound(9, 1))));
        }
    }

    @Test
    void theSameKeyIsKeptOnce() {
        Message first = await(engine.publish(keyed(MAIN, ANA, "hello", "k1"), 7));
        say(MAIN, "something else");
        Message again = await(engine.publish(keyed(MAIN, ANA, "hello again", "k1"), 8));

        assertEquals(first, again);
        assertEquals(2, heard.size());
        assertEquals(2, await(last(Set.of(MAIN), Long.MAX_VALUE, 10)).size());
    }

    @Test
    void aKeyKnowsNothingOfTheTimeOfDay() {
        Message first = await(engine.publish(keyed(MAIN, ANA, "hello", "k1"), 0));
        Instant before = clock.instant();
        for (Duration shift : List.of(Duration.ofDays(-1), Duration.ofSeconds(-30), Duration.ofDays(1))) {
            clock.set(before.plus(shift));
            assertEquals(first, await(engine.publish(keyed(MAIN, ANA, "hello", "k1"), 0)), "shifted by " + shift);
        }
    }

    @Test
    void whatIsSaidLaterIsNeverOfAnEarlierTime() {
        Instant now = clock.instant();
        List<Instant> times = new ArrayList<>();
        for (int seconds : new int[] {0, 5, -300, 3, 6}) {
            clock.set(now.plusSeconds(seconds));
            times.add(say(MAIN, "at " + seconds).at());
        }
        assertEquals(
                List.of(now, now.plusSeconds(5), now.plusSeconds(5), now.plusSeconds(5), now.plusSeconds(6)), times);
        assertEquals(
                times,
                await(last(Set.of(MAIN), Long.MAX_VALUE, 10)).stream()
                        .map(Message::at)
                        .toList());
    }

    @Test
    void aTimeThatIsFarAheadWasAWrongClocks() {
        Instant now = clock.instant();
        clock.set(now.plus(Duration.ofDays(365)));
        say(MAIN, "from the future");
        clock.set(now);
        assertEquals(now, say(MAIN, "from now").at());
    }

    @Test
    void theSameKeyIsKeptOnceWhileTheFirstStillWaits() {
        List<CompletionStage<Message>> stages = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            stages.add(engine.publish(keyed(MAIN, ANA, "n" + i, "k" + i % 3), i));
        }
        List<Message> answers = stages.stream().map(HistoryContract::await).toList();

        assertEquals(3, heard.size());
        assertEquals(3, await(last(Set.of(MAIN), Long.MAX_VALUE, 100)).size());
        for (int i = 3; i < 30; i++) {
            assertEquals(answers.get(i % 3), answers.get(i));
        }
    }

    @Test
    void aKeyIsThePersonsWhateverTheSpellingOfTheName() {
        Message first = await(engine.publish(keyed(MAIN, new Name("Ana"), "hello", "k1"), 0));
        Message again = await(engine.publish(keyed(MAIN, new Name("ANA"), "hello", "k1"), 0));
        assertEquals(first, again);
    }

    @Test
    void aKeyOfAnotherPersonOrRoomIsAnotherKey() {
        Message first = await(engine.publish(keyed(MAIN, ANA, "hello", "k1"), 0));
        Message other = await(engine.publish(keyed(MAIN, BOB, "hello", "k1"), 0));
        Message elsewhere = await(engine.publish(keyed(DEN, ANA, "hello", "k1"), 0));

        assertNotEquals(first.id(), other.id());
        assertNotEquals(first.id(), elsewhere.id());
        assertEquals(3, heard.size());
    }

    @Test
    void aKeyIsForgottenAfterTenMinutes() {
        Message first = await(engine.publish(keyed(MAIN, ANA, "hello", "k1"), 0));
        clock.advance(Duration.ofMinutes(9).plusSeconds(59));
        assertEquals(first, await(engine.publish(keyed(MAIN, ANA, "hello", "k1"), 0)));
        clock.advance(Duration.ofSeconds(2));
        Message second = await(engine.publish(keyed(MAIN, ANA, "hello", "k1"), 0));

        assertNotEquals(first.id(), second.id());
        assertEquals(second, await(engine.publish(keyed(MAIN, ANA, "hello", "k1"), 0)));
        assertEquals(2, heard.size());
    }

    @Test
    void concurrentSpeakersAreBroughtIntoOneOrder() throws Exception {
        int speakers = 4;
        int each = 500;
        List<List<CompletionStage<Message>>> stages = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int speaker = 0; speaker < speakers; speaker++) {
            List<CompletionStage<Message>> own = new ArrayList<>();
            stages.add(own);
            Name name = new Name("speaker " + speaker);
            RoomName room = speaker % 2 == 0 ? MAIN : DEN;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    own.add(engine.publish(draft(room, name, "n" + i), 1));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        // A speaker's own messages keep the order in which that speaker said them.
        stages.forEach(
                own -> assertRising(own.stream().map(HistoryContract::await).toList()));
        List<Message> told;
        synchronized (heard) {
            told = heard.stream().map(Kept::entry).map(Message.class::cast).toList();
        }
        assertEquals(speakers * each, told.size());
        assertRising(told);
        assertEquals(told, readAll(Set.of(MAIN, DEN)));
    }

    @Test
    void closingKeepsWhatWasPublishedAndRefusesWhatFollows() {
        List<CompletionStage<Message>> stages = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            stages.add(engine.publish(draft(MAIN, ANA, "n" + i), 0));
        }
        engine.close();
        stages.forEach(stage -> assertTrue(stage.toCompletableFuture().isDone(), "still waiting after the close"));
        assertEquals(
                stages.stream().map(HistoryContract::await).toList(),
                heard.stream().map(Kept::entry).toList());

        assertRefused(engine.publish(draft(MAIN, ANA, "too late"), 0));
        assertRefused(after(Set.of(MAIN), 0, Long.MAX_VALUE, 10));
        assertRefused(last(Set.of(MAIN), Long.MAX_VALUE, 10));
        assertRefused(engine.rooms());
        engine.close();
    }

    /** A page at a time, as a replay does it. */
    protected List<Message> readAll(Set<RoomName> rooms) {
        List<Message> all = new ArrayList<>();
        for (List<Message> page = readAfter(rooms, 0); !page.isEmpty(); ) {
            all.addAll(page);
            page = readAfter(rooms, page.getLast().id().offset());
        }
        return all;
    }

    private CompletionStage<List<Message>> after(Set<RoomName> rooms, long after, long upTo, int limit) {
        return engine.after(rooms, after, upTo, Bound.messages(limit)).thenApply(Page::messages);
    }

    private CompletionStage<List<Message>> last(Set<RoomName> rooms, long upTo, int limit) {
        return engine.last(rooms, upTo, Bound.messages(limit)).thenApply(Page::messages);
    }

    private List<Message> readAfter(Set<RoomName> rooms, long after) {
        return await(after(rooms, after, engine.head(), 300));
    }

    protected Message say(RoomName room, String text) {
        return await(engine.publish(draft(room, ANA, text), 0));
    }

    protected List<Message> sayNumbers(RoomName room, int from, int to) {
        List<Message> said = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            said.add(say(room, "n" + i));
        }
        return said;
    }

    protected Draft draft(RoomName room, Name by, String text) {
        return new Draft(room, by, new Via("ws"), clock.instant(), new Text(text), Optional.empty());
    }

    protected Draft keyed(RoomName room, Name by, String text, String key) {
        return new Draft(room, by, new Via("http"), clock.instant(), new Text(text), Optional.of(new Key(key)));
    }

    protected static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("was refused: " + e.getCause(), e.getCause());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    protected static void assertRefused(CompletionStage<?> stage) {
        ExecutionException e = assertThrows(
                ExecutionException.class, () -> stage.toCompletableFuture().get(10, TimeUnit.SECONDS));
        assertEquals(
                Reason.UNAVAILABLE,
                assertInstanceOf(Refused.class, e.getCause()).reason());
    }

    protected static void assertRising(List<Message> messages) {
        Position before = new Position(messages.getFirst().id().epoch(), 0);
        Map<Long, Long> epochs = new HashMap<>();
        for (Message message : messages) {
            assertTrue(message.id().offset() > before.offset(), message.id() + " after " + before);
            epochs.merge(message.id().epoch(), 1L, Long::sum);
            before = message.id();
        }
        assertEquals(1, epochs.size(), "one log has one epoch");
    }

    private int indexInHeard(Message message) {
        synchronized (heard) {
            return heard.stream().map(Kept::entry).toList().indexOf(message);
        }
    }

    private static long offset(List<Message> messages, int index) {
        return messages.get(index).id().offset();
    }
}
