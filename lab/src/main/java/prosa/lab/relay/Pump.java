package prosa.lab.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import prosa.lab.tls.Leg;

/**
 * Carries the bytes of one direction of a {@link Link}.
 *
 * <p>The reading thread writes what may pass at once; what has to wait goes into {@link Later}, whose thread writes it. Only one of the
 * two writes at any time: the reader only if nothing waits. The lock owns all that changes but the counters.
 */
final class Pump implements Later.Writer {
    private static final int CHUNK = 16 * 1024;

    /** A throttle lets pass what is due in a twentieth of a second, and then waits as long. */
    private static final int SLICES_PER_SECOND = 20;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Direction direction;
    private final Link link;
    /** Known before anything is written. */
    private volatile @Nullable Leg to;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Later later = new Later(this);
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private final ResponseHead head = new ResponseHead();
    private Fault fault = Fault.NONE;
    private @Nullable Sieve sieve;
    private boolean hasHole;
    private boolean stopped;
    private long nextSlice;

    /** The last four bytes that were dealt with: whether a line or a block of them is at its end. */
    private int tail = '\n' << 8 | '\n';

    private volatile boolean over;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong forwarded = new AtomicLong();

    Pump(Direction direction, Link link) {
        this.direction = direction;
        this.link = link;
    }

    void set(Fault next) {
        boolean broken;
        lock.lock();
        try {
            if (next.equals(fault)) {
                return;
            }
            broken = hasHole;
            fault = next;
            if (held.size() > 0) {
                later.add(takeHeld(), System.nanoTime());
            }
            sieve = null;
            nextSlice = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (broken) {
            link.reset();
        }
    }

    long received() {
        return received.get();
    }

    long forwarded() {
        return forwarded.get();
    }

    boolean isOver() {
        return over;
    }

    /** Wakes whoever waits here; the sockets are closed. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            later.stop();
            held.reset();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void run(Leg from, Leg to, byte[] alreadyRead) {
        this.to = to;
        try {
            take(ByteBuffer.wrap(alreadyRead));
            byte[] chunk = new byte[CHUNK];
            while (awaitMayRead()) {
                int read = from.in().read(chunk);
                if (read < 0) {
                    sourceEnded();
                    return;
                }
                take(ByteBuffer.wrap(chunk, 0, read));
            }
        } catch (IOException e) {
            sourceFailed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            link.reset();
        }
    }

    private boolean awaitMayRead() throws InterruptedException {
        lock.lock();
        try {
            while (fault instanceof Fault.Stall && !stopped) {
                changed.await();
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    private void take(ByteBuffer bytes) throws IOException, InterruptedException {
        if (bytes.hasRemaining()) {
            received.addAndGet(bytes.remaining());
            link.tap().received(direction, bytes.asReadOnlyBuffer(), System.nanoTime());
        }
        while (bytes.hasRemaining()) {
            writeNow(pass(bytes));
        }
    }

    /** Does the present fault to some of the bytes, or to all of them. Returns what is to be written at once. */
    private ByteBuffer pass(ByteBuffer bytes) throws InterruptedException {
        lock.lock();
        try {
            if (stopped) {
                return next(bytes, bytes.remaining()).limit(0);
            }
            return switch (fault) {
                case Fault.None none -> afterWaiting(all(bytes));
                case Fault.Cut cut -> throw new IllegalStateException("a cut is the link's");
                case Fault.Stall stall -> {
                    changed.await();
                    yield NOTHING;
                }
                case Fault.Throttle throttle -> afterWaiting(slice(bytes, throttle.bytesPerSecond()));
                case Fault.HalfOpen halfOpen -> {
                    hasHole = true;
                    yield all(bytes).limit(0);
                }
                case Fault.Buffer buffer -> afterWaiting(hold(all(bytes), buffer));
                case Fault.Delay delay -> {
                    later.awaitRoom();
                    later.add(all(bytes), System.nanoTime() + delay.by().toNanos());
                    yield NOTHING;
                }
                case Fault.DropEvery drop -> {
                    sieve = sieve == null ? new Sieve(drop, tail) : sieve;
                    yield afterWaiting(sieve.sift(all(bytes)));
                }
            };
        } finally {
            lock.unlock();
        }
    }

    private ByteBuffer all(ByteBuffer bytes) {
        return next(bytes, bytes.remaining());
    }

    /** Takes the first bytes out of a buffer. */
    private ByteBuffer next(ByteBuffer bytes, int count) {
        ByteBuffer next = bytes.slice(bytes.position(), count);
        bytes.position(bytes.position() + count);
        head.read(next);
        for (int i = Math.max(0, count - 4); i < count; i++) {
            tail = tail << 8 | next.get(i) & 0xff;
        }
        return next;
    }

    /** What may pass now, if its time has come; else nothing, after some waiting. */
    private ByteBuffer slice(ByteBuffer bytes, int bytesPerSecond) throws InterruptedException {
        long now = System.nanoTime();
        if (nextSlice - now > 0) {
            changed.awaitNanos(nextSlice - now);
            return NOTHING;
        }
        int count = Math.min(bytes.remaining(), Math.max(1, bytesPerSecond / SLICES_PER_SECOND));
        nextSlice = now + count * 1_000_000_000L / bytesPerSecond;
        return next(bytes, count);
    }

    private ByteBuffer hold(ByteBuffer bytes, Fault.Buffer buffer) {
        held.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        boolean passes = held.size() >= buffer.bytes() || head.isOver() || buffer.heeding() && head.forbidsBuffering();
        return passes ? takeHeld() : NOTHING;
    }

    private ByteBuffer takeHeld() {
        ByteBuffer all = ByteBuffer.wrap(held.toByteArray());
        held.reset();
        return all;
    }

    /** What can be written now; nothing, if it has to stand behind what waits. */
    private ByteBuffer afterWaiting(ByteBuffer bytes) {
        if (later.isEmpty()) {
            return bytes;
        }
        later.add(bytes, System.nanoTime());
        return NOTHING;
    }

    /** On the thread whose turn it is. */
    private void writeNow(ByteBuffer bytes) throws IOException {
        if (!bytes.hasRemaining()) {
            return;
        }
        ByteBuffer shown = bytes.asReadOnlyBuffer();
        to().out().write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        forwarded.addAndGet(bytes.remaining());
        link.tap().forwarded(direction, shown, System.nanoTime());
    }

    private Leg to() {
        return Objects.requireNonNull(to);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (!vanishes()) {
            writeNow(bytes);
        }
    }

    @Override
    public void end() throws IOException {
        if (!vanishes()) {
            to().end();
        }
        over = true;
        link.directionOver();
    }

    @Override
    public void failed() {
        link.reset();
    }

    /** The side that we read has ended in order. */
    private void sourceEnded() throws IOException {
        link.tap().ended(direction, false, System.nanoTime());
        if (!endsLater()) {
            end();
        }
    }

    /** The side that we read, or the one to which we write, was reset; or the link is over. */
    private void sourceFailed() {
        if (link.isOver()) {
            return;
        }
        link.tap().ended(direction, true, System.nanoTime());
        if (vanishes()) {
            over = true;
            link.directionOver();
        } else {
            link.reset();
        }
    }

    /** Whether what is to be written or to end now gets lost. */
    private boolean vanishes() {
        lock.lock();
        try {
            boolean vanishes = fault instanceof Fault.HalfOpen;
            hasHole |= vanishes;
            return vanishes;
        } finally {
            lock.unlock();
        }
    }

    /** Whether something has to be written before the end. */
    private boolean endsLater() {
        lock.lock();
        try {
            if (held.size() > 0) {
                later.add(takeHeld(), System.nanoTime());
            }
            if (later.isEmpty()) {
                return false;
            }
            later.addEnd();
            return true;
        } finally {
            lock.unlock();
        }
    }
}
