package prosa.adapter.javalin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import prosa.delivery.Collapse;

/** Jetty's end of a connection. For bytes on the heap the JDK takes direct memory here, and if there is none nobody else would say so. */
final class HttpEndPoint extends SocketChannelEndPoint {
    private static final byte[] NOTHING = {};

    private boolean holding;
    private byte[] held = NOTHING;

    HttpEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Of who has gone Jetty would find that out by an exception. */
    @Override
    public void updateKey() {
        if (isOpen()) {
            super.updateKey();
        }
    }

    /**
     * What Jetty writes from now on is held back, to go out in one write with what comes behind it: the head of the last answer, before
     * the connection is another's, who {@link #release}s it.
     */
    void hold() {
        holding = true;
    }

    /** Holds nothing back any more, and gives what was held. Who calls has been handed the connection since. */
    byte[] release() {
        byte[] released = held;
        holding = false;
        held = NOTHING;
        return released;
    }

    private void keep(ByteBuffer... buffers) {
        for (ByteBuffer buffer : buffers) {
            int before = held.length;
            held = Arrays.copyOf(held, before + buffer.remaining());
            buffer.get(held, before, buffer.remaining());
        }
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        try {
            return super.fill(buffer);
        } catch (OutOfMemoryError e) {
            Collapse.ifOutOfMemory(e);
            throw e;
        }
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        if (holding) {
            keep(buffers);
            return true;
        }
        try {
            return super.flush(buffers);
        } catch (OutOfMemoryError e) {
            Collapse.ifOutOfMemory(e);
            throw e;
        }
    }
}
