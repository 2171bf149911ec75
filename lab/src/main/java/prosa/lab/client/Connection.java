package prosa.lab.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP connection of which every byte is counted twice: as it passes the socket, whatever it is, and by whoever reads or writes it,
 * by its kind. One thread reads; any may write, look, stall and cut.
 */
public final class Connection implements Closeable {
    private static final int CONNECT_MILLIS = 5_000;

    private final OptionalInt receiveBuffer;
    /** Changed by the reading thread alone. */
    private volatile Socket socket;
    /** The reading thread's. */
    private InputStream in;

    private final Tally up = new Tally();
    private final Tally down = new Tally();
    private final AtomicLong bytesOut = new AtomicLong();
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final ReentrantLock writing = new ReentrantLock();

    private final ReentrantLock gate = new ReentrantLock();
    private final Condition opened = gate.newCondition();
    /** Under {@link #gate}. */
    private boolean stalled;

    private volatile long arrivedNanos = System.nanoTime();
    private volatile boolean ended;
    private volatile boolean byteByByte;
    /** Something was written to which no answer has come. */
    private volatile boolean asking;

    /** Changed by the reading thread alone. TCP's own handshake is the first. */
    private volatile int roundTrips = 1;

    private Connection(Socket socket, OptionalInt receiveBuffer) throws IOException {
        this.socket = socket;
        this.receiveBuffer = receiveBuffer;
        this.in = socket.getInputStream();
    }

    /** Connects within 5 seconds. */
    public static Connection open(InetSocketAddress to, OptionalInt receiveBuffer) throws IOException {
        return new Connection(connected(to, receiveBuffer), receiveBuffer);
    }

    private static Socket connected(InetSocketAddress to, OptionalInt receiveBuffer) throws IOException {
        Socket socket = new Socket();
        try {
            if (receiveBuffer.isPresent()) {
                socket.setReceiveBufferSize(receiveBuffer.getAsInt());
            }
            socket.connect(to, CONNECT_MILLIS);
            // Nagle would hold a small message back until the last one is acknowledged (RFC 896).
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Connects anew to the same place, and goes on counting: for HTTP, where an answer may be a connection's last. On the reading thread.
     *
     * @throws IOException also if this side has ended it meanwhile
     */
    void again() throws IOException {
        Socket before = socket;
        before.close();
        Socket next = connected((InetSocketAddress) before.getRemoteSocketAddress(), receiveBuffer);
        socket = next;
        in = next.getInputStream();
        roundTrips++;
        if (ended) {
            next.close();
            throw new SocketException("ended");
        }
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
        int count = in.read(into, offset, length);
        awaitGate();
        if (count > 0) {
            arrivedNanos = System.nanoTime();
            bytesIn.addAndGet(count);
            reads.incrementAndGet();
            if (asking) {
                asking = false;
                roundTrips++;
            }
        }
        return count;
    }

    /** Writes all of it at once, not mixed with what others write. */
    void write(byte[] bytes) throws IOException {
        writing.lock();
        try {
            asking = true;
            int piece = byteByByte ? 1 : Math.max(1, bytes.length);
            for (int from = 0; from < bytes.length; from += piece) {
                socket.getOutputStream().write(bytes, from, piece);
                bytesOut.addAndGet(piece);
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
        socket.setSoTimeout(millis);
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
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It has ended already.
        }
        close();
    }

    /** Ends the connection with a FIN. */
    @Override
    public void close() {
        ended = true;
        readOn();
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing can be done about it, and nobody waits for it.
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
        return bytesOut.get();
    }

    /** All bytes that the socket gave. */
    public long bytesIn() {
        return bytesIn.get();
    }

    /** How many writes the socket took: the least number of segments that could be guessed. */
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
        return roundTrips;
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
        Follower.Opening opening = new Follower.Opening(up().total(), down().total(), roundTrips);
        up.connected();
        down.connected();
        return opening;
    }
}
