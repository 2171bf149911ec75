package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A connection that keeps what is written to it, takes as much at once as a test wants, and writes down whatever breaks the
 * promises of {@link FeedSubscriber}. State is under its monitor, which is notified of every change.
 */
public class FakeSubscriber implements FeedSubscriber {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final List<String> violations = new ArrayList<>();
    private IntUnaryOperator takes = remaining -> remaining;
    private boolean stalled;
    private boolean broken;
    private boolean faulty;
    private boolean answers = true;
    private boolean hasLastWords = true;
    private @Nullable ByteBuffer rest;
    private Runnable done = () -> {};
    private @Nullable CloseReason farewell;
    private int resumed;
    private int writes;

    /** How many of the bytes offered a write takes. */
    public synchronized void takes(IntUnaryOperator takes) {
        this.takes = takes;
    }

    /** From now on the socket is full: a write takes nothing, and what is to be finished waits for {@link #drain}. */
    public synchronized void stall() {
        stalled = true;
    }

    /** The client reads again. */
    public void flow() {
        synchronized (this) {
            stalled = false;
        }
        drain();
    }

    /** The client reads what is to be finished, if anything, and nothing else. */
    public void drain() {
        Runnable finished;
        synchronized (this) {
            if (rest == null) {
                return;
            }
            take(rest, rest.remaining());
            rest = null;
            finished = done;
        }
        finished.run();
    }

    /** Every write fails from now on. */
    public synchronized void breakOff() {
        broken = true;
    }

    /** Every call fails from now on in a way that no port allows. */
    public synchronized void failBadly() {
        faulty = true;
    }

    public synchronized void setAnswers(boolean answers) {
        this.answers = answers;
    }

    public synchronized void setHasLastWords(boolean hasLastWords) {
        this.hasLastWords = hasLastWords;
    }

    @Override
    public synchronized boolean hasLastWords() {
        return hasLastWords;
    }

    @Override
    public WritableByteChannel channel() {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) throws IOException {
                int before = bytes.remaining();
                FakeSubscriber.this.write(bytes);
                return before - bytes.remaining();
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                throw new IllegalStateException("connections are closed by FeedSubscriber.close");
            }
        };
    }

    private synchronized void write(ByteBuffer bytes) throws IOException {
        expect(rest == null, "write while another is being finished");
        expect(farewell == null, "write after the close");
        expect(bytes.hasRemaining(), "write of nothing");
        expectDeliveryThread();
        fault();
        if (broken) {
            throw new IOException("planted by a test");
        }
        writes++;
        take(bytes, stalled ? 0 : Math.min(bytes.remaining(), takes.applyAsInt(bytes.remaining())));
    }

    @Override
    public void finish(ByteBuffer rest, Runnable done) {
        synchronized (this) {
            expect(this.rest == null, "two writes at once");
            expect(rest.hasRemaining(), "nothing to finish");
            expect(farewell == null, "finish after the close");
            expectDeliveryThread();
            this.rest = rest;
            this.done = done;
            notifyAll();
            if (stalled) {
                return;
            }
        }
        drain();
    }

    private void take(ByteBuffer bytes, int count) {
        byte[] part = new byte[count];
        bytes.get(part);
        taken.writeBytes(part);
        notifyAll();
    }

    @Override
    public synchronized void resumeReading() {
        resumed++;
        notifyAll();
    }

    @Override
    public synchronized boolean answers(long nanoTime) {
        fault();
        return answers;
    }

    @Override
    public synchronized void close(CloseReason farewell) {
        expect(this.farewell == null, "closed twice");
        expect(
                rest == null || farewell == CloseReason.GONE || farewell == CloseReason.SHUTDOWN,
                "closed as " + farewell + " while a write is being finished");
        expectDeliveryThread();
        this.farewell = farewell;
        notifyAll();
        fault();
    }

    private void fault() {
        if (faulty) {
            throw new IllegalStateException("planted by a test");
        }
    }

    private void expectDeliveryThread() {
        boolean itsTurn = StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(DeliveryThread.class.getName())));
        expect(itsTurn, "called on " + Thread.currentThread());
    }

    private void expect(boolean kept, String otherwise) {
        if (!kept) {
            violations.add(otherwise);
        }
    }

    /** What was written. */
    public synchronized String text() {
        assertEquals(List.of(), violations);
        return taken.toString(StandardCharsets.UTF_8);
    }

    /** The lines that were written whole. */
    public synchronized List<String> lines() {
        String text = text();
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    public synchronized int length() {
        return taken.size();
    }

    public synchronized int writes() {
        return writes;
    }

    public synchronized int resumed() {
        return resumed;
    }

    public synchronized boolean isFinishing() {
        return rest != null;
    }

    public synchronized Optional<CloseReason> farewell() {
        assertEquals(List.of(), violations);
        return Optional.ofNullable(farewell);
    }

    public void awaitFinishing() {
        Await.until(this, this::isFinishing, () -> "a full socket");
    }

    public void awaitLine(String line) {
        Await.until(this, () -> lines().contains(line), () -> line + "\nbut " + lines());
    }

    /** Cheaper than a look at all lines, where there are many. */
    public void awaitEnd(String end) {
        Await.until(this, () -> endsWith(end), () -> "to end with " + end);
    }

    private boolean endsWith(String end) {
        byte[] bytes = taken.toByteArray();
        return new String(
                        bytes,
                        Math.max(0, bytes.length - end.length()),
                        Math.min(bytes.length, end.length()),
                        StandardCharsets.UTF_8)
                .equals(end);
    }

    public void awaitLines(String... lines) {
        Await.until(this, () -> lines().size() >= lines.length, () -> List.of(lines) + "\nbut " + lines());
        assertEquals(List.of(lines), lines());
    }

    public void awaitLength(int length) {
        Await.until(this, () -> length() >= length, () -> length + " bytes, but " + length());
    }

    /** Waits for so many bytes, and compares them; long texts differ in few places. */
    public void awaitText(String expected) {
        Await.until(this, () -> length() >= expected.length(), () -> expected.length() + " bytes, but " + length());
        String text = text();
        int same = 0;
        while (same < Math.min(text.length(), expected.length()) && text.charAt(same) == expected.charAt(same)) {
            same++;
        }
        assertEquals(excerpt(expected, same), excerpt(text, same), "from the character " + same + " on");
        assertEquals(expected.length(), text.length());
    }

    private static String excerpt(String text, int from) {
        return text.substring(Math.max(0, from - 40), Math.min(text.length(), from + 60));
    }

    public void awaitClose(CloseReason expected) {
        Await.until(this, () -> farewell().isPresent(), () -> "a close, after " + lines());
        assertEquals(Optional.of(expected), farewell());
    }

    public void awaitResumed(int times) {
        Await.until(this, () -> resumed() >= times, () -> times + " times, but " + resumed());
    }

    /** Forgets what was written so far. */
    public synchronized void forget() {
        text();
        taken.reset();
    }
}
