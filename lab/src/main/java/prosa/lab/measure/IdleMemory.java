package prosa.lab.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import prosa.lab.Wire;
import prosa.lab.client.Clients;
import prosa.lab.client.Follower;
import prosa.lab.client.Following;
import prosa.lab.client.Listener;
import prosa.lab.figures.Cost.Idle;
import prosa.lab.figures.Cost.Source;
import prosa.lab.server.Server;
import prosa.lab.server.Spending;

/**
 * What an idle connection costs the server in memory: how much more is there after some hundred have come. The first ones are not
 * counted, as they make the server load what connecting needs.
 *
 * <p>The laboratory's own server is asked to collect its garbage, and what is left on its heap is compared. What is resident would
 * tell more of the collector than of connections: 1,000 of them fit into pages that some garbage had touched before.
 */
final class IdleMemory {
    private static final int SAMPLES = 2;
    private static final long BETWEEN_MILLIS = 500;

    private final Wire wire;
    private final Server server;
    private final Source source;

    private IdleMemory(Wire wire, Server server, Source source) {
        this.wire = wire;
        this.server = server;
        this.source = source;
    }

    /**
     * Opens {@code count} connections, a quarter as many before that, and closes them all.
     *
     * @param own whether the server may be asked to collect its garbage
     * @return empty if the server's memory can't be looked at
     */
    static Optional<Idle> measure(Wire wire, Server server, boolean own, int count)
            throws IOException, InterruptedException {
        if (count == 0 || server.process().isEmpty()) {
            return Optional.empty();
        }
        Spending process = server.process().get();
        boolean live = own && process.liveHeapBytes().isPresent();
        return new IdleMemory(wire, server, live ? Source.LIVE_HEAP : Source.RESIDENT).measure(process, count);
    }

    private Optional<Idle> measure(Spending process, int count) throws IOException, InterruptedException {
        List<Follower> idle = new ArrayList<>();
        try {
            open(count / 4, idle);
            LongSummaryStatistics before = sample(process);
            open(count, idle);
            LongSummaryStatistics after = sample(process);
            if (before.getCount() == 0 || after.getCount() == 0) {
                return Optional.empty();
            }
            long noise = Math.max(before.getMax() - before.getMin(), after.getMax() - after.getMin());
            long each = Math.round((after.getAverage() - before.getAverage()) / count);
            return Optional.of(new Idle(count, each, noise / count, source));
        } finally {
            idle.forEach(Follower::close);
        }
    }

    private void open(int count, List<Follower> into) throws IOException {
        for (int i = 0; i < count; i++) {
            into.add(Clients.follow(wire, server.address(), Following.now("lab-idle", Listener.DEAF)));
        }
    }

    /** Not at once one after the other: presence is told a second later, and what is resident goes up and down. */
    private LongSummaryStatistics sample(Spending process) throws InterruptedException {
        LongSummaryStatistics samples = new LongSummaryStatistics();
        for (int i = 0; i < SAMPLES; i++) {
            new CountDownLatch(1).await(BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
            OptionalLong bytes = switch (source) {
                case LIVE_HEAP -> process.liveHeapBytes();
                case RESIDENT -> process.residentBytes();
            };
            bytes.ifPresent(samples::accept);
        }
        return samples;
    }
}
