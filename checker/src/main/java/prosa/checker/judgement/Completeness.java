package prosa.checker.judgement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * An observer is shown all between where it began and the last that it saw, and to the end if it was there; but for what it said itself, and
 * what a gap was told for. From one epoch to another one comes by a gap alone.
 */
final class Completeness {
    private Completeness() {}

    static List<Finding> findings(Transcript transcript, Log log) {
        List<Finding> found = new ArrayList<>();
        for (Observer observer : transcript.observers()) {
            List<Position> missing = new Watch(observer, log).missing();
            if (!missing.isEmpty()) {
                found.add(new Finding.SilentGap(observer.name(), missing));
            }
        }
        return found;
    }

    /** One observer's way through the log. */
    private static final class Watch {
        private final Observer observer;
        private final Log log;
        private final TreeSet<Position> shown = new TreeSet<>();
        private final List<Position> missing = new ArrayList<>();

        Watch(Observer observer, Log log) {
            this.observer = observer;
            this.log = log;
            for (Seen seen : observer.seen()) {
                if (seen instanceof Seen.Said(Entry entry)) {
                    shown.add(entry.at());
                }
            }
        }

        List<Position> missing() {
            Position reached = observer.from();
            boolean excused = false;
            for (Seen seen : observer.seen()) {
                switch (seen) {
                    case Seen.Said(Entry entry) -> {
                        if (!excused) {
                            demand(reached, entry.at(), false);
                        }
                        excused = false;
                        reached = entry.at().isAfter(reached) ? entry.at() : reached;
                    }
                    case Seen.Gap(Optional<Position> next) -> {
                        // Where it goes on is told: that message itself has to come.
                        excused = next.isEmpty();
                        reached = next.map(Completeness::before).orElse(reached);
                    }
                    case Seen.Whisper _, Seen.Other _ -> {}
                }
            }
            if (observer.present() && !excused && !log.byPosition().isEmpty()) {
                demand(reached, log.byPosition().lastKey(), true);
            }
            return missing;
        }

        private void demand(Position after, Position upTo, boolean toTheEnd) {
            if (!upTo.isAfter(after)) {
                return;
            }
            SortedMap<Position, Entry> between = log.byPosition().subMap(after, false, upTo, toTheEnd);
            between.values().stream()
                    .filter(entry -> entry.room().equals(observer.room()))
                    .filter(entry -> !isOwn(entry))
                    .map(Entry::at)
                    .filter(at -> !shown.contains(at) && !missing.contains(at))
                    .forEach(missing::add);
            if (after.epoch() != upTo.epoch() && !toTheEnd) {
                missing.add(upTo);
            }
        }

        private boolean isOwn(Entry entry) {
            return observer.person().isPresent() && observer.person().equals(log.speaker(entry.text()));
        }
    }

    private static Position before(Position at) {
        return new Position(at.epoch(), Math.max(0, at.offset() - 1));
    }
}
