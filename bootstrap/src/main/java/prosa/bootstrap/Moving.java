package prosa.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import prosa.adapter.nats.NatsArrival;
import prosa.adapter.nats.NatsDeparture;
import prosa.adapter.sqlite.SqliteArrival;
import prosa.adapter.sqlite.SqliteDeparture;
import prosa.application.port.Arrival;
import prosa.application.port.Departure;
import prosa.application.port.HistoryUnusable;
import prosa.application.port.HouseClock;
import prosa.application.port.LogUnusable;
import prosa.application.port.SharedLog;
import prosa.application.port.Tally;

/** Moves a history: all of it, or nothing that anybody takes for one. Both ends are read to the end and compared before it counts. */
record Moving(MoveReport report, HouseClock clock) {
    /**
     * From a folder.
     *
     * @return what there is to tell; empty if the ends differ
     * @throws StartFailed if either end is not to be used
     * @throws IOException if it was cut off
     */
    Optional<String> move(Path from, SharedLog to) throws StartFailed, IOException, InterruptedException {
        try (Departure departure = departure(from);
                Arrival arrival = arrival(to)) {
            return move(departure, arrival)
                    .map(moved -> report.done(moved, from, to.servers().getFirst()));
        }
    }

    /** The same, back. */
    Optional<String> move(SharedLog from, Path to) throws StartFailed, IOException, InterruptedException {
        try (Departure departure = departure(from);
                Arrival arrival = arrival(to)) {
            return move(departure, arrival)
                    .map(moved -> report.done(moved, from.servers().getFirst(), to));
        }
    }

    private Optional<Tally> move(Departure departure, Arrival arrival) throws IOException, InterruptedException {
        report.begin(arrival.isResumed(), departure.count());
        departure.tell((next, upTo) -> {
            arrival.copy(next, upTo);
            report.moved(next.size());
        });
        arrival.keep(departure.facts());
        report.compares();
        Tally is = arrival.settle(departure.epoch());
        Tally was = departure.tally();
        if (!is.equals(was)) {
            report.differs(was, is);
            return Optional.empty();
        }
        arrival.finish();
        return Optional.of(was);
    }

    private static Departure departure(Path from) throws StartFailed, InterruptedException {
        try {
            return SqliteDeparture.open(from);
        } catch (HistoryUnusable e) {
            throw StartFailed.ofHistory(Move.FROM, e);
        }
    }

    private Arrival arrival(Path to) throws StartFailed, InterruptedException {
        try {
            return SqliteArrival.open(to, clock);
        } catch (HistoryUnusable e) {
            throw StartFailed.ofHistory(Move.TO, e);
        }
    }

    private Departure departure(SharedLog from) throws StartFailed, IOException, InterruptedException {
        try {
            return NatsDeparture.open(from, clock);
        } catch (LogUnusable e) {
            throw StartFailed.ofLog(Move.FROM, e);
        }
    }

    private Arrival arrival(SharedLog to) throws StartFailed, IOException, InterruptedException {
        try {
            return NatsArrival.open(to, clock);
        } catch (LogUnusable e) {
            throw StartFailed.ofLog(Move.TO, e);
        }
    }
}
