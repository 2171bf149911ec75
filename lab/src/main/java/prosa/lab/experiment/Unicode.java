package prosa.lab.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import prosa.lab.Wire;
import prosa.lab.client.Address;
import prosa.lab.client.Clients;
import prosa.lab.client.Follower;
import prosa.lab.client.Following;
import prosa.lab.client.Listener;
import prosa.lab.client.Said;
import prosa.lab.client.Speaker;
import prosa.lab.client.Talker;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;

/**
 * Each {@link Sample} is said over each wire, a byte in each write, so that every character is split; and read back over the same
 * wire. SSE, NDJSON and long polling have but one direction: there it is said by POST.
 */
final class Unicode {
    private static final Pattern REASON = Pattern.compile("\"reason\":\"([a-z-]+)\"");

    private final Address server;
    private final Patience patience;

    Unicode(Address server, Patience patience) {
        this.server = server;
        this.patience = patience;
    }

    List<Trial> trials(Set<Wire> wires) throws IOException, InterruptedException {
        List<Callable<List<Trial>>> all = new ArrayList<>();
        wires.forEach(wire -> all.add(() -> trials(wire)));
        return Together.all(all).stream().flatMap(List::stream).toList();
    }

    private List<Trial> trials(Wire wire) throws IOException, InterruptedException {
        String room = new Script(1, "").room();
        BlockingQueue<Said> heard = new LinkedBlockingQueue<>();
        List<Trial> trials = new ArrayList<>();
        try (Follower follower = Clients.follow(wire, server, Following.now(room, heard::add))) {
            for (Sample sample : Sample.values()) {
                trials.add(trial(wire, sample, room, follower, heard));
            }
        }
        return trials;
    }

    /** Is told why the server refused what was said. */
    private static final class Refusals implements Listener {
        private volatile String reason = "";

        String word() {
            return reason.isEmpty() ? "nothing" : reason;
        }

        @Override
        public void said(Said said) {}

        @Override
        public void refused(String why) {
            reason = "refused-" + why;
        }

        @Override
        public void closing(int code, String why) {
            reason = "closed-" + code;
        }

        @Override
        public void ended(Optional<IOException> why) {
            reason = reason.isEmpty() && why.isPresent() ? "closed" : reason;
        }
    }

    /** On a connection of its own: the server may close it for what is said. */
    private Trial trial(Wire wire, Sample sample, String room, Follower follower, BlockingQueue<Said> heard)
            throws IOException, InterruptedException {
        Refusals refusals = new Refusals();
        try (Speaker speaker = Clients.speaker(wire, server, Following.now(room, refusals))) {
            long upBefore = speaker.connection().bytesOut();
            long downBefore = follower.connection().bytesIn();
            speaker.connection().writeByteByByte();
            say(sample, speaker, refusals);
            long up = speaker.connection().bytesOut() - upBefore;
            Optional<Said> back = await(heard, refusals);
            long down = follower.connection().bytesIn() - downBefore;
            int came = back.isPresent() ? 1 : 0;
            List<Observation> seen = List.of(
                    Seen.CAME_BACK.is(
                            back.map(said -> judge(sample, said.text())).orElseGet(refusals::word)),
                    Seen.TEXT_BYTES.is(sample.bytes().length),
                    Seen.BYTES_UP.is(up),
                    Seen.BYTES_DOWN.is(came == 0 ? 0 : down));
            return new Trial(Optional.of(wire), sample.id(), 1, came, 1 - came, 0, OptionalLong.empty(), seen);
        }
    }

    private static void say(Sample sample, Speaker speaker, Refusals refusals) throws IOException {
        try {
            if (sample == Sample.LONE_SURROGATE && !(speaker instanceof Talker)) {
                // A body in UTF-8 can't carry it: browsers put U+FFFD there themselves (WHATWG Encoding §8).
                speaker.say(sample.expected());
            } else if (sample.text().isPresent()) {
                speaker.say(sample.text().get());
            } else {
                speaker.sayBytes(sample.bytes());
            }
        } catch (IOException e) {
            Matcher reason = REASON.matcher(String.valueOf(e.getMessage()));
            if (reason.find()) {
                refusals.refused(reason.group(1));
            } else if (refusals.reason.isEmpty()) {
                throw e;
            }
        }
    }

    private Optional<Said> await(BlockingQueue<Said> heard, Refusals refusals) throws InterruptedException {
        Wait.until(() -> !heard.isEmpty() || !refusals.reason.isEmpty(), patience.settle());
        return Optional.ofNullable(heard.poll(0, TimeUnit.MILLISECONDS));
    }

    private static String judge(Sample sample, String came) {
        if (!came.equals(sample.expected())) {
            return "different";
        }
        return sample.comesBackEqual() ? "equal" : "normalised";
    }
}
