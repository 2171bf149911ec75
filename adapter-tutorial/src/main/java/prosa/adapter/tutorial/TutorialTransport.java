package prosa.adapter.tutorial;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.OpenFeed;
import prosa.application.port.OpenStream;
import prosa.application.port.Transport;
import prosa.delivery.CloseReason;
import prosa.delivery.Collapse;
import prosa.delivery.FeedSubscriber;

/**
 * The course's SSE tutorial: a measured voltage, as an event every two seconds, on somebody else's server.
 *
 * <p>One thread of its own reads the meter and writes to all listeners.
 */
public final class TutorialTransport implements Transport, OpenStream {
    private static final Logger LOG = LoggerFactory.getLogger(TutorialTransport.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final int LEAST_VOLTS = 100;
    private static final int MOST_VOLTS = 126;

    private final RandomGenerator meter;
    private final Transport server;
    private volatile boolean served;
    private final Set<FeedSubscriber> listeners = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("prosa-tutorial").unstarted(task));

    /**
     * @param server makes the server of the stream; it is told how somebody begins to listen, and not started here
     * @param meter what is measured
     */
    public TutorialTransport(Function<Function<FeedSubscriber, OpenFeed>, Transport> server, RandomGenerator meter) {
        this.meter = meter;
        this.server = server.apply(listener -> listen(listener)::run);
    }

    @Override
    public String path() {
        return "/tutorial/voltage";
    }

    /** While its own port is open. */
    @Override
    public boolean isServed() {
        return served;
    }

    /** Tells somebody each reading from now on, wherever they listen. */
    @Override
    public Runnable listen(FeedSubscriber listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** The clock would keep to itself what is thrown here, and stand still. */
    private void measureOrSay() {
        try {
            measure();
        } catch (RuntimeException | Error e) {
            Collapse.ifOutOfMemory(e);
            LOG.error("A reading failed; the next one follows", e);
        }
    }

    private void measure() {
        int volts = meter.nextInt(LEAST_VOLTS, MOST_VOLTS + 1);
        byte[] event = ("data: " + volts + "\n\n").getBytes(StandardCharsets.UTF_8);
        for (FeedSubscriber listener : listeners) {
            ByteBuffer bytes = ByteBuffer.wrap(event);
            try {
                listener.channel().write(bytes);
            } catch (IOException e) {
                listeners.remove(listener);
            }
            if (bytes.hasRemaining()) {
                // Its buffers hold hours of readings that it has not read.
                listeners.remove(listener);
                listener.close(CloseReason.TOO_SLOW);
            }
        }
    }

    @Override
    public void start() throws IOException {
        server.start();
        served = true;
        clock.scheduleAtFixedRate(this::measureOrSay, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public List<URI> listening() {
        return server.listening();
    }

    @Override
    public void stopAccepting() {
        server.stopAccepting();
    }

    @Override
    public void stop(Duration grace) {
        served = false;
        clock.shutdownNow();
        listeners.forEach(listener -> listener.close(CloseReason.SHUTDOWN));
        server.stop(grace);
    }
}
