package prosa.doctor.check;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Whether connections stay on which little or nothing is said: a feed with its heartbeats, a WebSocket with its pings, and a long poll, which
 * hears nothing before its end. What is cut is counted from the last byte that came.
 */
record SilenceIsBorne(Site site, Patience patience) implements Check {
    private static final int OK = 200;
    /** With which proxies give up. */
    private static final Set<Integer> GIVEN_UP = Set.of(408, 500, 502, 504);

    @Override
    public String id() {
        return "silence";
    }

    /** How it went on one connection. */
    private sealed interface Watch {
        /** Nobody cut it. */
        record Stayed() implements Watch {}

        /** @param how the way to say so, by what it was */
        record Cut(String how, Duration silence) implements Watch {}

        /** It could not be opened. */
        record Unopened() implements Watch {}
    }

    @Override
    public Finding find() throws IOException {
        List<Watch> watched = watchAll();
        Optional<Watch.Cut> cut = watched.stream()
                .filter(Watch.Cut.class::isInstance)
                .map(Watch.Cut.class::cast)
                .min(Comparator.comparing(Watch.Cut::silence));
        if (cut.isPresent()) {
            return wrong(cut.get().how(), Seconds.of(cut.get().silence()));
        }
        long stayed = watched.stream().filter(Watch.Stayed.class::isInstance).count();
        if (stayed == 0) {
            return notTried("unopened");
        }
        return right(
                stayed == watched.size() ? "borne" : "borne-in-part",
                patience.silence().toSeconds());
    }

    private List<Watch> watchAll() throws IOException {
        List<Watch> watched = new ArrayList<>();
        try (ExecutorService watchers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Watch>> tasks = List.of(this::feed, this::webSocket, this::longPoll);
            for (Future<Watch> watch : watchers.invokeAll(tasks)) {
                watched.add(watch.get());
            }
            return watched;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private interface Staying {
        /** Never returns. */
        void stay() throws IOException;
    }

    private static Watch watch(String how, Arrivals arrivals, Staying staying) {
        try {
            staying.stay();
            throw new IllegalStateException("nobody ends it");
        } catch (SocketTimeoutException e) {
            return new Watch.Stayed();
        } catch (IOException e) {
            return new Watch.Cut(how, arrivals.silence());
        }
    }

    private Watch feed() {
        try (Feed feed = Feed.open(site, patience.silence())) {
            return watch("feed", feed.arrivals(), () -> {
                while (true) {
                    feed.line();
                }
            });
        } catch (IOException e) {
            return new Watch.Unopened();
        }
    }

    /** Without coming in: who has no name is asked for it after a minute, and may stay for two. */
    private Watch webSocket() {
        try (Visit visit = Visit.begin(site, Optional.empty(), patience.silence())) {
            return visit.isUpgraded() ? watch("websocket", visit.arrivals(), visit::stay) : new Watch.Unopened();
        } catch (IOException e) {
            return new Watch.Unopened();
        }
    }

    private Watch longPoll() {
        String path =
                "/messages?room=" + site.room() + "&wait=" + patience.poll().toSeconds();
        try (Exchange exchange = Exchange.begin(site, "GET", path, List.of(), patience.silence())) {
            try {
                int status = exchange.head().status();
                if (GIVEN_UP.contains(status)) {
                    return new Watch.Cut("long-poll", exchange.age());
                }
                return status == OK ? new Watch.Stayed() : new Watch.Unopened();
            } catch (SocketTimeoutException e) {
                return new Watch.Stayed();
            } catch (IOException e) {
                return new Watch.Cut("long-poll", exchange.arrivals().silence());
            }
        } catch (IOException e) {
            return new Watch.Unopened();
        }
    }
}
