package prosa.adapter.javalin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.delivery.CloseReason;
import prosa.delivery.FeedSubscriber;

/** An answer that has an end, which a client hears only if it was told whole. */
record WholeAnswer(AnswerStream stream) implements FeedSubscriber {
    private static final Logger LOG = LoggerFactory.getLogger(WholeAnswer.class);

    @Override
    public WritableByteChannel channel() {
        return stream.channel();
    }

    @Override
    public void finish(ByteBuffer rest, Runnable done) {
        stream.finish(rest, done);
    }

    @Override
    public boolean hasLastWords() {
        return stream.hasLastWords();
    }

    @Override
    public void close(CloseReason reason) {
        if (reason == CloseReason.QUIT) {
            stream.close(reason);
            return;
        }
        try {
            stream.cut();
        } catch (IOException e) {
            LOG.debug("It is closed already", e);
        }
    }
}
