package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import prosa.delivery.WithTheTurn;
import prosa.domain.Message;
import prosa.domain.Reason;
import prosa.domain.RoomName;

@ExtendWith(WithTheTurn.class)
class RecentTest {
    private final ScriptedEngine engine = new ScriptedEngine();
    private final Recent recent = new Recent(RoomName.MAIN, engine, new Reads(Runnable::run));
    private final List<Optional<Reason>> answers = new ArrayList<>();

    private Message say(int number) {
        return engine.say("main", "Ana", "n" + number);
    }

    private void sayUpTo(int last) {
        for (long i = engine.head() + 1; i <= last; i++) {
            say((int) i);
        }
    }

    private void load() {
        recent.whenLoaded(engine.head(), answers::add);
    }

    private static List<Long> offsets(List<Message> messages) {
        return messages.stream().map(message -> message.id().offset()).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void theLastFiftyAreRead() {
        sayUpTo(70);
        load();
        assertEquals(List.of(Optional.empty()), answers);
        assertEquals(range(21, 70), offsets(recent.upTo(engine.head())));
        assertEquals(List.of("last 50 up to 70"), engine.reads());
    }

    @Test
    void theyAreReadOnceForAllWhoAsk() {
        sayUpTo(3);
        engine.holdReads();
        load();
        load();
        assertTrue(recent.isAwaited());
        assertEquals(List.of(), answers);
        engine.releaseReads();
        load();
        assertEquals(List.of(Optional.empty(), Optional.empty(), Optional.empty()), answers);
        assertEquals(1, engine.reads().size());
        assertFalse(recent.isAwaited());
    }

    @Test
    void whatIsSaidMeanwhileFollows() {
        sayUpTo(49);
        engine.holdReads();
        load();
        recent.add(say(50));
        recent.add(say(51));
        recent.add(say(52));
        engine.releaseReads();
        // The engine reads when it is let go on; what was asked for ends at 49.
        assertEquals(range(3, 52), offsets(recent.upTo(engine.head())));
        recent.add(say(53));
        assertEquals(range(4, 53), offsets(recent.upTo(engine.head())));
    }

    @Test
    void theyEndWhereOneLikes() {
        sayUpTo(5);
        load();
        assertEquals(range(1, 3), offsets(recent.upTo(3)));
    }

    @Test
    void whatIsSaidBeforeAnybodyAsksIsNotKept() {
        recent.add(say(1));
        assertEquals(List.of(), recent.upTo(engine.head()));
    }

    @Test
    void whoeverWaitsIsToldThatTheyCantBeReadAndTheNextOneTriesAgain() {
        sayUpTo(3);
        engine.setUnreadable(true);
        load();
        assertEquals(List.of(Optional.of(Reason.UNAVAILABLE)), answers);
        engine.setUnreadable(false);
        load();
        assertEquals(Optional.empty(), answers.getLast());
        assertEquals(range(1, 3), offsets(recent.upTo(engine.head())));
    }

    @Test
    void whoAsksAgainWhenToldThatItFailedGetsTheNextAnswer() {
        engine.holdReads();
        recent.whenLoaded(0, first -> {
            answers.add(first);
            engine.setUnreadable(false);
            load();
        });
        recent.whenLoaded(0, answers::add);
        engine.setUnreadable(true);
        engine.releaseReads();
        assertEquals(
                List.of(Optional.of(Reason.UNAVAILABLE), Optional.empty(), Optional.of(Reason.UNAVAILABLE)), answers);
    }

    @Test
    void whatIsSaidDuringAReadThatFailsIsThereOnce() {
        sayUpTo(3);
        engine.holdReads();
        load();
        recent.add(say(4));
        engine.setUnreadable(true);
        engine.releaseReads();
        engine.setUnreadable(false);
        recent.add(say(5));
        load();
        assertEquals(range(1, 5), offsets(recent.upTo(engine.head())));
    }

    @Test
    void itIsAwaitedUntilTheLastWhoWaitsIsTold() {
        engine.holdReads();
        List<Boolean> awaited = new ArrayList<>();
        recent.whenLoaded(0, reason -> awaited.add(recent.isAwaited()));
        recent.whenLoaded(0, reason -> awaited.add(recent.isAwaited()));
        engine.releaseReads();
        assertEquals(List.of(true, false), awaited);
    }
}
