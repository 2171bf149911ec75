package prosa.adapter.tutorial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import prosa.application.OpenFeed;
import prosa.application.port.Transport;
import prosa.delivery.CloseReason;
import prosa.delivery.FeedSubscriber;

/** What the meter tells those who listen on a server that it is handed. */
@Timeout(30)
class TutorialTransportTest {
    private final PlantedServer server = new PlantedServer();
    private final TutorialTransport tutorial = new TutorialTransport(server::serving, new Random(1));

    private static final class PlantedServer implements Transport {
        private Function<FeedSubscriber, OpenFeed> listen = listener -> () -> {};

        Transport serving(Function<FeedSubscriber, OpenFeed> stream) {
            listen = stream;
            return this;
        }

        @Override
        public void start() {}

        @Override
        public List<URI> listening() {
            return List.of(URI.create("sse://127.0.0.1:9090"));
        }

        @Override
        public void stopAccepting() {}

        @Override
        public void stop(Duration grace) {}
    }

    /** @param room how many bytes it takes of each write */
    private record Listener(int room, BlockingQueue<String> heard, BlockingQueue<CloseReason> ends)
            implements FeedSubscriber, WritableByteChannel {
        static Listener taking(int room) {
            return new Listener(room, new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
        }

        @Override
        public WritableByteChannel channel() {
            return this;
        }

        @Override
        public int write(ByteBuffer bytes) {
            byte[] taken = new byte[Math.min(room, bytes.remaining())];
            bytes.get(taken);
            heard.add(new String(taken, StandardCharsets.UTF_8));
            return taken.length;
        }

        @Override
        public void finish(ByteBuffer rest, Runnable done) {}

        @Override
        public void close(CloseReason reason) {
            ends.add(reason);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void aReadingGoesToAllAndWhoDoesNotTakeItIsSentAway() throws Exception {
        Listener quick = Listener.taking(64);
        Listener slow = Listener.taking(3);
        server.listen.apply(quick);
        server.listen.apply(slow);
        tutorial.start();
        String first = quick.heard().take();
        String second = quick.heard().take();
        tutorial.stop(Duration.ofSeconds(1));
        assertEquals("", (first + second).replaceAll("data: 1([01][0-9]|2[0-6])\n\n", ""));
        assertEquals(CloseReason.TOO_SLOW, slow.ends().take());
        assertEquals(1, slow.heard().size(), "and is not told the next one");
        assertEquals(CloseReason.SHUTDOWN, quick.ends().take());
        assertEquals(server.listening(), tutorial.listening());
    }
}
