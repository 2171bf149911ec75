package prosa.adapter.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.adapter.sqlite.Inbox.Waiting;
import prosa.application.port.HouseClock;
import prosa.application.port.Kept;
import prosa.application.port.KeptListener;
import prosa.application.port.RecentKeys;
import prosa.application.port.Timeline;
import prosa.delivery.Collapse;
import prosa.domain.Draft;
import prosa.domain.Message;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;

/**
 * Writes what is in the inbox: all that waits in one transaction, so that however much is said, a disk that manages few commits
 * a second still keeps up. Owned by one thread, the one that {@link #run}s it; {@link #head} may be read by any.
 *
 * <p>After any failure the connection is thrown away and the group's outcome is looked up over a new one. What is not there is
 * refused; and what was refused is taken away before anything else is written, should it turn up after all (a commit whose fsync
 * failed can be in the file, and be found by a later recovery).
 */
final class Writer {
    /** The most messages of one transaction: beyond it the fsync is a small part of the cost, and the first one waits for all. */
    static final int GROUP = 1_000;

    /** While the disk fails, this bounds the attempts. What is said meanwhile waits for the next, and is refused by that. */
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);

    private final Inbox inbox;
    private final Connections connections;
    private final HouseClock clock;
    private final DatabaseFiles files;
    private final Promise promise;
    private final long epoch;
    private final RecentKeys keys;
    private final Timeline timeline;
    private @Nullable WriteConnection connection;
    private volatile long head;

    /** The last offset given out; ahead of the head by those that were refused, as an offset is never used twice. */
    private long last;

    /** Whether the file may hold entries above the head that were refused. */
    private boolean suspect;

    private volatile Optional<String> outage = Optional.empty();

    /** @param opening over its connection is written until that fails */
    Writer(Inbox inbox, Connections connections, Opening opening, HouseClock clock) throws SQLException {
        WriteConnection connection = opening.connection();
        this.inbox = inbox;
        this.connections = connections;
        this.connection = connection;
        this.clock = clock;
        this.files = opening.files();
        this.promise = opening.promise();
        this.epoch = opening.epoch();
        this.keys = connection.recentKeys(clock.instant(), clock.nanoTime());
        this.timeline = new Timeline(clock, connection.lastAt());
        this.head = connection.head();
        this.last = opening.last();
    }

    /** Why messages can't be kept now. Any thread. */
    Optional<String> outage() {
        return outage;
    }

    long head() {
        return head;
    }

    /** Writes until the inbox is closed and empty. */
    void run(KeptListener listener) {
        try {
            for (List<Waiting> group = take(); !group.isEmpty(); group = take()) {
                keep(group, listener);
            }
        } catch (RuntimeException | Error e) {
            throw Collapse.of("prosa-history-writer", e);
        } finally {
            // Normally there is nothing left.
            inbox.close();
            refuse(inbox.take(Inbox.CAPACITY));
            endPromise();
            disconnect();
        }
    }

    private List<Waiting> take() {
        while (outage.isPresent() && !inbox.await(BETWEEN_TRIES)) {
            tryToWrite();
        }
        return inbox.take(GROUP);
    }

    /** Where nobody speaks, because nobody is sent here while messages are refused, nobody else would find out that it is over. */
    private void tryToWrite() {
        if (files.problem().isPresent()) {
            return;
        }
        try {
            WriteConnection connection = connect();
            begin(connection);
            connection.touch();
            connection.commit();
            if (files.problem().isEmpty()) {
                suspect = false;
                recovered();
            }
        } catch (SQLException | RuntimeException e) {
            failed(e);
        }
    }

    /** What is promised stays so if this fails: then the next start goes on beyond the bound. */
    private void endPromise() {
        try (promise) {
            if (!suspect && files.problem().isEmpty()) {
                promise.closeClean(head);
            }
        } catch (IOException e) {
            LOG.warn("{}: {}", Promise.FILE, e.getMessage());
        }
    }

    private void keep(List<Waiting> group, KeptListener listener) {
        if (outage.isPresent() && files.problem().isPresent()) {
            refuse(group);
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
            return;
        }
        List<Kept> batch = new ArrayList<>(group.size());
        List<Message> answers = new ArrayList<>(group.size());
        try {
            write(group, batch, answers);
        } catch (SQLException | IOException | RuntimeException e) {
            failed(e);
            // If not all of the group was answered, the commit was not even tried.
            if (answers.size() < group.size() || !isKeptAllTheSame(batch)) {
                keys.forgetAfter(head);
                refuse(group);
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
                return;
            }
        }
        if (!batch.isEmpty()) {
            if (!isPromised(batch.getLast().message().id().offset())) {
                suspect = true;
                keys.forgetAfter(head);
                takeBack();
                refuse(group);
                return;
            }
            head = batch.getLast().message().id().offset();
            suspect = false;
            recovered();
            tell(listener, batch);
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).stage().complete(answers.get(i));
        }
    }

    /** The last look before a group is acknowledged: is it in the file that will be there after a restart? */
    private boolean isPromised(long offset) {
        Optional<String> problem = files.problem();
        if (problem.isEmpty()) {
            try {
                promise.acknowledge(offset);
                return true;
            } catch (IOException e) {
                problem = Optional.of(Promise.FILE + ": " + e.getMessage());
            }
        }
        stop(problem.get());
        return false;
    }

    /** Takes a group that is about to be refused out of the file again, wherever that file is now. */
    private void takeBack() {
        try {
            WriteConnection connection = connect();
            begin(connection);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            failed(e);
        }
    }

    /** Adds to the batch what is new, and to the answers the message that each of the group has become. */
    private void write(List<Waiting> group, List<Kept> batch, List<Message> answers) throws SQLException, IOException {
        WriteConnection connection = connect();
        promise.allow(last + group.size());
        for (Waiting waiting : group) {
            Draft draft = waiting.draft();
            long now = clock.nanoTime();
            Optional<Message> earlier = earlier(connection, draft, batch, now);
            if (earlier.isPresent()) {
                answers.add(earlier.get());
                continue;
            }
            if (batch.isEmpty()) {
                begin(connection);
            }
            Message message = timeline.keep(draft, new Position(epoch, ++last));
            connection.insert(draft, message);
            keys.remember(draft, last, now);
            batch.add(new Kept(message, waiting.origin()));
            answers.add(message);
        }
        if (!batch.isEmpty()) {
            connection.commit();
        }
    }

    private void begin(WriteConnection connection) throws SQLException {
        connection.begin();
        if (suspect) {
            connection.removeAfter(head);
        }
    }

    /** What the same person has said with the same key, on disk or in this group. */
    private Optional<Message> earlier(WriteConnection connection, Draft draft, List<Kept> batch, long now)
            throws SQLException {
        OptionalLong found = keys.find(draft, now);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        long offset = found.getAsLong();
        if (offset <= head) {
            return connection.find(epoch, offset);
        }
        // The offsets of one group have no holes.
        long first = batch.getFirst().message().id().offset();
        return Optional.of(batch.get((int) (offset - first)).message());
    }

    private WriteConnection connect() throws SQLException {
        WriteConnection open = connection;
        if (open == null) {
            open = WriteConnection.over(connections.open());
            open.head();
            files.learnLog();
            connection = open;
        }
        return open;
    }

    /** Undoes what is not committed. */
    private void disconnect() {
        WriteConnection open = connection;
        connection = null;
        if (open != null) {
            boolean lost = files.isLogLost();
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("Closing: {}", e.getMessage());
            }
            if (!lost) {
                files.forgetLog();
            }
        }
    }

    private void failed(Exception e) {
        disconnect();
        suspect = true;
        stop(String.valueOf(e.getMessage()));
    }

    private void stop(String why) {
        if (outage.isEmpty()) {
            LOG.error("The history can't be written, messages are refused: {}", why);
        }
        outage = Optional.of(why);
    }

    private void recovered() {
        if (outage.isPresent()) {
            outage = Optional.empty();
            LOG.info("The history can be written again");
        }
    }

    /**
     * Whether a group whose commit failed is in the file, all or nothing. The checkpoint writes and syncs it once more: after a
     * failed fsync that it can be read does not mean that it is on disk.
     */
    private boolean isKeptAllTheSame(List<Kept> batch) {
        if (batch.isEmpty()) {
            return false;
        }
        try {
            WriteConnection fresh = connect();
            return fresh.find(epoch, batch.getLast().message().id().offset()).isPresent() && fresh.checkpoint();
        } catch (SQLException | RuntimeException e) {
            disconnect();
            return false;
        }
    }

    private static void tell(KeptListener listener, List<Kept> batch) {
        try {
            listener.kept(batch);
        } catch (RuntimeException e) {
            LOG.error("A listener failed: {}", e.toString());
        }
    }

    private static void refuse(List<Waiting> group) {
        Refused refused = new Refused(Reason.UNAVAILABLE);
        group.forEach(waiting -> waiting.stage().completeExceptionally(refused));
    }
}
