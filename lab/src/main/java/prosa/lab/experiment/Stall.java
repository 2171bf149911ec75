package prosa.lab.experiment;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import prosa.lab.Wire;
import prosa.lab.client.Address;
import prosa.lab.client.Clients;
import prosa.lab.client.Follower;
import prosa.lab.client.Following;
import prosa.lab.client.Listener;
import prosa.lab.client.Said;
import prosa.lab.client.Speaker;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;
import prosa.lab.server.Server;

/** A client stops reading while others go on; when the server has had enough of it, or time is over, it reads on and comes back. */
final class Stall {
    /** 12 KB in UTF-8: kernels take some MB before a server feels anything. */
    private static final String LONG = "語".repeat(3_900);

    private static final int RECEIVE_BUFFER = 64 * 1024;
    private static final int BEFORE = 10;
    private static final Duration EVERY = Duration.ofMillis(12);
    private static final Duration LATER_EVERY = Duration.ofMillis(250);

    private final Server server;
    private final Sockets sockets;
    private final Patience patience;

    Stall(Server server, Patience patience) {
        this.server = server;
        this.sockets = Sockets.of(server);
        this.patience = patience;
    }

    List<Trial> trials(Set<Wire> wires) throws IOException, InterruptedException {
        return Together.all(wires.stream()
                .map(wire -> (Callable<Trial>) () -> new OnWire(wire).trial())
                .toList());
    }

    /** Sees others leave the room. */
    private static final class Witness implements Listener {
        private final AtomicBoolean left = new AtomicBoolean();

        @Override
        public void said(Said said) {}

        @Override
        public void told(String type) {
            if (type.equals("left")) {
                left.set(true);
            }
        }
    }

    /** What the server did about it. */
    private record Reaction(String what, Optional<Duration> after, OptionalLong buffered) {}

    /** The trial of one wire. For one thread. */
    private final class OnWire {
        private final Wire wire;
        private final Address address = server.address();
        private final int port;
        private final Witness witness = new Witness();
        private final Script script;
        private final Heard heard;
        private final Heard other;

        OnWire(Wire wire) {
            this.wire = wire;
            this.port = (wire == Wire.TCP ? address.tcp() : address.http()).at().getPort();
            long later = patience.stall().dividedBy(LATER_EVERY);
            this.script = new Script(BEFORE + patience.stallMessages() + (int) later + 1, LONG);
            this.heard = new Heard(script);
            this.other = new Heard(script);
        }

        Trial trial() throws IOException, InterruptedException {
            Following stalled = Following.now(script.room(), heard);
            try (Speaker speaker = Clients.speaker(Wire.TCP, address, Following.now(script.room(), witness));
                    Follower reader = Clients.follow(wire, address, Following.now(script.room(), other));
                    Follower slow = Clients.follow(wire, address.withReceiveBuffer(RECEIVE_BUFFER), stalled)) {
                script.say(speaker, BEFORE, EVERY);
                heard.awaitAll(patience.settle());
                slow.connection().stopReading();
                Reaction reaction = awaitReaction(speaker, slow);
                slow.connection().readOn();
                Wait.until(heard::hasEnded, Duration.ofSeconds(reaction.after.isPresent() ? 2 : 0));
                comeBack(slow, stalled);
                return sum(reaction);
            }
        }

        private Reaction awaitReaction(Speaker speaker, Follower slow) throws IOException, InterruptedException {
            long start = System.nanoTime();
            long next = start;
            long most = -1;
            while (Wait.since(start).compareTo(patience.stall()) < 0) {
                boolean many = script.said() < BEFORE + patience.stallMessages();
                if (System.nanoTime() - next >= 0 && script.said() < script.most()) {
                    script.sayNext(speaker, next);
                    next += (many ? EVERY : LATER_EVERY).toNanos();
                }
                most = Math.max(most, sockets.waiting(port, slow.connection()).orElse(-1));
                if (witness.left.get()) {
                    return new Reaction("gave-up", Optional.of(Wait.since(start)), buffered(most));
                }
                if (!sockets.holds(port, slow.connection()).orElse(true)) {
                    return new Reaction("closed", Optional.of(Wait.since(start)), buffered(most));
                }
                Wait.during(EVERY.dividedBy(2));
            }
            boolean visible = sockets.holds(port, slow.connection()).isPresent();
            boolean named = wire == Wire.WEBSOCKET || wire == Wire.TCP;
            return new Reaction(visible || named ? "waited" : "not-observable", Optional.empty(), buffered(most));
        }

        private static OptionalLong buffered(long most) {
            return most < 0 ? OptionalLong.empty() : OptionalLong.of(most);
        }

        private void comeBack(Follower slow, Following stalled) throws IOException, InterruptedException {
            if (!heard.hasEnded()) {
                heard.awaitLast(patience.settle());
                return;
            }
            try (Follower again = Clients.follow(wire, address, stalled.since(slow.position()))) {
                heard.awaitLast(patience.settle());
            }
        }

        private Trial sum(Reaction reaction) throws InterruptedException {
            other.awaitLast(patience.settle());
            long usual = other.usualNanos(0, script.said());
            Duration late = Duration.ofNanos(Math.max(0, other.longestNanos(0, script.said()) - usual));
            List<Observation> seen = List.of(
                    Seen.SERVER_DID.is(reaction.what),
                    reaction.after
                            .map(Seen.SERVER_DID_AFTER::is)
                            .orElseGet(() -> Seen.SERVER_DID_AFTER.notWithin(patience.stall())),
                    Seen.REASON.is(heard.reason().isEmpty() ? "none" : heard.reason()),
                    Seen.BUFFERED.is(
                            reaction.buffered.isPresent() ? Long.toString(reaction.buffered.getAsLong()) : "unknown"),
                    Seen.OTHER_DELAYED.is(late),
                    Seen.OTHER_LOST.is(script.said() - other.distinct()),
                    Seen.GAPS.is(heard.gaps()));
            return heard.trial(Optional.of(wire), Variant.ONLY, usual, seen);
        }
    }
}
