package prosa.adapter.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Nodes;
import prosa.domain.Name;
import prosa.domain.RoomName;

/**
 * The bucket of people as far as it was watched: who is at which node. It tells this node of those at others.
 *
 * <p>What it says is what others have done up to a moment ago. Any thread: it is changed under its lock, which is held for moments.
 */
final class Roster {
    /** A token is known for so long after its holder has left, as at the node itself. */
    private static final long KNOWN_FOR = TimeUnit.MINUTES.toNanos(10);

    private static final int MOST_LEFT = 100_000;

    private final Leases leases;
    private final String run;
    private final Own own;
    private final Map<String, RosterLine> lines = new ConcurrentHashMap<>();
    private final Map<String, Nodes.Seat> seats = new ConcurrentHashMap<>();

    // Guarded by this.
    private Optional<Nodes.Listener> listener = Optional.empty();

    /** Who is told to be in a room, by the key. */
    private final Map<String, RosterLine> told = new HashMap<>();

    private final ArrayDeque<Left> left = new ArrayDeque<>();
    private @Nullable Watching watching;

    private volatile boolean known;

    /** What this node has in the bucket itself. The lock is held while it is called: it must not block. */
    interface Own {
        /** A name that is another node's now. */
        void overtaken(String key, RosterLine by, long revision);

        /** Something of this node's own stands there. */
        void seen(String key, RosterLine line, long revision);
    }

    /** Of a token whose holder has left. */
    private record Left(String token, String key, long at) {}

    Roster(Leases leases, String run, Own own) {
        this.leases = leases;
        this.run = run;
        this.own = own;
    }

    static String key(RoomName room, Name name) {
        return room.value() + "." + key(name);
    }

    private static String key(Name name) {
        byte[] utf8 = name.key().getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(utf8);
    }

    private static RoomName room(String key) {
        return new RoomName(key.substring(0, key.lastIndexOf('.')));
    }

    synchronized void tellTo(Nodes.Listener those) {
        listener = Optional.of(those);
    }

    /** Watches over another link, and tells what is otherwise by then. Blocks until the engine has answered. */
    void begin(NameBucket bucket, Link link) throws IOException, JetStreamApiException, InterruptedException {
        Watching next = new Watching();
        synchronized (this) {
            watching = next;
        }
        bucket.watch(link, next);
    }

    private final class Watching implements KeyValueWatcher {
        private final Set<String> seen = new HashSet<>();

        @Override
        public void watch(KeyValueEntry entry) {
            synchronized (Roster.this) {
                if (watching == this) {
                    seen.add(entry.getKey());
                    read(entry);
                }
            }
        }

        /** What was there before and was not seen has gone meanwhile. */
        @Override
        public void endOfData() {
            synchronized (Roster.this) {
                if (watching == this) {
                    List.copyOf(lines.keySet()).stream()
                            .filter(key -> !seen.contains(key))
                            .forEach(key -> change(key, Optional.empty()));
                    seen.clear();
                    known = true;
                }
            }
        }
    }

    private void read(KeyValueEntry entry) {
        String key = entry.getKey();
        Optional<RosterLine> line = entry.getOperation() == KeyValueOperation.PUT
                ? RosterLine.parse(entry.getValueAsString())
                : Optional.empty();
        line.ifPresent(by -> {
            if (by.run().equals(run)) {
                own.seen(key, by, entry.getRevision());
            } else {
                own.overtaken(key, by, entry.getRevision());
            }
        });
        change(key, line);
    }

    private void change(String key, Optional<RosterLine> now) {
        now.ifPresentOrElse(line -> lines.put(key, line), () -> lines.remove(key));
        if (now.filter(line -> line.run().equals(run)).isPresent()) {
            return; // who has come over to this node is told of by it
        }
        Optional<RosterLine> shown = now.filter(line -> line.shown().isPresent() && !leases.isOver(line.lease()));
        RosterLine before = shown.isPresent() ? told.put(key, shown.get()) : told.remove(key);
        if (before != null) {
            forgetLater(key, before, shown);
        }
        if (before != null
                && shown.filter(line -> line.who().equals(before.who())).isEmpty()) {
            Name name = shown(before).participant().name();
            listener.ifPresent(those -> those.absent(room(key), name));
        }
        shown.ifPresent(line -> tell(room(key), line));
    }

    private void tell(RoomName room, RosterLine line) {
        RosterLine.Shown there = shown(line);
        seats.put(there.token(), new Nodes.Seat(room, there.participant().name()));
        Optional<Name> before = there.before().filter(name -> isToldOf(key(room, name), line.who()));
        before.ifPresent(name -> told.remove(key(room, name)));
        listener.ifPresent(those -> those.present(room, there.participant(), before));
    }

    private boolean isToldOf(String key, String who) {
        return Optional.ofNullable(told.get(key))
                .filter(line -> line.who().equals(who))
                .isPresent();
    }

    private static RosterLine.Shown shown(RosterLine line) {
        return line.shown().orElseThrow();
    }

    private void forgetLater(String key, RosterLine before, Optional<RosterLine> now) {
        String token = shown(before).token();
        if (now.filter(line -> shown(line).token().equals(token)).isPresent()) {
            return;
        }
        long time = System.nanoTime();
        left.add(new Left(token, key, time));
        while (!left.isEmpty()
                && (left.size() > MOST_LEFT || time - left.element().at() >= KNOWN_FOR)) {
            Left oldest = left.remove();
            RosterLine again = told.get(oldest.key());
            if (again == null || !shown(again).token().equals(oldest.token())) {
                seats.remove(oldest.token());
            }
        }
    }

    /** A lease has lapsed: those who were there under it have left. */
    synchronized void lapsed(Lease lease) {
        List.copyOf(told.keySet()).stream()
                .filter(key -> Objects.requireNonNull(told.get(key)).lease().equals(lease))
                .forEach(key -> change(key, Optional.ofNullable(lines.get(key))));
    }

    /** Which names stand there under a lease. */
    List<String> of(Lease lease) {
        return lines.entrySet().stream()
                .filter(line -> line.getValue().lease().equals(lease))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Another link will be watched: until then it is not known who is where. */
    synchronized void await() {
        watching = null;
        known = false;
    }

    /** Whether all was seen that stood there when it began to be watched over this link. */
    boolean isKnown() {
        return known;
    }

    /** Whether a name is held at another node. */
    boolean isTakenElsewhere(String key) {
        RosterLine line = lines.get(key);
        return line != null && isAnothers(line);
    }

    /** Whether a name is held at another node by somebody who has not shown that it is theirs. */
    boolean isTakenElsewhereUnclaimed(String key) {
        RosterLine line = lines.get(key);
        return line != null
                && isAnothers(line)
                && line.shown().filter(there -> there.participant().claimed()).isEmpty();
    }

    /** Whether a name is held at another node, in whichever room. */
    boolean isTakenElsewhere(Name name) {
        String end = "." + key(name);
        return lines.entrySet().stream().anyMatch(held -> held.getKey().endsWith(end) && isAnothers(held.getValue()));
    }

    /** Whether it is held at another node, and not by a lease that has lapsed. */
    boolean isAnothers(RosterLine line) {
        return !line.run().equals(run) && !leases.isOver(line.lease());
    }

    /** At which node a name is shown. */
    Optional<String> run(RoomName room, Name name) {
        return Optional.ofNullable(lines.get(key(room, name)))
                .filter(this::isAnothers)
                .map(RosterLine::run);
    }

    /** The leases that hold names, as far as is known. */
    Set<Lease> leases() {
        return lines.values().stream()
                .map(RosterLine::lease)
                .filter(lease -> !leases.isOver(lease))
                .collect(Collectors.toSet());
    }

    /** Where somebody is or was a while ago. */
    Optional<Nodes.Seat> find(String token) {
        return Optional.ofNullable(seats.get(RosterLine.hash(token)));
    }
}
