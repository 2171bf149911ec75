package prosa.adapter.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody who connects over TLS, until both sides have agreed on keys. Only then is there anybody for the chat: whoever speaks something
 * else, or nothing, was never there.
 *
 * <p>Owned by the event loop's thread; what takes long (the key exchange, the signature) is run by others.
 */
final class TlsHandshake implements EventLoop.Watched {
    private static final Logger LOG = LoggerFactory.getLogger(TlsHandshake.class);

    /** As long as the head of a request over HTTP may take. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So long somebody who was refused may take to read why and to close. */
    private static final Duration PARTING = Duration.ofSeconds(1);

    private final TlsLink link;
    private final EventLoop loop;
    private final Executor helpers;
    private final Consumer<TlsLink> agreed;
    private final SelectionKey key;
    private State state = State.SHAKING;

    private enum State {
        SHAKING,
        /** It was told that we can't agree, and what it still writes is thrown away. */
        REFUSED,
        /** It is the chat's, or was dropped. */
        OVER
    }

    /**
     * @param helpers run what takes long
     * @param agreed takes the connection over; what has come already is still to be read
     */
    TlsHandshake(TlsLink link, EventLoop loop, Executor helpers, Consumer<TlsLink> agreed) throws IOException {
        this.link = link;
        this.loop = loop;
        this.helpers = helpers;
        this.agreed = agreed;
        this.key = loop.watch(link.socket(), SelectionKey.OP_READ, this);
        link.begin();
        loop.after(PATIENCE, this::giveUp);
    }

    private void giveUp() {
        if (state == State.SHAKING) {
            LOG.debug("A handshake of TLS took too long");
            drop();
        }
    }

    @Override
    public void ready(int operations) {
        try {
            if (state == State.REFUSED) {
                part();
            } else if (state == State.SHAKING) {
                shake();
            }
        } catch (SSLException e) {
            refuse(e);
        } catch (IOException e) {
            drop(); // it has left
        }
    }

    /** Goes on as far as it can without waiting. */
    private void shake() throws IOException {
        while (state == State.SHAKING) {
            if (!link.flush()) {
                key.interestOps(SelectionKey.OP_WRITE);
                return;
            }
            switch (link.handshake()) {
                case NEED_TASK -> {
                    key.interestOps(0);
                    haveTasksRun();
                    return;
                }
                case NEED_WRAP -> link.say();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!link.shake(loop.buffer())) {
                        key.interestOps(SelectionKey.OP_READ);
                        return;
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    state = State.OVER;
                    agreed.accept(link);
                }
            }
        }
    }

    private void haveTasksRun() {
        helpers.execute(() -> {
            for (Runnable task = link.task(); task != null; task = link.task()) {
                task.run();
            }
            loop.execute(() -> ready(0));
        });
    }

    /** It is told so by an alert (RFC 8446 §6.2), if the engine has one for it. */
    private void refuse(SSLException why) {
        LOG.debug("A handshake of TLS failed: {}", why.getMessage());
        state = State.REFUSED;
        try {
            link.refuse();
            key.interestOps(SelectionKey.OP_READ | (link.isFlushed() ? 0 : SelectionKey.OP_WRITE));
            loop.after(PARTING, this::drop);
        } catch (IOException e) {
            drop();
        }
    }

    private void part() throws IOException {
        if (link.flush()) {
            key.interestOps(SelectionKey.OP_READ);
        }
        ByteBuffer ignored = loop.buffer();
        if (link.socket().read(ignored) < 0) {
            drop();
        }
    }

    @Override
    public void drop() {
        if (state != State.OVER) {
            state = State.OVER;
            try {
                link.close();
            } catch (IOException e) {
                LOG.debug("Closing a socket failed", e);
            }
        }
    }
}
