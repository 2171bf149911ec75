package prosa.lab.experiment;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import prosa.lab.Wire;
import prosa.lab.client.Listener;
import prosa.lab.client.Said;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;

/** What one follower heard of a script, also over several connections one after the other. Any thread may tell it and look. */
final class Heard implements Listener {
    private final Script script;
    private final AtomicIntegerArray times;
    private final AtomicLongArray firstNanos;
    private final AtomicInteger distinct = new AtomicInteger();
    private final AtomicInteger outOfOrder = new AtomicInteger();
    private final AtomicInteger gaps = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicLong lastOffset = new AtomicLong(-1);
    private volatile String reason = "";

    Heard(Script script) {
        this.script = script;
        this.times = new AtomicIntegerArray(script.most());
        this.firstNanos = new AtomicLongArray(script.most());
    }

    @Override
    public void said(Said said) {
        script.number(said.text()).ifPresent(number -> {
            if (times.incrementAndGet(number) == 1) {
                firstNanos.set(number, said.arrivedNanos());
                distinct.incrementAndGet();
            }
            long offset = Long.parseLong(said.id().substring(said.id().indexOf('-') + 1));
            if (lastOffset.getAndSet(offset) > offset) {
                outOfOrder.incrementAndGet();
            }
        });
    }

    @Override
    public void told(String type) {
        if (type.equals("gap")) {
            gaps.incrementAndGet();
        }
    }

    @Override
    public void refused(String reason) {
        this.reason = reason;
    }

    @Override
    public void closing(int code, String why) {
        reason = (code + " " + why).strip();
    }

    @Override
    public void ended(Optional<IOException> why) {
        ends.incrementAndGet();
    }

    /** The last reason that the server gave for refusing or closing; empty if it gave none. */
    String reason() {
        return reason;
    }

    boolean hasEnded() {
        return ends.get() > 0;
    }

    /** How many different ones arrived. */
    int distinct() {
        return distinct.get();
    }

    boolean has(int number) {
        return times.get(number) > 0;
    }

    /** How often a message came before one that had an earlier place. */
    int outOfOrder() {
        return outOfOrder.get();
    }

    /** How often the server said that something may be missing. */
    int gaps() {
        return gaps.get();
    }

    /** How many of these, the last one excluded, arrived at that time or later. */
    long arrivedSince(long nanos, int from, int to) {
        return IntStream.range(from, to)
                .filter(number -> has(number) && firstNanos.get(number) - nanos >= 0)
                .count();
    }

    /** When it came first; to be asked only of one that came. */
    long arrivedNanos(int number) {
        return firstNanos.get(number);
    }

    private long tookNanos(int number) {
        return Math.max(0, firstNanos.get(number) - script.dueNanos(number));
    }

    /** How long these took in the middle, in nanoseconds; 0 if none came. */
    long usualNanos(int from, int to) {
        long[] took = IntStream.range(from, to)
                .filter(this::has)
                .mapToLong(this::tookNanos)
                .toArray();
        Arrays.sort(took);
        return took.length == 0 ? 0 : took[took.length / 2];
    }

    /** The longest that one of these took, in nanoseconds; 0 if none came. */
    long longestNanos(int from, int to) {
        return IntStream.range(from, to)
                .filter(this::has)
                .mapToLong(this::tookNanos)
                .max()
                .orElse(0);
    }

    /** Waits until all that was said so far has come. */
    boolean awaitAll(Duration atMost) throws InterruptedException {
        return Wait.until(() -> distinct() >= script.said(), atMost);
    }

    /** Waits until the last one that was said so far has come: what came before it came earlier, or will not. */
    boolean awaitLast(Duration atMost) throws InterruptedException {
        return Wait.until(() -> has(script.said() - 1), atMost);
    }

    /**
     * The sum of it, over all that was said.
     *
     * @param usualNanos what a message takes when nothing is done to it: delays are counted from there
     */
    Trial trial(Optional<Wire> wire, Variant variant, long usualNanos, List<Observation> seen) {
        long delayed = Math.max(0, longestNanos(0, script.said()) - usualNanos) / 1_000;
        return trial(wire, variant, OptionalLong.of(delayed), seen);
    }

    /** The sum of it where nothing can be told of delays: there is no undisturbed time to compare with. */
    Trial trial(Optional<Wire> wire, Variant variant, List<Observation> seen) {
        return trial(wire, variant, OptionalLong.empty(), seen);
    }

    private Trial trial(Optional<Wire> wire, Variant variant, OptionalLong delayed, List<Observation> seen) {
        int sent = script.said();
        long received = IntStream.range(0, sent).mapToLong(times::get).sum();
        long came = IntStream.range(0, sent).filter(this::has).count();
        return new Trial(wire, variant.id(), sent, received, sent - came, received - came, delayed, seen);
    }
}
