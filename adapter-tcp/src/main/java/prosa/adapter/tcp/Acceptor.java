package prosa.adapter.tcp;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.Collapse;

/** Takes connections. Owned by the event loop's thread. */
final class Acceptor implements EventLoop.Watched {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    /** Connections taken in one turn, so that a burst of them does not hold up those that talk. */
    private static final int AT_ONCE = 64;

    /** Out of file descriptors, accept fails again and again, at once: a pause keeps the thread for those who are here. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);

    private final ServerSocketChannel server;
    private final EventLoop loop;
    private final Consumer<SocketChannel> taken;
    private final SelectionKey key;
    private long lastComplaint = System.nanoTime() - BETWEEN_COMPLAINTS.toNanos();

    /** @param server bound */
    Acceptor(ServerSocketChannel server, EventLoop loop, Consumer<SocketChannel> taken) throws IOException {
        this.server = server;
        this.loop = loop;
        this.taken = taken;
        this.key = loop.watch(server, SelectionKey.OP_ACCEPT, this);
    }

    @Override
    public void ready(int operations) {
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                SocketChannel channel = server.accept();
                if (channel == null) {
                    return;
                }
                taken.accept(channel);
            }
        } catch (ClosedChannelException e) {
            // We take no more.
        } catch (IOException | RuntimeException | Error e) {
            Collapse.ifOutOfMemory(e);
            pause(e);
        }
    }

    private void pause(Throwable why) {
        long now = System.nanoTime();
        if (now - lastComplaint >= BETWEEN_COMPLAINTS.toNanos()) {
            lastComplaint = now;
            LOG.warn("Can't take TCP connections now: {}", why.toString());
        }
        key.interestOps(0);
        loop.after(PAUSE, () -> {
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
