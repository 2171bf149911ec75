package prosa.adapter.tcp;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.Descriptors;
import prosa.delivery.Collapse;

/** Takes connections. Owned by the event loop's thread. */
final class Acceptor implements EventLoop.Watched {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    /** Connections taken in one turn, so that a burst of them does not hold up those that talk: with 64 they waited for 6 ms at p90. */
    private static final int AT_ONCE = 8;

    private final ServerSocketChannel server;
    private final EventLoop loop;
    private final Consumer<SocketChannel> taken;
    private final Descriptors descriptors;
    private final SelectionKey key;

    /** @param server bound */
    Acceptor(ServerSocketChannel server, EventLoop loop, Descriptors descriptors, Consumer<SocketChannel> taken)
            throws IOException {
        this.server = server;
        this.descriptors = descriptors;
        this.loop = loop;
        this.taken = taken;
        this.key = loop.watch(server, SelectionKey.OP_ACCEPT, this);
    }

    @Override
    public void ready(int operations) {
        long now = System.nanoTime();
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                if (!descriptors.atLeast(Descriptors.RESERVE, now)) {
                    pause();
                    return;
                }
                SocketChannel channel = server.accept();
                if (channel == null) {
                    return;
                }
                descriptors.taken(1);
                taken.accept(channel);
            }
        } catch (ClosedChannelException e) {
            // We take no more.
        } catch (IOException e) {
            descriptors.refused(e, now);
            pause();
        } catch (RuntimeException | Error e) {
            Collapse.ifOutOfMemory(e);
            LOG.warn("Taking a TCP connection failed: {}", e.toString());
            pause();
        }
    }

    /** Out of file descriptors, accept fails again and again, at once: a pause keeps the thread for those who are here. */
    private void pause() {
        key.interestOps(0);
        loop.after(Descriptors.LOOK_AGAIN, () -> {
            if (key.isValid()) {
                key.interestOps(SelectionKey.OP_ACCEPT);
            }
        });
    }

    @Override
    public void drop() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("Closing a listening socket failed", e);
        }
    }
}
