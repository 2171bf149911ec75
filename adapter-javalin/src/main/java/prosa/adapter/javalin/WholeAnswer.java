package prosa.adapter.javalin;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.channels.WritableByteChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.delivery.CloseReason;
import prosa.delivery.FeedSubscriber;

/**
 * An answer whose end is the connection's (RFC 9112 §6.3): where it could not be told whole the connection is reset, so that no
 * client takes a part for all.
 */
record WholeAnswer(FeedSubscriber connection) implements FeedSubscriber {
    private static final Logger LOG = LoggerFactory.getLogger(WholeAnswer.class);

    @Override
    public WritableByteChannel channel() {
        return connection.channel();
    }

    @Override
    public void finish(ByteBuffer rest, Runnable done) {
        connection.finish(rest, done);
    }

    @Override
    public boolean hasLastWords() {
        return connection.hasLastWords();
    }

    @Override
    public void close(CloseReason reason) {
        if (reason != CloseReason.QUIT) {
            try {
                cut(channel());
            } catch (IOException e) {
                LOG.debug("It is closed already", e);
            }
        }
        connection.close(reason);
    }

    private static void cut(WritableByteChannel channel) throws IOException {
        switch (channel) {
            case NetworkChannel socket -> socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            case SealedChannel sealed -> sealed.reset();
            default -> throw new IllegalStateException("not on a socket: " + channel);
        }
    }
}
