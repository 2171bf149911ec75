package prosa.delivery;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The feed without sockets: what append, slice and a round over followers cost by themselves. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FeedBenchmark {
    private static final int FOLLOWERS = 1_000;
    private static final byte[] UNIT = "Alex: Muito bom esse servidor. 0123456789 0123456789 0123456789\r\n".getBytes(StandardCharsets.UTF_8);

    private final FeedLog log = new FeedLog(0, new LogMemory());
    private final List<Follower> followers = new ArrayList<>();
    private Feed feed;
    private long offset;

    /** A socket that takes everything. */
    private static final class Sink implements FeedSubscriber, WritableByteChannel {
        @Override
        public WritableByteChannel channel() {
            return this;
        }

        @Override
        public int write(ByteBuffer bytes) {
            int taken = bytes.remaining();
            bytes.position(bytes.limit());
            return taken;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}

        @Override
        public void finish(ByteBuffer rest, Runnable done) {
            throw new IllegalStateException("nothing is ever left");
        }

        @Override
        public void close(CloseReason farewell) {}
    }

    @Setup
    public void followers() {
        DeliveryThread thread = new DeliveryThread();
        Connections connections = new Connections(thread, BatchWriter.NONE, new HeapTrimmer());
        feed = new Feeds(thread, BatchWriter.NONE, Cadence.LONGEST).open(0, () -> {});
        for (int i = 1; i <= FOLLOWERS; i++) {
            Follower follower = connections.connect(new Sink(), Optional.empty(), () -> {});
            follower.follow(List.of(feed), (behind, after, upTo) -> { throw new IllegalStateException("nobody falls behind"); }, Optional.empty());
            followers.add(follower);
        }
    }

    /** One entry into the log, with what is dropped for it. */
    @Benchmark
    public long append() {
        log.append(UNIT, ++offset, 0);
        return log.head();
    }

    /** One entry in, its bytes found, and the memory used again. */
    @Benchmark
    public ByteBuffer appendSliceForget() {
        long from = log.head();
        log.append(UNIT, ++offset, 0);
        ByteBuffer slice = log.slice(from, log.head());
        log.forget();
        return slice;
    }

    /** One message to a thousand followers: per follower. */
    @Benchmark
    @OperationsPerInvocation(FOLLOWERS)
    public void round() {
        feed.log().append(UNIT, ++offset, 0);
        for (int i = 0; i < FOLLOWERS; i++) {
            followers.get(i).flush();
        }
        feed.log().forget();
    }
}
