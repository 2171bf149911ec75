package prosa.lab.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import prosa.lab.Wire;
import prosa.lab.client.Clients;
import prosa.lab.client.Following;
import prosa.lab.client.Listener;
import prosa.lab.client.Said;
import prosa.lab.client.Speaker;
import prosa.lab.figures.Saying;
import prosa.lab.figures.Settings;
import prosa.lab.server.CpuTime;
import prosa.lab.server.Server;
import prosa.lab.server.Spending;

/**
 * Somebody who is alone in a room and speaks by the way that goes with a wire, so that what saying costs is seen without what bringing
 * costs. Each message waits for the acknowledgement of the one before, and counts from when it was due. For one thread.
 */
final class Monologue implements AutoCloseable {
    /** More than the load's rate: the less a server does, the more what it does anyway shows in each message. */
    private static final int RATE_FACTOR = 5;

    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Server server;
    private final Settings settings;
    private final Semaphore acknowledged = new Semaphore(0);
    private final Speaker speaker;

    Monologue(Wire wire, Server server, Settings settings) throws IOException {
        this.server = server;
        this.settings = settings;
        speaker = Clients.speaker(wire, server.address(), Following.now("lab-" + tag(), new Listener() {
            @Override
            public void said(Said said) {}

            @Override
            public void acknowledged(String id) {
                acknowledged.release();
            }
        }));
    }

    /** Says as many as fit into the warm-up. */
    void warmUp() throws IOException, InterruptedException {
        long end = System.nanoTime() + settings.warmUp().toNanos();
        Schedule rush = new Schedule(tag(), System.nanoTime(), 1, Integer.MAX_VALUE, settings.textBytes());
        for (int number = 0; System.nanoTime() < end; number++) {
            say(rush.text(number));
        }
    }

    Saying measure() throws IOException, InterruptedException {
        long interval = TimeUnit.SECONDS.toNanos(1) / (settings.ratePerSecond() * RATE_FACTOR);
        int count = (int) Math.max(1, settings.duration().toNanos() / interval);
        Bytes bytesBefore = bytes();
        Optional<CpuTime> cpuBefore = cpu();
        Schedule schedule = new Schedule(tag(), System.nanoTime() + LEAD_NANOS, interval, count, settings.textBytes());
        Arrivals acknowledgements = new Arrivals(schedule, 1);
        for (int number = 0; number < count; number++) {
            OpenLoop.awaitNanos(schedule.dueNanos(number));
            String text = schedule.text(number);
            say(text);
            acknowledgements.said(new Said("", text, System.nanoTime()));
        }
        Optional<CpuTime> cpuAfter = cpu();
        OptionalDouble micros = cpuBefore.isPresent() && cpuAfter.isPresent()
                ? OptionalDouble.of(cpuAfter.get().since(cpuBefore.get()) / 1_000.0 / count)
                : OptionalDouble.empty();
        return new Saying(bytes().minus(bytesBefore).asUp(count), acknowledgements.latency(), micros);
    }

    private void say(String text) throws IOException, InterruptedException {
        speaker.say(text);
        if (!speaker.waitsForTheAnswer() && !acknowledged.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("what was said was not acknowledged within " + PATIENCE.toSeconds() + " s");
        }
    }

    private Bytes bytes() {
        return Bytes.of(List.of(speaker.connection()));
    }

    private Optional<CpuTime> cpu() {
        return server.process().flatMap(Spending::work);
    }

    private static String tag() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    @Override
    public void close() {
        speaker.close();
    }
}
