package prosa.test.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.delivery.CloseReason;
import prosa.delivery.FeedSubscriber;
import prosa.dialect.Dialect;

/**
 * Hears what a chat tells somebody, line by line and without a socket. It takes all that there is at once.
 *
 * <p>Delivery thread only.
 */
final class Ear implements FeedSubscriber, WritableByteChannel {
    private final Consumer<String> line;
    private final Runnable end;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    Ear(Consumer<String> line, Runnable end) {
        this.line = line;
        this.end = end;
    }

    /** A dialect in lines. */
    record Lines(Dialect dialect) implements Codec {
        @Override
        public byte[] encode(Event event) {
            List<String> lines = dialect.write(event);
            return (String.join("\n", lines) + (lines.isEmpty() ? "" : "\n")).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Codec past() {
            return new Lines(dialect.past());
        }

        @Override
        public boolean tellsToken() {
            return dialect.tellsToken();
        }
    }

    @Override
    public WritableByteChannel channel() {
        return this;
    }

    @Override
    public int write(ByteBuffer bytes) {
        int count = bytes.remaining();
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                line.accept(begun.toString(StandardCharsets.UTF_8));
                begun.reset();
            } else {
                begun.write(next);
            }
        }
        return count;
    }

    @Override
    public void finish(ByteBuffer rest, Runnable done) {
        throw new IllegalStateException("all was taken");
    }

    @Override
    public void close(CloseReason reason) {
        end.run();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        throw new IllegalStateException("connections are closed with a reason");
    }
}
