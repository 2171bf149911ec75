package prosa.lab.relay;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Leg;

/**
 * A client's connection and the one to the target that goes with it: what one sends, the other gets, subject to {@link Fault}s.
 *
 * <p>All methods but {@link #start} may be called on any thread. Two virtual threads, one per direction, carry the bytes.
 */
public final class Link implements AutoCloseable {
    /** Small, so that a sender soon feels a stall: left alone, Linux lets some 6 MB pile up on the loopback. */
    static final int RECEIVE_BUFFER = 64 * 1024;

    private static final int CONNECT_MILLIS = 5_000;

    private final Leg client;
    private final Socket server = new Socket();
    private final Endpoint target;
    private final Consumer<Link> whenOver;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Pump up;
    private final Pump down;
    private volatile Tap tap = Tap.NONE;

    /**
     * @param client accepted by whoever makes the link, which closes it from now on
     * @param whenOver told once, when both connections are closed
     */
    public Link(Leg client, Endpoint target, Consumer<Link> whenOver) {
        this.client = client;
        this.target = target;
        this.whenOver = whenOver;
        this.up = new Pump(Direction.UP, this);
        this.down = new Pump(Direction.DOWN, this);
    }

    /**
     * Connects to the target and begins to pass bytes. Blocks while it connects, for 5 s at most, and as long for each of TLS's answers;
     * if that fails, the client's connection is reset. To be called once.
     *
     * @param alreadyRead what was read from the client before there was a link
     */
    public void start(Tap tap, byte[] alreadyRead) {
        this.tap = tap;
        Leg joined;
        try {
            client.sendAtOnce();
            server.setTcpNoDelay(true);
            server.setReceiveBufferSize(RECEIVE_BUFFER);
            server.connect(target.at(), CONNECT_MILLIS);
            joined = target.join(server);
        } catch (IOException e) {
            reset();
            return;
        }
        Thread.ofVirtual().name("relay-up").start(() -> up.run(client, joined, alreadyRead));
        Thread.ofVirtual().name("relay-down").start(() -> down.run(joined, client, new byte[0]));
    }

    /** Does this in both directions from now on. */
    public void set(Fault fault) {
        if (fault instanceof Fault.Cut cut) {
            cut(cut.how());
            return;
        }
        up.set(fault);
        down.set(fault);
    }

    /** Does this in one direction from now on; the other stays as it is. */
    public void set(Direction direction, Fault fault) {
        if (fault instanceof Fault.Cut cut) {
            cut(cut.how());
            return;
        }
        pump(direction).set(fault);
    }

    private void cut(Fault.Cut.How how) {
        switch (how) {
            case FIN -> close();
            case RST -> reset();
        }
    }

    /** How many bytes a side has sent in this direction, faults left aside. */
    public long received(Direction direction) {
        return pump(direction).received();
    }

    /** How many bytes were written to the side that reads in this direction. */
    public long forwarded(Direction direction) {
        return pump(direction).forwarded();
    }

    /** Whether both connections are closed. */
    public boolean isOver() {
        return over.get();
    }

    private Pump pump(Direction direction) {
        return switch (direction) {
            case UP -> up;
            case DOWN -> down;
        };
    }

    Tap tap() {
        return tap;
    }

    /** A direction has come to its end in order: both, and nothing is left to do. */
    void directionOver() {
        if (up.isOver() && down.isOver()) {
            close();
        }
    }

    /** Ends both connections abruptly. */
    void reset() {
        end(client::reset, () -> Leg.reset(server));
    }

    /** Ends both connections in order. What is on its way is lost. */
    @Override
    public void close() {
        end(client::drop, server::close);
    }

    private interface Ending {
        void end() throws IOException;
    }

    private void end(Ending ofClient, Ending ofServer) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        attempt(ofClient);
        attempt(ofServer);
        up.stop();
        down.stop();
        tap.closed(System.nanoTime());
        whenOver.accept(this);
    }

    private static void attempt(Ending ending) {
        try {
            ending.end();
        } catch (IOException e) {
            // It is closed already, or there is nothing more to be done about it.
        }
    }
}
