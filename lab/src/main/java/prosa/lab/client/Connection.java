package prosa.lab.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.Socket;
import java.net.SocketException;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Leg;

/**
 * A TCP connection of which every byte is counted twice: as it passes the socket, whatever it is, and by whoever reads or writes it,
 * by its kind. What TLS adds, if it is there, is a kind of its own. One thread reads; any may write, look, stall and cut.
 */
public final class Connection implements Closeable {
    private static final int CONNECT_MILLIS = 5_000;

    private final Endpoint to;
    private final OptionalInt receiveBuffer;
    private final Meter meter;
    /** This and the next are changed by the reading thread alone. */
    private volatile Socket socket;

    private volatile Leg leg;

    private final Tally up = new Tally();
    private final Tally down = new Tally();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final ReentrantLock writing = new ReentrantLock();
    /** Under {@link #writing}. */
    private long said;
    /** The reading thread's. */
    private long heard;

    private final ReentrantLock gate = new ReentrantLock();
    private final Condition opened = gate.newCondition();
    /** Under {@link #gate}. */
    private boolean stalled;

    private volatile long arrivedNanos = System.nanoTime();
    private volatile boolean ended;
    private volatile boolean byteByByte;

    private Connection(Endpoint to, OptionalInt receiveBuffer) throws IOException {
        this.to = to;
        this.receiveBuffer = receiveBuffer;
        this.meter = new Meter(to.tls().isPresent());
        this.socket = connected();
        this.leg = to.join(socket);
        countTls();
    }

    /** Connects within 5 seconds, and as many for each of TLS's answers. */
    public static Connection open(Endpoint to, OptionalInt receiveBuffer) throws IOException {
        return new Connection(to, receiveBuffer);
    }

    private Socket connected() throws IOException {
        Socket connecting = meter.socket();
        try {
            if (receiveBuffer.isPresent()) {
                connecting.setReceiveBufferSize(receiveBuffer.getAsInt());
            }
            connecting.connect(to.at(), CONNECT_MILLIS);
            // Nagle would hold a small message back until the last one is acknowledged (RFC 896).
            connecting.setTcpNoDelay(true);
            return connecting;
        } catch (IOException e) {
            connecting.close();
            throw e;
        }
    }

    /**
     * Connects anew to the same place, and goes on counting: for HTTP, where an answer may be a connection's last. On the reading thread.
     *
     * @throws IOException also if this side has ended it meanwhile
     */
    void again() throws IOException {
        socket.close();
        Socket next = connected();
        socket = next;
        leg = to.join(next);
        countTls();
        if (ended) {
            next.close();
            throw new SocketException("ended");
        }
    }

    /** While nobody writes. */
    private void countTls() throws IOException {
        countTlsUp();
        countTlsDown();
    }

    private void countTlsUp() {
        up.count(ByteKind.TLS, meter.out() - said - up.counts().tls());
    }

    /** What has come of a record whose end has not, or was opened and not read, is counted by a later read. */
    private void countTlsDown() throws IOException {
        if (leg.isSecured()) {
            down.count(
                    ByteKind.TLS,
                    meter.in() - heard - leg.unread() - down.counts().tls());
        }
    }

    /** Whether TLS is on it. */
    public boolean isSecured() {
        return to.tls().isPresent();
    }

    /** What the reading thread reads from; each read takes what has come, and waits if nothing has. */
    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return readSome(into, offset, length);
            }
        };
    }

    private int readSome(byte[] into, int offset, int length) throws IOException {
        int count = leg.in().read(into, offset, length);
        awaitGate();
        heard += Math.max(0, count);
        countTlsDown();
        if (count > 0) {
            arrivedNanos = System.nanoTime();
            reads.incrementAndGet();
        }
        return count;
    }

    /** Writes all of it at once, not mixed with what others write. */
    void write(byte[] bytes) throws IOException {
        writing.lock();
        try {
            int piece = byteByByte ? 1 : Math.max(1, bytes.length);
            for (int from = 0; from < bytes.length; from += piece) {
                leg.out().write(bytes, from, piece);
                said += piece;
                countTlsUp();
                writes.incrementAndGet();
            }
        } finally {
            writing.unlock();
        }
    }

    /** Gives the socket each byte in a write of its own from now on, and so the network mostly each in a segment of its own. */
    public void writeByteByByte() {
        byteByByte = true;
    }

    /** Bounds each read from now on; 0: none. A read that takes longer fails with a {@link java.net.SocketTimeoutException}. */
    void limitReads(int millis) throws IOException {
        leg.limitReads(millis);
    }

    /** Stops reading, as a program does that hangs: at most one read that was under way is still taken from the socket, and kept. */
    public void stopReading() {
        gate.lock();
        try {
            stalled = true;
        } finally {
            gate.unlock();
        }
    }

    /** Goes on reading after {@link #stopReading}. */
    public void readOn() {
        gate.lock();
        try {
            stalled = false;
            opened.signalAll();
        } finally {
            gate.unlock();
        }
    }

    private void awaitGate() throws IOException {
        gate.lock();
        try {
            while (stalled && !ended) {
                opened.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while not reading", e);
        } finally {
            gate.unlock();
        }
    }

    /** Kills the connection with a RST: what was not read or sent yet is gone, on both sides (RFC 9293 §3.10.4). */
    public void reset() {
        end(Leg::reset);
    }

    /** Ends the connection with a FIN, and over TLS with a good-bye before it, unless somebody is writing. */
    @Override
    public void close() {
        boolean quiet = writing.tryLock();
        try {
            end(quiet ? Leg::close : Leg::drop);
        } finally {
            if (quiet) {
                countTlsUp();
                writing.unlock();
            }
        }
    }

    private interface Ending {
        void end(Leg leg) throws IOException;
    }

    private void end(Ending how) {
        ended = true;
        readOn();
        try {
            how.end(leg);
        } catch (IOException e) {
            // It has ended already; or nothing can be done about it, and nobody waits for it.
        }
    }

    /** Whether this side has ended it. */
    public boolean isEnded() {
        return ended;
    }

    /** Bytes written, by kind. */
    public Counts up() {
        return up.counts();
    }

    /** Bytes read and understood, by kind. What was read of a message whose rest is yet to come is not in it. */
    public Counts down() {
        return down.counts();
    }

    /** All bytes that the socket took, whatever they were. */
    public long bytesOut() {
        return meter.out();
    }

    /** All bytes that the socket gave. */
    public long bytesIn() {
        return meter.in();
    }

    /** How many writes there were: the least number of segments that could be guessed. */
    public long writes() {
        return writes.get();
    }

    /** How many reads brought something. */
    public long reads() {
        return reads.get();
    }

    /** {@link System#nanoTime()} when the last read brought something, or at first when it was connected. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    public int roundTrips() {
        return meter.roundTrips();
    }

    /** This side's port, by which the kernel's own count is found. */
    public int localPort() {
        return socket.getLocalPort();
    }

    /** Bytes of IP's header without options: 20 for version 4, 40 for version 6. */
    public int ipHeader() {
        return socket.getInetAddress() instanceof Inet6Address ? 40 : 20;
    }

    Tally upTally() {
        return up;
    }

    Tally downTally() {
        return down;
    }

    /** The room is followed, from now on bytes are counted by their kinds. */
    Follower.Opening opened() {
        Follower.Opening opening = new Follower.Opening(up(), down(), roundTrips());
        up.connected();
        down.connected();
        return opening;
    }
}
