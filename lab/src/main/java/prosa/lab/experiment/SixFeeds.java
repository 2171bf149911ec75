package prosa.lab.experiment;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import prosa.lab.Wire;
import prosa.lab.client.Address;
import prosa.lab.client.Clients;
import prosa.lab.client.Connection;
import prosa.lab.client.Following;
import prosa.lab.client.Listener;
import prosa.lab.client.Speaker;
import prosa.lab.figures.Observation;
import prosa.lab.figures.Trial;

/**
 * A page wants to follow seven rooms and to post, in a browser that opens six connections a host. A long poll holds its connection
 * while it waits as any feed does. WebSockets are counted apart; and no page has a TCP connection, so there is no trial of that.
 */
final class SixFeeds {
    private static final int ROOMS = 7;
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Address server;
    private final Patience patience;

    SixFeeds(Address server, Patience patience) {
        this.server = server;
        this.patience = patience;
    }

    List<Trial> trials(Set<Wire> wires) throws IOException, InterruptedException {
        List<Callable<Trial>> all = new ArrayList<>();
        for (Wire wire : wires) {
            if (wire != Wire.TCP) {
                all.add(() -> new Page(wire, Variant.ONE_ROOM_EACH).trial());
            }
            if (wire == Wire.SSE || wire == Wire.NDJSON) {
                all.add(() -> new Page(wire, Variant.ONE_FEED_OF_SEVEN_ROOMS).trial());
            }
        }
        return Together.all(all);
    }

    /** A page in a browser of its own. What it wants runs on threads of its own, each of which may have to wait. */
    private final class Page {
        private final Wire wire;
        private final Variant variant;
        private final SixPerHost browser = new SixPerHost();
        private final InetSocketAddress host = server.http().at();
        private final Script script = new Script(ROOMS, "to one of seven rooms");
        private final Heard heard = new Heard(script);
        private final List<String> rooms = IntStream.range(0, ROOMS)
                .mapToObj(number -> script.room() + "-" + number)
                .toList();
        private final ConcurrentLinkedQueue<Feed> open = new ConcurrentLinkedQueue<>();
        private final AtomicInteger followed = new AtomicInteger();

        Page(Wire wire, Variant variant) {
            this.wire = wire;
            this.variant = variant;
        }

        private record Feed(Connection connection, Optional<SixPerHost.Place> place) {
            void close() {
                connection.close();
                place.ifPresent(SixPerHost.Place::close);
            }
        }

        Trial trial() throws IOException, InterruptedException {
            List<FutureTask<Void>> opening = new ArrayList<>();
            try {
                List<List<String>> feeds = variant == Variant.ONE_ROOM_EACH
                        ? rooms.stream().map(List::of).toList()
                        : List.of(rooms);
                feeds.forEach(feed -> opening.add(begin(() -> follow(feed))));
                boolean limited = variant == Variant.ONE_ROOM_EACH && wire != Wire.WEBSOCKET;
                int expected = limited ? SixPerHost.MOST : ROOMS;
                Wait.until(() -> followed.get() >= expected, patience.settle());
                return afterOpening();
            } finally {
                // Each that is closed lets the next one in, which is then closed too.
                Wait.until(() -> closeOne() && opening.stream().allMatch(FutureTask::isDone), patience.settle());
                while (!open.isEmpty()) {
                    closeOne();
                }
            }
        }

        private Trial afterOpening() throws IOException, InterruptedException {
            long asked = System.nanoTime();
            FutureTask<Duration> post = new FutureTask<>(() -> post(asked));
            Thread.ofVirtual().start(post);
            Wait.until(post::isDone, MOMENT);
            int atOnce = followed.get();
            int connections = open.size();
            int queued = browser.waiting(host);
            sayInEachRoom();
            heard.awaitAll(MOMENT);
            Trial counted = heard.trial(Optional.of(wire), variant, List.of());
            List<Observation> seen = new ArrayList<>(
                    List.of(Seen.ROOMS_FOLLOWED.is(atOnce), Seen.CONNECTIONS.is(connections), Seen.QUEUED.is(queued)));
            if (post.isDone()) {
                seen.add(Seen.POST_AFTER.is(Together.result(post)));
            } else {
                seen.add(Seen.POST_AFTER.notWithin(MOMENT));
                long closed = System.nanoTime();
                // The seventh feed stands before the POST in the queue: it takes two to let both in.
                closeOne();
                closeOne();
                Together.result(post);
                seen.add(Seen.POST_AFTER_FEEDS_CLOSED.is(Wait.since(closed)));
            }
            return counted.with(seen);
        }

        private Void follow(List<String> together) throws IOException, InterruptedException {
            Optional<SixPerHost.Place> place =
                    wire == Wire.WEBSOCKET ? Optional.empty() : Optional.of(browser.take(host));
            try {
                Following following = Following.ofRooms(together, heard);
                open.add(new Feed(Clients.follow(wire, server, following).connection(), place));
                followed.addAndGet(together.size());
                return null;
            } catch (IOException e) {
                place.ifPresent(SixPerHost.Place::close);
                throw e;
            }
        }

        private Duration post(long asked) throws IOException, InterruptedException {
            Following here = Following.now(script.room() + "-post", Listener.DEAF);
            try (SixPerHost.Place place = browser.take(host);
                    Speaker speaker = Clients.speaker(Wire.NDJSON, server, here)) {
                speaker.say("a post of the same page");
                return Wait.since(asked);
            }
        }

        /** Somebody else, in another browser. */
        private void sayInEachRoom() throws IOException {
            for (String room : rooms) {
                try (Speaker speaker = Clients.speaker(Wire.NDJSON, server, Following.now(room, Listener.DEAF))) {
                    script.sayNext(speaker, System.nanoTime());
                }
            }
        }

        private boolean closeOne() {
            Feed feed = open.poll();
            if (feed != null) {
                feed.close();
            }
            return true;
        }

        private static FutureTask<Void> begin(Callable<Void> what) {
            FutureTask<Void> begun = new FutureTask<>(what);
            Thread.ofVirtual().start(begun);
            return begun;
        }
    }
}
