package prosa.lab.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import prosa.lab.Wire;
import prosa.lab.client.Clients;
import prosa.lab.client.Follower;
import prosa.lab.client.Following;
import prosa.lab.client.Listener;
import prosa.lab.figures.Cost.Idle;
import prosa.lab.server.Server;
import prosa.lab.server.Spending;

/**
 * What an idle connection costs the server in memory: how much more is resident after some hundred have come. The first ones are not
 * counted, as they make the server load and compile what connecting needs.
 */
final class IdleMemory {
    private static final int SAMPLES = 5;
    private static final long BETWEEN_MILLIS = 100;
    /** The JVM gives the C library's free memory back every 2 seconds, as the launcher tells it to. */
    private static final long SETTLE_MILLIS = 2_200;

    private IdleMemory() {}

    /**
     * Opens {@code count} connections, half as many before that, and closes them all.
     *
     * @param own whether the server may be asked to collect its garbage; without that the samples lie far apart
     * @return empty if the server's memory can't be looked at
     */
    static Optional<Idle> measure(Wire wire, Server server, boolean own, int count)
            throws IOException, InterruptedException {
        if (count == 0 || server.process().isEmpty()) {
            return Optional.empty();
        }
        Spending process = server.process().get();
        List<Follower> idle = new ArrayList<>();
        try {
            open(wire, server, count / 2, idle);
            LongSummaryStatistics before = sample(process, own);
            open(wire, server, count, idle);
            LongSummaryStatistics after = sample(process, own);
            if (before.getCount() == 0 || after.getCount() == 0) {
                return Optional.empty();
            }
            long noise = Math.max(before.getMax() - before.getMin(), after.getMax() - after.getMin());
            return Optional.of(
                    new Idle(count, Math.round((after.getAverage() - before.getAverage()) / count), noise / count));
        } finally {
            idle.forEach(Follower::close);
        }
    }

    private static void open(Wire wire, Server server, int count, List<Follower> into) throws IOException {
        for (int i = 0; i < count; i++) {
            into.add(Clients.follow(wire, server.address(), Following.now("lab-idle", Listener.DEAF)));
        }
    }

    private static LongSummaryStatistics sample(Spending process, boolean own) throws InterruptedException {
        if (own) {
            process.collectGarbage();
        }
        pause(SETTLE_MILLIS);
        LongSummaryStatistics samples = new LongSummaryStatistics();
        for (int i = 0; i < SAMPLES; i++) {
            pause(BETWEEN_MILLIS);
            process.residentBytes().ifPresent(samples::accept);
        }
        return samples;
    }

    /** There is nothing to wait for but time. */
    private static void pause(long millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}
