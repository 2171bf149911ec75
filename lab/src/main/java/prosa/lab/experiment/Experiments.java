package prosa.lab.experiment;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import prosa.lab.Wire;
import prosa.lab.WorkFolder;
import prosa.lab.figures.Experiment;
import prosa.lab.figures.Experiment.Kind;
import prosa.lab.figures.Trial;
import prosa.lab.figures.Vanished;
import prosa.lab.server.Server;

/**
 * Does the experiments. Half-open goes on beside the others, on threads of its own and, where the system lets packets be lost, on a
 * server of its own: it waits for a minute. Used once, by one thread.
 */
public final class Experiments {
    private final Server server;
    private final Optional<String> main;
    private final Set<Wire> wires;
    private final Patience patience;
    private final WorkFolder work;
    private final Report report;
    private final Map<Kind, Experiment> done = new EnumMap<>(Kind.class);
    private boolean reallyLost;
    private Map<Wire, Vanished> vanished = Map.of();

    /** Is told how far it is, on the thread that does it. */
    public interface Report {
        /** One begins, and the one before has ended. */
        void begins(Kind kind, Duration expected);

        /** One could not be done. */
        void failed(Kind kind, IOException why);
    }

    /**
     * What they came to.
     *
     * @param experiments those that could be done, in the order of {@link Kind}
     * @param vanished who noticed whom, by wire; empty if half-open was not done
     * @param reallyLost whether packets were lost in a network namespace
     */
    public record Found(List<Experiment> experiments, Map<Wire, Vanished> vanished, boolean reallyLost) {
        public Found {
            experiments = List.copyOf(experiments);
            vanished = Map.copyOf(vanished);
        }
    }

    /**
     * @param main the class with the main method of Prosa, for another server in a network of its own; empty: only this server
     * @param work for what they keep while they go on
     */
    public Experiments(
            Server server, Optional<String> main, Set<Wire> wires, Patience patience, WorkFolder work, Report report) {
        this.server = server;
        this.main = main;
        this.wires = EnumSet.copyOf(wires);
        this.patience = patience;
        this.work = work;
        this.report = report;
    }

    /** Does these. */
    public Found run(Set<Kind> kinds) throws InterruptedException {
        Optional<FutureTask<HalfOpen.Found>> halfOpen = Optional.empty();
        if (kinds.contains(Kind.HALF_OPEN)) {
            FutureTask<HalfOpen.Found> waiting = new FutureTask<>(this::halfOpen);
            Thread.ofVirtual().name("lab-half-open").start(waiting);
            halfOpen = Optional.of(waiting);
        }
        long start = System.nanoTime();
        try {
            for (Kind kind : Kind.values()) {
                if (kind != Kind.HALF_OPEN && kinds.contains(kind)) {
                    report.begins(kind, expected(kind));
                    attempt(kind);
                }
            }
            if (halfOpen.isPresent()) {
                report.begins(Kind.HALF_OPEN, expected(Kind.HALF_OPEN).minus(Wait.since(start)));
                take(halfOpen.get());
            }
        } finally {
            halfOpen.ifPresent(waiting -> waiting.cancel(true));
        }
        List<Experiment> inOrder = new ArrayList<>(done.values());
        return new Found(inOrder, vanished, reallyLost);
    }

    private void attempt(Kind kind) throws InterruptedException {
        try {
            done.put(kind, new Experiment(kind, trials(kind)));
        } catch (IOException e) {
            report.failed(kind, e);
        }
    }

    private List<Trial> trials(Kind kind) throws IOException, InterruptedException {
        return switch (kind) {
            case CUT -> new Cut(server.address(), patience).trials(wires);
            case STALL -> new Stall(server, patience).trials(wires);
            case HALF_OPEN -> throw new IllegalArgumentException("it goes on beside the others");
            case BUFFERING_PROXY -> new BufferingProxy(server.address(), patience, work).trials(wires);
            case SIX_FEEDS -> new SixFeeds(server.address(), patience).trials(wires);
            case BROWSER -> new InBrowser(server.address(), patience, work).trials(wires);
            case BURST -> new Burst(server.address(), patience).trials(wires);
            case AUTH -> new Auth(server.address()).trials(wires);
            case UNICODE -> new Unicode(server.address(), patience).trials(wires);
        };
    }

    private HalfOpen.Found halfOpen() throws IOException, InterruptedException {
        try (Way way = way()) {
            return new HalfOpen(way, patience).trials(wires);
        }
    }

    private Way way() throws IOException, InterruptedException {
        Optional<Way> namespace = main.isPresent() ? NamespaceWay.make(main.get(), work) : Optional.empty();
        return namespace.orElseGet(() -> new RelayWay(server.address()));
    }

    private void take(FutureTask<HalfOpen.Found> waiting) throws InterruptedException {
        try {
            HalfOpen.Found found = Together.result(waiting);
            done.put(Kind.HALF_OPEN, new Experiment(Kind.HALF_OPEN, found.trials()));
            vanished = found.vanished();
            reallyLost = found.reallyLost();
        } catch (IOException e) {
            report.failed(Kind.HALF_OPEN, e);
        }
    }

    private Duration expected(Kind kind) {
        return switch (kind) {
            case CUT -> Duration.ofSeconds(4);
            case STALL -> patience.stall();
            case HALF_OPEN -> patience.halfOpen().plusSeconds(5);
            case BUFFERING_PROXY -> Duration.ofSeconds(6);
            case SIX_FEEDS, AUTH, UNICODE -> Duration.ofSeconds(3);
            case BROWSER, BURST -> Duration.ofSeconds(10);
        };
    }
}
