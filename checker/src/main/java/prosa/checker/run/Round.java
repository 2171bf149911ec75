package prosa.checker.run;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import prosa.checker.judgement.Answer;
import prosa.checker.judgement.Attempt;
import prosa.checker.judgement.Entry;
import prosa.checker.judgement.Judgement;
import prosa.checker.judgement.Observer;
import prosa.checker.judgement.Position;
import prosa.checker.judgement.Seen;
import prosa.checker.judgement.Transcript;

/** People talk, something happens, and it is decided whether all was as it should be. For one thread. */
public final class Round {
    private static final long LOOK_NANOS = 20_000_000;

    private final Scene scene;
    private final Fault fault;
    private final Pace pace;
    private final Notes notes = new Notes();
    private final String room;
    private final Position from;
    private final Cast cast;

    private Round(Scene scene, Fault fault, Pace pace) throws IOException {
        this.scene = scene;
        this.fault = fault;
        this.pace = pace;
        this.room = newRoom(new SecureRandom());
        this.from = position();
        this.cast = new Cast(scene, room, from, pace, notes);
    }

    /**
     * Makes one.
     *
     * @throws IOException if something is missing for it, or has not come back
     */
    public static Outcome make(Scene scene, Fault fault, Pace pace) throws IOException, InterruptedException {
        if (!scene.awaitReady(pace.patience())) {
            throw new IOException("not ready");
        }
        Round round = new Round(scene, fault, pace);
        try {
            return round.make();
        } finally {
            round.cast.end();
            fault.clear(scene);
        }
    }

    /** In no list, and never the same, whatever the seed: a history that is kept has those of other runs. */
    private static String newRoom(SecureRandom random) {
        String letters = "abcdefghijklmnopqrstuvwxyz0123456789";
        StringBuilder name = new StringBuilder("lab--");
        while (name.length() < 30) {
            name.append(letters.charAt(random.nextInt(letters.length())));
        }
        return name.toString();
    }

    private Position position() throws IOException {
        Http.Whole answer = Http.get(scene.nodes().getFirst(), "/health");
        if (answer.status() != Http.OK) {
            throw new IOException("not in health: " + answer.body());
        }
        return Position.of(Watching.read(answer.body()).path("position").asString());
    }

    private Outcome make() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        cast.start();
        rest(pace.calm());
        AtomicLong over = new AtomicLong();
        fault.make(scene, pace.turn(), () -> {
            notes.mark();
            over.set(System.nanoTime());
        });
        Optional<Duration> well = awaitWell(over.get());
        List<String> falls = new ArrayList<>(scene.raiseFallen());
        fault.mend(scene);
        rest(pace.calm());
        cast.fallSilent();
        Duration talked = Duration.ofNanos(System.nanoTime() - begin);
        boolean settled = awaitEnd();
        cast.end();
        falls.addAll(scene.raiseFallen());
        return outcome(well, settled, talked, falls);
    }

    static void rest(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - until < 0) {
            Client.pause(Math.min(LOOK_NANOS, time.toNanos()));
        }
    }

    private Optional<Duration> awaitWell(long over) {
        while (true) {
            boolean well = isWell();
            Duration since = Duration.ofNanos(System.nanoTime() - over);
            if (well || since.compareTo(pace.patience()) > 0) {
                return well ? Optional.of(since) : Optional.empty();
            }
            Client.pause(LOOK_NANOS);
        }
    }

    private boolean isWell() {
        Map<String, Position> acknowledged = notes.behindMark();
        return acknowledged.keySet().containsAll(cast.talkers())
                && acknowledged.values().stream().allMatch(cast::haveAllReached)
                && scene.isReady();
    }

    /** Whoever is behind then has missed something, which the judgement tells. */
    private boolean awaitEnd() throws IOException {
        long begin = System.nanoTime();
        Optional<Position> before = Optional.empty();
        while (System.nanoTime() - begin < pace.patience().toNanos()) {
            Optional<Position> end = commonEnd();
            // Twice, as somebody may have been about to say something.
            if (end.isPresent() && end.equals(before)) {
                return true;
            }
            before = end;
            Client.pause(LOOK_NANOS * 5);
        }
        return false;
    }

    /** Where the last message is, if all have their answers, all nodes agree on it and all observers were shown it. */
    private Optional<Position> commonEnd() throws IOException {
        Set<Position> ends = new HashSet<>();
        for (Node node : scene.nodes()) {
            ends.add(Pager.last(node, room).orElse(from));
        }
        return ends.stream()
                .findFirst()
                .filter(end -> ends.size() == 1 && cast.isAnswered() && cast.haveAllReached(end));
    }

    private Outcome outcome(Optional<Duration> well, boolean settled, Duration talked, List<String> falls)
            throws IOException {
        List<Node> nodes = scene.nodes();
        List<Entry> history = Pager.history(nodes.getFirst(), room, from);
        List<Observer> observers = new ArrayList<>(cast.observers());
        for (Node other : nodes.subList(1, nodes.size())) {
            List<Seen> seen = Pager.history(other, room, from).stream()
                    .<Seen>map(Seen.Said::new)
                    .toList();
            observers.add(new Observer("the history at " + other.name(), Optional.empty(), room, from, seen, true));
        }
        List<Attempt> attempts = notes.attempts();
        long said = attempts.stream()
                .filter(attempt -> attempt.answer() instanceof Answer.Acknowledged)
                .map(Attempt::text)
                .distinct()
                .count();
        Transcript transcript = new Transcript(attempts, history, observers, notes.confidences());
        Outcome outcome = new Outcome(
                fault, said, talked, observers.size(), cast.gaps(), well, settled, falls, Judgement.of(transcript));
        if (!outcome.isSound()) {
            scene.writeDown(fault.id() + "-" + pace.turn(), transcript);
        }
        return outcome;
    }
}
