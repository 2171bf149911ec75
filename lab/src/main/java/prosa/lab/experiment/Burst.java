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
import prosa.lab.Wire;
import prosa.lab.client.Address;
import prosa.lab.client.Clients;
import prosa.lab.client.Connection;
import prosa.lab.client.Following;
import prosa.lab.client.Listener;
import prosa.lab.client.Speaker;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;

/** One speaker says some thousand lines at once; followers on every wire are in the room. */
final class Burst {
    private static final String TEXT = "one line of a burst of many lines at once";
    private static final int HTTP_CONNECTIONS = 32;
    private static final int BEFORE = 20;
    private static final Duration CALM = Duration.ofMillis(10);
    /** For 10,000 lines; some thousand lines a second is what slow disks take. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Address server;
    private final Patience patience;

    Burst(Address server, Patience patience) {
        this.server = server;
        this.patience = patience;
    }

    List<Trial> trials(Set<Wire> wires) throws IOException, InterruptedException {
        List<Trial> trials = new ArrayList<>();
        for (Variant variant : List.of(Variant.FROM_WEBSOCKET, Variant.FROM_TCP, Variant.FROM_HTTP)) {
            trials.addAll(burst(variant, wires));
        }
        return trials;
    }

    private List<Trial> burst(Variant variant, Set<Wire> wires) throws IOException, InterruptedException {
        Script script = new Script(BEFORE + patience.burst(), TEXT);
        Map<Wire, Heard> heard = new EnumMap<>(Wire.class);
        List<Connection> open = new ArrayList<>();
        try {
            for (Wire wire : wires) {
                Heard one = new Heard(script);
                heard.put(wire, one);
                open.add(Clients.follow(wire, server, Following.now(script.room(), one))
                        .connection());
            }
            List<Speaker> speakers = speakers(variant, script.room());
            speakers.forEach(speaker -> open.add(speaker.connection()));
            script.say(speakers.getFirst(), BEFORE, CALM);
            long start = System.nanoTime();
            sayAll(script, speakers, start);
            Duration spoken = Wait.since(start);
            for (Heard one : heard.values()) {
                one.awaitAll(PATIENCE.minus(Wait.since(start)));
            }
            return heard.entrySet().stream()
                    .map(one -> sum(one.getKey(), variant, script, one.getValue(), start, spoken))
                    .toList();
        } finally {
            open.forEach(Connection::close);
        }
    }

    private List<Speaker> speakers(Variant variant, String room) throws IOException {
        Wire wire = switch (variant) {
            case FROM_WEBSOCKET -> Wire.WEBSOCKET;
            case FROM_TCP -> Wire.TCP;
            default -> Wire.NDJSON;
        };
        int count = variant == Variant.FROM_HTTP ? HTTP_CONNECTIONS : 1;
        List<Speaker> speakers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            speakers.add(Clients.speaker(wire, server, Following.now(room, Listener.DEAF)));
        }
        return speakers;
    }

    /** All lines were due at the start. */
    private void sayAll(Script script, List<Speaker> speakers, long start) throws IOException, InterruptedException {
        List<Callable<Void>> shares = new ArrayList<>();
        for (int i = 0; i < speakers.size(); i++) {
            Speaker speaker = speakers.get(i);
            int share = patience.burst() * (i + 1) / speakers.size() - patience.burst() * i / speakers.size();
            shares.add(() -> {
                for (int line = 0; line < share; line++) {
                    script.sayNext(speaker, start);
                }
                return null;
            });
        }
        Together.all(shares);
    }

    private static Trial sum(Wire wire, Variant variant, Script script, Heard heard, long start, Duration spoken) {
        Duration last = Duration.ofNanos(heard.longestNanos(BEFORE, script.said()));
        long came = heard.arrivedSince(start, BEFORE, script.said());
        List<Observation> seen = List.of(
                Seen.LAST_AFTER.is(last),
                Seen.SPOKEN_IN.is(spoken),
                Seen.LINES_PER_SECOND.is(came * 1_000_000_000L / Math.max(1, last.toNanos())),
                Seen.OUT_OF_ORDER.is(heard.outOfOrder()));
        return heard.trial(Optional.of(wire), variant, heard.usualNanos(0, BEFORE), seen);
    }
}
