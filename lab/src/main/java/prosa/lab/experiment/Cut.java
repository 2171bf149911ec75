package prosa.lab.experiment;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import prosa.lab.Wire;
import prosa.lab.client.Address;
import prosa.lab.client.Clients;
import prosa.lab.client.Follower;
import prosa.lab.client.Following;
import prosa.lab.client.Listener;
import prosa.lab.client.Speaker;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;
import prosa.lab.relay.Fault;

/** A connection is killed in mid-conversation by a RST, and the client comes back half a second later. */
final class Cut {
    private static final Duration EVERY = Duration.ofMillis(20);
    private static final Duration AWAY = Duration.ofMillis(500);

    private final Address server;
    private final Patience patience;

    Cut(Address server, Patience patience) {
        this.server = server;
        this.patience = patience;
    }

    List<Trial> trials(Set<Wire> wires) throws IOException, InterruptedException {
        List<Callable<Trial>> all = new ArrayList<>();
        for (Wire wire : wires) {
            for (Variant variant : List.of(Variant.WITH_RESUME, Variant.WITHOUT_RESUME)) {
                all.add(() -> trial(wire, variant));
            }
        }
        return Together.all(all);
    }

    private Trial trial(Wire wire, Variant variant) throws IOException, InterruptedException {
        int messages = patience.messages();
        Script script = new Script(messages, "in mid-conversation");
        Heard heard = new Heard(script);
        Following now = Following.now(script.room(), heard);
        Following deaf = Following.now(script.room(), Listener.DEAF);
        try (Through way = Through.to(server);
                Speaker speaker = Clients.speaker(Wire.TCP, server, deaf);
                Follower first = Clients.follow(wire, way.address(), now)) {
            FutureTask<Void> talk = new FutureTask<>(() -> {
                script.say(speaker, messages, EVERY);
                return null;
            });
            Thread.ofVirtual().start(talk);
            Wait.until(() -> script.said() >= messages / 3, patience.settle());
            int usual = script.said();
            long cut = System.nanoTime();
            way.set(new Fault.Cut(Fault.Cut.How.RST));
            Wait.until(heard::hasEnded, patience.settle());
            Duration noticed = Wait.since(cut);
            Wait.until(cut + AWAY.toNanos());
            Following again =
                    variant == Variant.WITH_RESUME ? now.since(first.position()) : Following.now(script.room(), heard);
            int missed = script.said();
            long back = System.nanoTime();
            try (Follower second = Clients.follow(wire, way.address(), again)) {
                Duration away = Wait.since(cut);
                Together.result(talk);
                heard.awaitLast(patience.settle());
                List<Observation> seen = List.of(
                        Seen.CUT_NOTICED.is(noticed),
                        Seen.AWAY.is(away),
                        Seen.REPLAYED.is(heard.arrivedSince(back, 0, missed)),
                        Seen.GAPS.is(heard.gaps()));
                return heard.trial(Optional.of(wire), variant, heard.usualNanos(0, usual), seen);
            }
        }
    }
}
