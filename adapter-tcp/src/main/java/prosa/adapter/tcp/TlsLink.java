package prosa.adapter.tcp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import prosa.application.Arrivals;
import prosa.delivery.DeliveryThread;

/**
 * TLS over a socket.
 *
 * <p><b>What the delivery thread writes</b> is sealed into memory that all connections share, a record at a time, and the record is written
 * at once. A record can't be taken back: its number is used up, and the client needs all of it. So what the socket does not take is kept
 * here as ciphertext, and no more is sealed before that is gone: a record at the most, and a few of our own.
 *
 * <p>The follower must come back for such a rest, and it comes back only if the channel has left something
 * ({@link prosa.delivery.FeedSubscriber#finish}). So whenever ciphertext is left, {@link #write} says that it took one byte less than it
 * has sealed. The rest that the follower then brings begins with that byte, wherever in its log or queue it stood, and
 * {@link #notTaken} skips it. Nobody writes in between, so a mark is enough; it is the turn's.
 *
 * <p><b>The engine has one lock.</b> Two threads seal: the delivery thread, and the event loop for last words, telnet's answers, alerts and
 * new keys that a client asks for. The JDK wants one at a time, and in the order in which the records go out: so the socket is written to
 * under the same lock, which also guards what is left, and records are opened under it, as the engine has a lock of its own that the
 * turn would wait for. The turn never waits: if the loop is at it, {@link #write} takes nothing, and the follower's rest comes to the loop.
 */
final class TlsLink implements Link, WritableByteChannel {
    /** So much may be left: a record of what people are told, and some of our own. Who lets more wait asks for keys and does not read. */
    private static final int MOST_LEFT = TlsBuffers.SIZE + 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel socket;
    private final Arrivals.Place place;
    private final SSLEngine engine;
    private final TlsBuffers buffers;
    private final ReentrantLock lock = new ReentrantLock();

    /** Ciphertext that the socket did not take; null if there is none. Written under the lock. */
    private volatile @Nullable ByteBuffer left;

    /** Under the lock: the socket's output ends behind what is left. */
    private boolean ending;

    /** The turn's: the last byte that {@link #write} has left was sealed. */
    private boolean oneAhead;

    /** The loop's: the beginning of a record, or records that came with the end of the handshake. */
    private ByteBuffer begun = NOTHING;

    /** The loop's: close_notify has come. */
    private boolean ended;

    private int silence;

    /** @param engine a server's, new */
    /** @param place that its client takes up */
    TlsLink(SocketChannel socket, Arrivals.Place place, SSLEngine engine, TlsBuffers buffers) {
        this.socket = socket;
        this.place = place;
        this.engine = engine;
        this.buffers = buffers;
    }

    @Override
    public SocketChannel socket() {
        return socket;
    }

    // The delivery thread's.

    @Override
    public WritableByteChannel channel() {
        return this;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public int write(ByteBuffer units) throws IOException {
        assert DeliveryThread.hasTurn();
        if (!lock.tryLock()) {
            return 0;
        }
        try {
            int before = units.position();
            seal(units, buffers.turn());
            if (left != null && units.position() > before) {
                units.position(units.position() - 1);
                oneAhead = true;
            }
            return units.position() - before;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ByteBuffer notTaken(ByteBuffer rest) {
        assert DeliveryThread.hasTurn();
        if (oneAhead) {
            oneAhead = false;
            rest.get();
        }
        return rest;
    }

    // The event loop's.

    @Override
    public void writeFromLoop(ByteBuffer units) throws IOException {
        lock.lock();
        try {
            seal(units, buffers.out());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean flush() throws IOException {
        lock.lock();
        try {
            ByteBuffer rest = left;
            if (rest != null) {
                socket.write(rest);
                if (!rest.hasRemaining()) {
                    left = null;
                }
            }
            if (ending && left == null) {
                socket.shutdownOutput();
            }
            return left == null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isFlushed() {
        return left == null;
    }

    /** Says close_notify (RFC 8446 §6.1) behind all that was written. */
    @Override
    public void endOutput() throws IOException {
        lock.lock();
        try {
            engine.closeOutbound();
            tellOwn();
            ending = true;
        } finally {
            lock.unlock();
        }
        flush();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (ended) {
            return -1;
        }
        ByteBuffer records = buffers.in().clear().put(begun);
        begun = NOTHING;
        int count = socket.read(records);
        int before = into.position();
        lock.lock();
        try {
            openAll(records.flip(), into);
        } finally {
            lock.unlock();
        }
        keep(records);
        if (into.position() == before && ended) {
            return -1;
        }
        if (into.position() == before && count < 0) {
            // TCP's end without TLS's own may be anybody's: what was begun is not said.
            throw new EOFException("cut without close_notify");
        }
        return into.position() - before;
    }

    /** What is whole fits into memory as large as the records are; what is not may be told not to fit, and waits for its rest. */
    private void openAll(ByteBuffer records, ByteBuffer into) throws IOException {
        SSLEngineResult result = open(records, into);
        while (result.getStatus() == Status.OK && records.hasRemaining()) {
            result = open(records, into);
        }
        if (result.getStatus() == Status.BUFFER_OVERFLOW && into.position() == 0) {
            throw new SSLException("a record too long");
        }
    }

    private SSLEngineResult open(ByteBuffer records, ByteBuffer into) throws IOException {
        SSLEngineResult result = engine.unwrap(records, into);
        if (result.getStatus() == Status.OK && result.bytesConsumed() > 0 && result.bytesProduced() == 0) {
            silence++;
        }
        ended |= result.getStatus() == Status.CLOSED;
        tellOwn();
        HandshakeStatus next = engine.getHandshakeStatus();
        if (next == HandshakeStatus.NEED_TASK || next == HandshakeStatus.NEED_UNWRAP) {
            engine.closeOutbound();
            tellOwn();
            throw new SSLException("no second handshake");
        }
        return result;
    }

    private void keep(ByteBuffer records) {
        if (records.hasRemaining()) {
            begun = ByteBuffer.allocate(records.remaining()).put(records).flip();
        }
    }

    @Override
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public int silence() {
        int count = silence;
        silence = 0;
        return count;
    }

    @Override
    public void close() throws IOException {
        place.leave();
        socket.close();
    }

    // The handshake's, on the event loop's thread.

    void begin() throws IOException {
        engine.beginHandshake();
    }

    HandshakeStatus handshake() {
        return engine.getHandshakeStatus();
    }

    /** What takes long, to be run by somebody else; null if nothing is left to do. */
    @Nullable
    Runnable task() {
        return engine.getDelegatedTask();
    }

    /**
     * Reads one record of a handshake.
     *
     * @param scratch memory for what is read, which will be nothing
     * @return false if there is none yet
     */
    boolean shake(ByteBuffer scratch) throws IOException {
        ByteBuffer records = buffers.in().clear().put(begun);
        begun = NOTHING;
        int count = socket.read(records);
        SSLEngineResult result;
        lock.lock();
        try {
            result = engine.unwrap(records.flip(), scratch);
        } finally {
            lock.unlock();
        }
        keep(records);
        if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
            if (count < 0) {
                throw new EOFException("left in the handshake");
            }
            return false;
        }
        if (result.getStatus() != Status.OK) {
            throw new EOFException("closed in the handshake");
        }
        return true;
    }

    /** Writes what the engine itself has to say. */
    void say() throws IOException {
        lock.lock();
        try {
            tellOwn();
        } finally {
            lock.unlock();
        }
    }

    /** Says that we can't agree, and ends our output. */
    void refuse() throws IOException {
        lock.lock();
        try {
            tellOwn();
        } catch (SSLException e) {
            tellOwn(); // a task's failure is thrown first, and the alert comes behind it
        } finally {
            lock.unlock();
        }
        endOutput();
    }

    // Under the lock.

    /** Seals and writes as long as the socket takes whole records. */
    private void seal(ByteBuffer units, ByteBuffer memory) throws IOException {
        while (units.hasRemaining() && left == null) {
            if (wrap(units, memory) == 0) {
                throw new ClosedChannelException();
            }
        }
    }

    private void tellOwn() throws IOException {
        boolean told = true;
        while (told && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            told = wrap(NOTHING, buffers.out()) > 0;
        }
    }

    /** Makes one record, and writes it. */
    private int wrap(ByteBuffer units, ByteBuffer memory) throws IOException {
        assert lock.isHeldByCurrentThread();
        int made = engine.wrap(units, memory.clear()).bytesProduced();
        ByteBuffer record = memory.flip();
        ByteBuffer before = left;
        if (before == null) {
            socket.write(record);
        }
        if (record.hasRemaining()) {
            int length = record.remaining() + (before == null ? 0 : before.remaining());
            if (length > MOST_LEFT) {
                throw new IOException("asks, and does not read");
            }
            left = ByteBuffer.allocate(length)
                    .put(before == null ? NOTHING : before)
                    .put(record)
                    .flip();
        }
        return made;
    }
}
