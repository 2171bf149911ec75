package prosa.adapter.javalin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import prosa.delivery.Collapse;

/** Jetty's end of a connection. For bytes on the heap the JDK takes direct memory here, and if there is none nobody else would say so. */
final class HttpEndPoint extends SocketChannelEndPoint {
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
        try {
            return super.flush(buffers);
        } catch (OutOfMemoryError e) {
            Collapse.ifOutOfMemory(e);
            throw e;
        }
    }
}
