package prosa.lab.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import prosa.lab.Wire;
import prosa.lab.client.Clients;
import prosa.lab.client.Follower;
import prosa.lab.client.Following;
import prosa.lab.client.Listener;
import prosa.lab.client.Said;
import prosa.lab.client.Speaker;
import prosa.lab.figures.Connect;
import prosa.lab.figures.Disturbance;
import prosa.lab.figures.Latency;
import prosa.lab.figures.Settings;
import prosa.lab.figures.Traffic;
import prosa.lab.server.CpuTime;
import prosa.lab.server.Server;
import prosa.lab.server.Spending;

/**
 * Followers of one room over one wire, and a speaker in it, who has a WebSocket whatever the wire: what bringing costs is compared, and
 * {@link Monologue} tells what saying does. It begins when it is opened and lives until it is closed; used by one thread.
 */
final class Load implements AutoCloseable {
    /** What is not there by then after the last message was due is missing. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** The warm-up says so many times as much: compilers count calls, not seconds. */
    private static final int WARM_UP_FACTOR = 8;
    /** Said at the end of the warm-up: as a room's messages arrive in order, all before them have arrived when they have. */
    private static final Duration CALM = Duration.ofMillis(200);

    private final Wire wire;
    private final Server server;
    private final Settings settings;
    private final List<Follower> followers = new ArrayList<>();
    private final Speaker speaker;
    private volatile Optional<Arrivals> arrivals = Optional.empty();

    private Load(Wire wire, Server server, Settings settings) throws IOException {
        this.wire = wire;
        this.server = server;
        this.settings = settings;
        String room = "lab-" + tag();
        try {
            for (int i = 0; i < settings.subscribers(); i++) {
                followers.add(Clients.follow(wire, server.address(), Following.now(room, this::said)));
            }
            speaker = Clients.speaker(Wire.WEBSOCKET, server.address(), Following.now(room, Listener.DEAF));
        } catch (IOException e) {
            followers.forEach(Follower::close);
            throw e;
        }
    }

    static Load open(Wire wire, Server server, Settings settings) throws IOException {
        return new Load(wire, server, settings);
    }

    private void said(Said said) {
        arrivals.ifPresent(arrivals -> arrivals.said(said));
    }

    /**
     * What it takes to connect once the server has done it before, in a room of its own: what a room with others in it has to tell of
     * them is no cost of the wire.
     */
    Connect connect() throws IOException {
        Following alone = Following.now("lab-" + tag(), Listener.DEAF);
        try (Follower follower = Clients.follow(wire, server.address(), alone)) {
            Follower.Opening opening = follower.opening();
            return new Connect(
                    opening.up().total(),
                    opening.down().total(),
                    opening.roundTrips(),
                    follower.connection().isSecured()
                            ? Optional.of(new Connect.Tls(
                                    opening.up().tls(), opening.down().tls()))
                            : Optional.empty());
        }
    }

    /** However long the warm-up is, it ends in time: what the server could not take by then is not said. */
    void warmUp() throws IOException, InterruptedException {
        if (settings.warmUp().isPositive()) {
            Schedule rush = schedule(settings.ratePerSecond() * WARM_UP_FACTOR, settings.warmUp());
            OpenLoop.run(rush, speaker, rush.startNanos() + settings.warmUp().toNanos());
        }
        say(CALM);
    }

    /**
     * @param disturbances what disturbed it
     */
    record Found(Traffic down, Latency latency, OptionalDouble cpuMicrosPerDelivery, List<Disturbance> disturbances) {}

    Found measure() throws IOException, InterruptedException {
        Bytes followersBefore = followerBytes();
        Optional<CpuTime> cpuBefore = cpu();
        Machine machine = Machine.watch(wire, server.process());
        Spoken spoken = say(settings.duration());
        Optional<CpuTime> cpuAfter = cpu();
        List<Disturbance> disturbances = new ArrayList<>(machine.end());
        disturbances.addAll(spoken.disturbances(wire));
        Arrivals arrived = spoken.arrivals;
        OptionalDouble cpu = cpuBefore.isPresent() && cpuAfter.isPresent() && arrived.count() > 0
                ? OptionalDouble.of(cpuAfter.get().since(cpuBefore.get()) / 1_000.0 / arrived.count())
                : OptionalDouble.empty();
        return new Found(
                followerBytes().minus(followersBefore).asDown(arrived.count()), arrived.latency(), cpu, disturbances);
    }

    private record Spoken(Arrivals arrivals, long due, long lateNanos) {
        private static final double LATE_MILLIS = 10;

        List<Disturbance> disturbances(Wire wire) {
            List<Disturbance> found = new ArrayList<>();
            if (lateNanos / 1e6 > LATE_MILLIS) {
                found.add(new Disturbance(Disturbance.Kind.SENDER_LATE, Optional.of(wire), lateNanos / 1e6));
            }
            if (arrivals.missing() > 0) {
                found.add(new Disturbance(
                        Disturbance.Kind.DELIVERIES_MISSING, Optional.of(wire), 100.0 * arrivals.missing() / due));
            }
            return found;
        }
    }

    private Spoken say(Duration duration) throws IOException, InterruptedException {
        Schedule schedule = schedule(settings.ratePerSecond(), duration);
        Arrivals expected = new Arrivals(schedule, followers.size());
        arrivals = Optional.of(expected);
        long late = OpenLoop.run(schedule, speaker, Long.MAX_VALUE);
        expected.await(PATIENCE);
        return new Spoken(expected, (long) schedule.count() * followers.size(), late);
    }

    private Schedule schedule(int rate, Duration duration) {
        long interval = TimeUnit.SECONDS.toNanos(1) / rate;
        int count = (int) Math.max(1, duration.toNanos() / interval);
        return new Schedule(tag(), System.nanoTime() + LEAD_NANOS, interval, count, settings.textBytes());
    }

    private Bytes followerBytes() {
        return Bytes.of(followers.stream().map(Follower::connection).toList());
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
        followers.forEach(Follower::close);
    }
}
