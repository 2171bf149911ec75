package prosa.adapter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import prosa.application.RemovalContract;
import prosa.application.port.Bound;
import prosa.application.port.HouseClock;
import prosa.application.port.MessageEngine;
import prosa.domain.Message;

class MemoryEngineTest extends RemovalContract {
    @Override
    protected MessageEngine open(HouseClock clock) {
        return new MemoryEngine(clock, 64L << 20);
    }

    @Test
    void theEpochIsWhenTheLogWasMade() {
        assertEquals(clock.millis(), engine.epoch());
    }

    @Test
    void aMessageIsKeptOnReturn() {
        CompletionStage<Message> stage = engine.publish(draft(MAIN, ANA, "hello"), 0);
        assertTrue(stage.toCompletableFuture().isDone());
    }

    @Test
    void theOldestOverAllRoomsAreForgottenBeyondTheBound() {
        MessageEngine small = startSmall();
        List<Message> said = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            said.add(await(small.publish(draft(i == 0 ? NOOK : i % 2 == 0 ? MAIN : DEN, ANA, "n" + i), 0)));
        }
        List<Message> left = await(small.after(Set.of(MAIN, DEN, NOOK), 0, Long.MAX_VALUE, Bound.messages(1_000)))
                .messages();

        assertTrue(left.size() >= 5 && left.size() <= 20, "left: " + left.size());
        assertEquals(said.subList(100 - left.size(), 100), left);
        assertEquals(left.getFirst().id().offset() - 1, small.floor());
        assertEquals(said.getLast().id().offset(), small.head());
        assertEquals(Set.of(MAIN, DEN), await(small.rooms()));
        assertEquals(
                List.of(),
                await(small.last(Set.of(NOOK), Long.MAX_VALUE, Bound.messages(10)))
                        .messages());
    }

    @Test
    void theNewestMessageIsKeptWhateverItsSize() {
        MessageEngine small = startSmall();
        await(small.publish(draft(MAIN, ANA, "short"), 0));
        Message longest = await(small.publish(draft(MAIN, ANA, "x".repeat(4_000)), 0));
        assertEquals(
                longest,
                await(small.last(Set.of(MAIN), Long.MAX_VALUE, Bound.messages(1)))
                        .messages()
                        .getFirst());
    }

    @Test
    void theKeyOfAForgottenMessageIsForgottenToo() {
        MessageEngine small = startSmall();
        Message first = await(small.publish(keyed(MAIN, ANA, "hello", "k1"), 0));
        for (int i = 0; i < 100; i++) {
            await(small.publish(draft(MAIN, ANA, "n" + i), 0));
        }
        assertNotEquals(
                first.id(),
                await(small.publish(keyed(MAIN, ANA, "hello", "k1"), 0)).id());
    }

    @Test
    void aListenerThatPublishesIsHeardNext() {
        MessageEngine talkative = new MemoryEngine(clock, 64L << 20);
        List<String> told = new ArrayList<>();
        talkative.start(batch -> batch.forEach(kept -> {
            told.add(((Message) kept.entry()).text().value());
            if (told.size() == 1) {
                assertFalse(talkative
                        .publish(draft(MAIN, BOB, "echo"), 0)
                        .toCompletableFuture()
                        .isDone());
                told.add("returned");
            }
        }));
        await(talkative.publish(draft(MAIN, ANA, "hello"), 0));
        assertEquals(List.of("hello", "returned", "echo"), told);
    }

    @Test
    void aSlowListenerHoldsNobodyButTheOneWhoTellsIt() throws Exception {
        MessageEngine slow = new MemoryEngine(clock, 64L << 20);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        slow.start(batch -> {
            inside.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        CompletableFuture<Message> first =
                CompletableFuture.supplyAsync(() -> await(slow.publish(draft(MAIN, ANA, "1"), 0)));
        inside.await();
        CompletionStage<Message> second = slow.publish(draft(MAIN, BOB, "2"), 0);
        assertFalse(second.toCompletableFuture().isDone());
        assertEquals(
                2,
                await(slow.last(Set.of(MAIN), Long.MAX_VALUE, Bound.messages(10)))
                        .messages()
                        .size());

        release.countDown();
        assertTrue(await(second).id().offset() > await(first).id().offset());
        slow.close();
    }

    @Test
    void whoeverTakesTurnsInTellingTellsEachMessageOnce() throws Exception {
        MessageEngine busy = new MemoryEngine(clock, 64L << 20);
        List<Long> told = new ArrayList<>();
        AtomicInteger telling = new AtomicInteger();
        busy.start(batch -> {
            assertEquals(1, telling.incrementAndGet());
            batch.forEach(kept -> told.add(kept.entry().id().offset()));
            telling.decrementAndGet();
        });
        // Each waits for its own message, so that the turn to tell changes hands all the time.
        List<Thread> speakers = new ArrayList<>();
        for (int speaker = 0; speaker < 4; speaker++) {
            speakers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 10_000; i++) {
                    await(busy.publish(draft(MAIN, ANA, "n"), 0));
                }
            }));
        }
        for (Thread speaker : speakers) {
            speaker.join();
        }
        busy.close();
        assertEquals(40_000, told.size());
        assertTrue(told.equals(LongStream.rangeClosed(1, 40_000).boxed().toList()), "out of order");
    }

    private MessageEngine startSmall() {
        MessageEngine small = new MemoryEngine(clock, 6_000);
        small.start(batch -> {});
        return small;
    }
}
