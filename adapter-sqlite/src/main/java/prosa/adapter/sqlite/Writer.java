package prosa.adapter.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.adapter.sqlite.Inbox.Alone;
import prosa.adapter.sqlite.Inbox.End;
import prosa.adapter.sqlite.Inbox.Group;
import prosa.adapter.sqlite.Inbox.Removing;
import prosa.adapter.sqlite.Inbox.Saying;
import prosa.adapter.sqlite.Inbox.Taken;
import prosa.adapter.sqlite.Inbox.Waiting;
import prosa.adapter.sqlite.Removals.Target;
import prosa.application.port.HouseClock;
import prosa.application.port.Kept;
import prosa.application.port.KeptListener;
import prosa.application.port.MessagePublisher;
import prosa.application.port.RecentKeys;
import prosa.application.port.Timeline;
import prosa.delivery.Collapse;
import prosa.domain.Draft;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;

/**
 * Writes what is in the inbox: all that waits in one transaction, so that however much is said, a disk that manages few commits
 * a second still keeps up. Owned by one thread, the one that {@link #run}s it; {@link #head} may be read by any.
 */
final class Writer {
    /** The most messages of one transaction: beyond it the fsync is a small part of the cost, and the first one waits for all. */
    static final int GROUP = 1_000;

    static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /** While the disk fails, this bounds the attempts. What is said meanwhile waits for the next, and is refused by that. */
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);

    private final Inbox inbox;
    private final HouseClock clock;
    private final Keeping keeping;
    private final long epoch;
    private final RecentKeys keys;
    private final Timeline timeline;
    private KeptListener listener = batch -> {};

    /** The last offset given out; ahead of the head by those that were refused, as an offset is never used twice. */
    private long last;

    /** @param opening over its connection is written until that fails */
    Writer(Inbox inbox, Connections connections, Opening opening, HouseClock clock) throws SQLException {
        WriteConnection connection = opening.connection();
        this.inbox = inbox;
        this.clock = clock;
        this.epoch = opening.epoch();
        this.keys = connection.recentKeys(clock.instant(), clock.nanoTime());
        this.timeline = new Timeline(clock, connection.lastAt());
        this.keeping = new Keeping(connections, opening, this::tell);
        this.last = opening.last();
    }

    /** Why messages can't be kept now. Any thread. */
    Optional<String> outage() {
        return keeping.outage();
    }

    long head() {
        return keeping.head();
    }

    /** Writes until the inbox is closed and empty. */
    void run(KeptListener listener) {
        this.listener = listener;
        try {
            for (Taken taken = take(); !(taken instanceof End); taken = take()) {
                switch (taken) {
                    case Group group -> keep(group.sayings());
                    case Alone alone -> remove(alone.removing());
                    case End end -> {}
                }
                keeping.foldIfTime();
            }
        } catch (RuntimeException | Error e) {
            throw Collapse.of("prosa-history-writer", e);
        } finally {
            // Normally there is nothing left.
            inbox.close();
            refuse(inbox.takeRest());
            keeping.end();
        }
    }

    private Taken take() {
        while (keeping.isUnfinished() && !inbox.await(BETWEEN_TRIES)) {
            keeping.goOn();
        }
        return inbox.take(GROUP);
    }

    private void keep(List<Saying> group) {
        if (isHopeless(group)) {
            return;
        }
        List<Kept> batch = new ArrayList<>(group.size());
        List<@Nullable Message> answers = new ArrayList<>(group.size());
        try {
            write(group, batch, answers);
        } catch (SQLException | IOException | RuntimeException e) {
            // If not all of the group was answered, the commit was not even tried.
            if (!isKeptAllTheSame(e, answers.size() == group.size(), batch, group)) {
                return;
            }
        }
        if (batch.isEmpty() || isAcknowledged(batch, group)) {
            for (int i = 0; i < group.size(); i++) {
                Message answer = answers.get(i);
                if (answer != null) {
                    group.get(i).stage().complete(answer);
                }
            }
        }
    }

    /** In a transaction of its own: what it takes away is in the file. */
    private void remove(Removing removing) {
        List<Removing> group = List.of(removing);
        if (isHopeless(group)) {
            return;
        }
        List<Kept> batch = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        try {
            WriteConnection connection = keeping.connect();
            List<Target> targets = connection.removals().targets(removing.removal(), epoch, keeping.head());
            if (targets.isEmpty()) {
                removing.stage().completeExceptionally(new Refused(Reason.NO_MESSAGE));
                return;
            }
            keeping.allow(last + targets.size());
            keeping.begin(connection, batch);
            Instant at = timeline.keep(removing.removal().at());
            connection.removals().carryOut(removing.removal(), targets, at, clock.instant(), this::next, entries);
            entries.forEach(entry -> batch.add(new Kept(entry, MessagePublisher.NO_CONNECTION)));
            connection.commit();
        } catch (SQLException | IOException | RuntimeException e) {
            if (!isKeptAllTheSame(e, !entries.isEmpty(), batch, group)) {
                return;
            }
        }
        if (isAcknowledged(batch, group)) {
            keeping.fold();
            removing.stage().complete(List.copyOf(entries));
        }
    }

    private Position next() {
        return new Position(epoch, ++last);
    }

    /**
     * Adds to the batch what is new, and to the answers the message that each of the group has become; null for one that was told already
     * that it is refused.
     */
    private void write(List<Saying> group, List<Kept> batch, List<@Nullable Message> answers)
            throws SQLException, IOException {
        WriteConnection connection = keeping.connect();
        keeping.allow(last + group.size());
        boolean begun = false;
        for (Saying saying : group) {
            Draft draft = saying.draft();
            long now = clock.nanoTime();
            OptionalLong found = keys.find(draft, now);
            if (found.isPresent() && answer(connection, found.getAsLong(), saying, batch, answers)) {
                continue;
            }
            if (!begun) {
                keeping.begin(connection, batch);
                begun = true;
            }
            Message message = timeline.keep(draft, next());
            connection.insert(message, draft.key());
            keys.remember(draft, last, now);
            batch.add(new Kept(message, saying.origin()));
            answers.add(message);
        }
        if (begun) {
            connection.commit();
        }
    }

    /** Whether that is all about what was said before with the same key, on disk or in this group. */
    private boolean answer(
            WriteConnection connection, long offset, Saying saying, List<Kept> batch, List<@Nullable Message> answers)
            throws SQLException {
        if (offset > keeping.head()) {
            // The offsets of one group have no holes.
            Entry earlier = batch.get(batch.size() - 1 - (int) (last - offset)).entry();
            answers.add((Message) earlier);
            return true;
        }
        Optional<Message> earlier = connection.find(epoch, offset);
        if (earlier.isPresent()) {
            answers.add(earlier.get());
            return true;
        }
        if (connection.has(offset)) {
            return false; // none that could be shown
        }
        saying.stage().completeExceptionally(new Refused(Reason.REMOVED));
        answers.add(null);
        return true;
    }

    /** Refuses what need not even be tried. */
    private boolean isHopeless(List<? extends Waiting> group) {
        if (!keeping.isHopeless()) {
            return false;
        }
        refuse(group);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
        return true;
    }

    /** Whether it is in the file in spite of a failure; else it is refused. */
    private boolean isKeptAllTheSame(
            Exception failure, boolean committing, List<Kept> batch, List<? extends Waiting> group) {
        keeping.failed(failure);
        if (committing && keeping.isKeptAllTheSame(batch)) {
            return true;
        }
        keys.forgetAfter(keeping.head());
        refuse(group);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
        return false;
    }

    /** Whether it is told, as it is where it will be after a restart; else it is refused. */
    private boolean isAcknowledged(List<Kept> batch, List<? extends Waiting> group) {
        if (keeping.acknowledge(batch)) {
            return true;
        }
        keys.forgetAfter(keeping.head());
        refuse(group);
        return false;
    }

    private void tell(List<Kept> batch) {
        try {
            listener.kept(batch);
        } catch (RuntimeException e) {
            LOG.error("A listener failed: {}", e.toString());
        }
    }

    private static void refuse(List<? extends Waiting> group) {
        Refused refused = new Refused(Reason.UNAVAILABLE);
        group.forEach(waiting -> waiting.stage().completeExceptionally(refused));
    }
}
