package prosa.lab.experiment;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import prosa.lab.Wire;
import prosa.lab.client.Clients;
import prosa.lab.client.Follower;
import prosa.lab.client.Following;
import prosa.lab.client.Listener;
import prosa.lab.client.Said;
import prosa.lab.client.Speaker;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;
import prosa.lab.figures.Vanished;
import prosa.lab.figures.Vanished.Notice;

/**
 * Packets vanish without a FIN, for all wires at the same moment, while somebody says something each second in their rooms. Each side
 * is watched until it closes the connection. The client then comes back over another way after the last message that it got; who has
 * noticed nothing comes back when time is over.
 */
final class HalfOpen {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration OVERDUE = Duration.ofSeconds(5);
    private static final int BEFORE = 5;
    private static final Duration BEFORE_EVERY = Duration.ofMillis(100);

    private final Way way;
    private final Patience patience;

    HalfOpen(Way way, Patience patience) {
        this.way = way;
        this.patience = patience;
    }

    /**
     * What it came to.
     *
     * @param vanished the summary for each wire, of clients without a watchdog
     * @param reallyLost whether packets were lost, and not swallowed by a relay
     */
    record Found(List<Trial> trials, Map<Wire, Vanished> vanished, boolean reallyLost) {}

    Found trials(Set<Wire> wires) throws IOException, InterruptedException {
        List<Watched> all = new ArrayList<>();
        try {
            for (Wire wire : wires) {
                all.add(new Watched(wire, Variant.NO_WATCHDOG));
                if (heartbeat(wire).isPresent()) {
                    all.add(new Watched(wire, Variant.WITH_HEARTBEAT_WATCHDOG));
                }
            }
            CountDownLatch conversing = new CountDownLatch(all.size());
            FutureTask<Long> vanishing = new FutureTask<>(() -> vanishWhen(conversing));
            Thread.ofVirtual().start(vanishing);
            List<Callable<Trial>> parts = new ArrayList<>();
            all.forEach(one -> parts.add(() -> {
                one.converse(conversing);
                return one.watch(Together.result(vanishing));
            }));
            List<Trial> trials = Together.all(parts);
            Map<Wire, Vanished> summary = new EnumMap<>(Wire.class);
            all.stream()
                    .filter(one -> one.variant == Variant.NO_WATCHDOG)
                    .forEach(one -> summary.put(one.wire, one.summary()));
            return new Found(trials, summary, way.losesPackets());
        } finally {
            all.forEach(Watched::close);
        }
    }

    /** Returns when it was, by {@link System#nanoTime()}. */
    private long vanishWhen(CountDownLatch conversing) throws IOException, InterruptedException {
        conversing.await(patience.settle().toMillis(), TimeUnit.MILLISECONDS);
        way.vanish();
        return System.nanoTime();
    }

    /** The longest silence that is normal on a wire: between two heartbeats, or until a poll is answered. */
    private static Optional<Duration> heartbeat(Wire wire) {
        return switch (wire) {
            case WEBSOCKET -> Optional.of(Duration.ofSeconds(20));
            case SSE, NDJSON -> Optional.of(Duration.ofSeconds(15));
            case LONG_POLL -> Optional.of(Duration.ofSeconds(25));
            case TCP -> Optional.empty();
        };
    }

    /** After which a watchdog gives up: the time of 2.5 heartbeats; an answer to a poll, which has a time of its own, 5 s overdue. */
    private static Optional<Duration> longestSilence(Wire wire) {
        return heartbeat(wire)
                .map(every -> wire == Wire.LONG_POLL
                        ? every.plus(OVERDUE)
                        : every.multipliedBy(5).dividedBy(2));
    }

    /** The browser answers pings by itself, and an EventSource skips comments: no page hears of either. */
    private static boolean pagesSee(Wire wire) {
        return wire == Wire.NDJSON || wire == Wire.LONG_POLL;
    }

    /** One client that vanishes, and who speaks in its room. Used by one thread at a time. */
    private final class Watched implements AutoCloseable {
        private final Wire wire;
        private final Variant variant;
        private final Script script;
        private final Heard heard;
        private final Following following;
        private final Speaker speaker;
        private final Follower follower;
        private final AtomicLong leftNanos = new AtomicLong();
        private Optional<Duration> byServer = Optional.empty();
        private Optional<Duration> byClient = Optional.empty();

        Watched(Wire wire, Variant variant) throws IOException {
            this.wire = wire;
            this.variant = variant;
            this.script = new Script(BEFORE + (int) patience.halfOpen().dividedBy(EVERY) + 2, "while packets vanish");
            this.heard = new Heard(script);
            this.following = Following.now(script.room(), heard);
            this.speaker = Clients.speaker(Wire.TCP, way.around(), Following.now(script.room(), new Listener() {
                @Override
                public void said(Said said) {}

                @Override
                public void told(String type) {
                    if (type.equals("left")) {
                        leftNanos.compareAndSet(0, System.nanoTime());
                    }
                }
            }));
            try {
                this.follower = way.follow(wire, following);
            } catch (IOException e) {
                speaker.close();
                throw e;
            }
        }

        void converse(CountDownLatch conversing) throws IOException, InterruptedException {
            try {
                script.say(speaker, BEFORE, BEFORE_EVERY);
                heard.awaitAll(patience.settle());
            } finally {
                conversing.countDown();
            }
        }

        Trial watch(long vanishedAt) throws IOException, InterruptedException {
            long usual = heard.usualNanos(0, BEFORE);
            long next = vanishedAt;
            Optional<Follower> back = Optional.empty();
            try {
                while (Wait.since(vanishedAt).compareTo(patience.halfOpen()) < 0) {
                    if (System.nanoTime() - next >= 0 && script.said() < script.most()) {
                        script.sayNext(speaker, next);
                        next += EVERY.toNanos();
                    }
                    look(vanishedAt);
                    if (byClient.isPresent() && back.isEmpty()) {
                        back = Optional.of(comeBack());
                    }
                    Wait.during(LOOK);
                }
                if (back.isEmpty()) {
                    back = Optional.of(comeBack());
                }
                heard.awaitLast(patience.settle());
                return sum(vanishedAt, usual);
            } finally {
                back.ifPresent(Follower::close);
            }
        }

        private void look(long vanishedAt) {
            if (byServer.isEmpty() && !way.serverHolds(follower)) {
                byServer = Optional.of(Wait.since(vanishedAt));
            }
            if (byClient.isEmpty() && (heard.hasEnded() || watchdogBites())) {
                byClient = Optional.of(Wait.since(vanishedAt));
            }
        }

        private boolean watchdogBites() {
            Duration silence = Wait.since(follower.connection().arrivedNanos());
            return variant == Variant.WITH_HEARTBEAT_WATCHDOG
                    && longestSilence(wire)
                            .filter(most -> silence.compareTo(most) > 0)
                            .isPresent();
        }

        /** What the vanished connection had got is taken as it is: a client does not wait for more of it. */
        private Follower comeBack() throws IOException {
            String position = follower.position();
            follower.close();
            return Clients.follow(wire, way.around(), following.since(position));
        }

        private Trial sum(long vanishedAt, long usual) {
            List<Observation> seen = new ArrayList<>();
            seen.add(Seen.BY.is(way.id()));
            seen.add(duration(Seen.SERVER_NOTICED, byServer));
            if (wire == Wire.WEBSOCKET || wire == Wire.TCP) {
                Optional<Duration> left = Optional.of(leftNanos.get())
                        .filter(nanos -> nanos != 0)
                        .map(nanos -> Duration.ofNanos(Math.max(0, nanos - vanishedAt)))
                        .filter(after -> after.compareTo(patience.halfOpen()) < 0);
                seen.add(duration(Seen.NAME_LEFT, left));
            }
            seen.add(duration(Seen.CLIENT_NOTICED, byClient));
            seen.add(heartbeat(wire).map(Seen.HEARTBEAT::is).orElseGet(() -> Seen.HEARTBEAT.is("none")));
            seen.add(Seen.HEARTBEAT_SEEN_BY_PAGES.is(pagesSee(wire)));
            return heard.trial(Optional.of(wire), variant, usual, seen);
        }

        private Observation duration(Seen what, Optional<Duration> after) {
            return after.map(what::is).orElseGet(() -> what.notWithin(patience.halfOpen()));
        }

        Vanished summary() {
            return new Vanished(Optional.of(notice(byServer)), Optional.of(notice(byClient)));
        }

        private Notice notice(Optional<Duration> after) {
            return new Notice(after.orElse(patience.halfOpen()), after.isPresent());
        }

        @Override
        public void close() {
            speaker.close();
            follower.close();
        }
    }
}
