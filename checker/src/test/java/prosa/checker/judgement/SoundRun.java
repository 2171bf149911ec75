package prosa.checker.judgement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A run as it should be: two talk, two want one name, one of the answers is lost, a connection is resumed, and there are secrets. */
final class SoundRun {
    static final String ROOM = "lab";
    static final long EPOCH = 1_795_356_346_674L;
    /** Places are so far apart that others fit between them. */
    private static final int STEP = 10;

    private SoundRun() {}

    static Position at(int place) {
        return new Position(EPOCH, (long) place * STEP);
    }

    static Position between(int one, int other) {
        return new Position(EPOCH, (long) (one + other) * STEP / 2);
    }

    static Answer kept(int place, long moment) {
        return new Answer.Acknowledged(at(place), moment);
    }

    static Attempt say(String person, String membership, String name, String text, long moment, Answer answer) {
        return new Attempt(person, membership, ROOM, name, "ws", text, moment, answer);
    }

    static Attempt answered(Attempt attempt, Answer answer) {
        return new Attempt(
                attempt.person(),
                attempt.membership(),
                attempt.room(),
                attempt.name(),
                attempt.wire(),
                attempt.text(),
                attempt.moment(),
                answer);
    }

    static Entry entry(Transcript run, String text) {
        return run.history().stream()
                .filter(entry -> entry.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    static Transcript transcript() {
        List<Entry> history = List.of(
                entry(1, "Ana", "ana 1"),
                entry(2, "Bia", "bia 1"),
                entry(3, "Ana", "ana 2"),
                entry(4, "Bia", "bia 2"),
                entry(5, "Bia", "bia unanswered"),
                entry(6, "Zoe", "zoe of Rita"),
                entry(7, "Zoe", "zoe of Rita, again"),
                entry(8, "Ana", "ana 3"),
                entry(9, "zoe", "zoe of Eva"));
        return new Transcript(attempts(), history, observers(history), confidences());
    }

    private static List<Attempt> attempts() {
        return List.of(
                say("ana", "ana#1", "Ana", "ana 1", 1, kept(1, 2)),
                say("bia", "bia#1", "Bia", "bia 1", 3, new Answer.None()),
                // Without an answer it is said again, on another connection, and told where it is since the first time.
                say("bia", "bia#2", "Bia", "bia 1", 5, kept(2, 8)),
                say("ana", "ana#1", "Ana", "ana 2", 6, kept(3, 9)),
                say("bia", "bia#2", "Bia", "bia 2", 7, kept(4, 10)),
                say("bia", "bia#2", "Bia", "bia refused", 11, new Answer.Refused("malformed")),
                say("bia", "bia#2", "Bia", "bia unavailable", 12, new Answer.Refused("unavailable")),
                say("bia", "bia#2", "Bia", "bia unanswered", 13, new Answer.None()),
                say("eva", "eva#0", "Zoe", "eva, before she had the name", 14, new Answer.Refused("name-taken")),
                say("rita", "rita#1", "Zoe", "zoe of Rita", 15, kept(6, 16)),
                say("rita", "rita#1", "Zoe", "zoe of Rita, again", 17, kept(7, 18)),
                say("ana", "ana#1", "Ana", "ana 3", 19, kept(8, 20)),
                say("eva", "eva#2", "zoe", "zoe of Eva", 21, kept(9, 22)));
    }

    private static List<Observer> observers(List<Entry> history) {
        List<Seen> all = history.stream().<Seen>map(Seen.Said::new).toList();
        List<Seen> feed = new ArrayList<>(all);
        feed.add(0, new Seen.Other("{\"type\":\"joined\",\"name\":\"Ana\"}"));
        // Ana was cut off and back before her third: she was shown that one, and her others not.
        List<Seen> anas = Stream.concat(
                        all.stream()
                                .filter(seen -> seen instanceof Seen.Said(Entry entry)
                                        && (!entry.by().equals("Ana")
                                                || entry.text().equals("ana 3"))),
                        Stream.of(new Seen.Whisper("psst 1")))
                .toList();
        return List.of(
                new Observer("feed", Optional.empty(), ROOM, at(0), feed, true),
                new Observer("ana", Optional.of("ana"), ROOM, at(0), anas, true),
                // Read while it went on: what came later is in none of them.
                new Observer("pages", Optional.empty(), ROOM, at(0), all.subList(0, 6), false));
    }

    private static List<Confidence> confidences() {
        return List.of(
                new Confidence("a whisper", "psst 1", Set.of("ana")),
                new Confidence("a claim's secret", "prosa_claim_1", Set.of("ana")));
    }

    private static Entry entry(int place, String by, String text) {
        return new Entry(at(place), ROOM, by, text);
    }
}
