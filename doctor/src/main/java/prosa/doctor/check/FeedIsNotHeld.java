package prosa.doctor.check;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the feed brings at once what happens: its opening, and then that somebody comes into the room, who is this check itself. Over
 * WebSocket one is told so without delay, so the feed's is counted from there. Where no WebSocket passes, the next heartbeat has to do.
 */
record FeedIsNotHeld(Site site, Patience patience) implements Check {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** What comes sooner, if not at once, is tried again: a busy machine has made 3 s of it. Three trials fit into a minute. */
    private static final Duration DOUBTFUL = Duration.ofSeconds(8);

    private static final int TRIALS = 3;

    /** For how long the server is silent on a feed, at most. */
    private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(15);

    @Override
    public String id() {
        return "feed";
    }

    /** How one trial went. */
    private sealed interface Trial {
        record Held(Duration held) implements Trial {}

        record Told(Finding finding) implements Trial {}
    }

    @Override
    public Finding find() throws IOException {
        Trial trial = trial();
        for (int more = 1; more < TRIALS && isDoubtful(trial); more++) {
            trial = trial();
        }
        return switch (trial) {
            case Trial.Held(Duration held) ->
                held.compareTo(AT_ONCE) > 0 ? wrong("held", Seconds.of(held)) : right("at-once");
            case Trial.Told(Finding finding) -> finding;
        };
    }

    private static boolean isDoubtful(Trial trial) {
        return trial instanceof Trial.Held(Duration held)
                && held.compareTo(AT_ONCE) > 0
                && held.compareTo(DOUBTFUL) < 0;
    }

    private Trial trial() throws IOException {
        try (Feed feed = Feed.open(site, patience.held())) {
            feed.awaitOpening();
            Duration opening = feed.age();
            return opening.compareTo(AT_ONCE) > 0 ? new Trial.Held(opening) : comeIn(feed);
        } catch (Feed.Refused e) {
            return new Trial.Told(wrong("other", String.valueOf(e.getMessage())));
        } catch (SocketTimeoutException e) {
            return new Trial.Told(wrong("never", patience.held().toSeconds()));
        }
    }

    private Trial comeIn(Feed feed) throws IOException {
        Optional<Visit> in = visit();
        if (in.isEmpty()) {
            return new Trial.Told(awaitHeartbeat(feed));
        }
        try (Visit visit = in.get()) {
            long since = System.nanoTime();
            feed.arrivals().within(patience.held());
            feed.awaitEvent("joined");
            return new Trial.Held(Duration.ofNanos(System.nanoTime() - since));
        }
    }

    /** Somebody who is in the room; empty if there is no way in. */
    private Optional<Visit> visit() {
        try {
            Visit visit = Visit.begin(site, Optional.empty(), Visit.PATIENCE);
            try {
                visit.join();
                return Optional.of(visit);
            } catch (IOException e) {
                visit.close();
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Finding awaitHeartbeat(Feed feed) throws IOException {
        if (patience.held().compareTo(BETWEEN_HEARTBEATS) <= 0) {
            return notTried("no-way-in");
        }
        feed.arrivals().within(patience.held());
        while (!feed.line().startsWith(":")) {}
        return right("heartbeat");
    }
}
