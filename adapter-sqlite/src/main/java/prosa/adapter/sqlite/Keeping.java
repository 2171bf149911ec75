package prosa.adapter.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.Kept;
import prosa.application.port.KeptListener;
import prosa.application.port.MessagePublisher;
import prosa.domain.Entry;

/**
 * That what is written is in the file that will be there after a restart, or is not told to anybody. Owned by the writer thread; {@link
 * #head} and {@link #outage} may be read by any.
 *
 * <p>After any failure the connection is thrown away and the group's outcome is looked up over a new one. What is not there is
 * refused; and what was refused is taken away before anything else is written, should it turn up after all (a commit whose fsync
 * failed can be in the file, and be found by a later recovery). What was taken away in such a commit can't be put back: that is told
 * as soon as anything can be kept.
 */
final class Keeping {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);

    private final Connections connections;
    private final DatabaseFiles files;
    private final Promise promise;
    private final long epoch;
    private final KeptListener listener;
    private final Folding folding = new Folding(Writer.BETWEEN_TRIES);
    private @Nullable WriteConnection connection;
    private volatile long head;

    /** Whether the file may hold entries above the head that were refused. */
    private boolean suspect;

    private volatile Optional<String> outage = Optional.empty();

    /**
     * @param opening over its connection is written until that fails
     * @param listener hears of what is kept; must not throw
     */
    Keeping(Connections connections, Opening opening, KeptListener listener) throws SQLException {
        this.connections = connections;
        this.connection = opening.connection();
        this.files = opening.files();
        this.promise = opening.promise();
        this.epoch = opening.epoch();
        this.listener = listener;
        this.head = opening.connection().head();
    }

    /** Why messages can't be kept now. Any thread. */
    Optional<String> outage() {
        return outage;
    }

    /** The newest entry that is kept. Any thread. */
    long head() {
        return head;
    }

    /** Whether it need not even be tried to keep anything. */
    boolean isHopeless() {
        return outage.isPresent() && files.problem().isPresent();
    }

    /** Sees to it that offsets up to this one may be given. */
    void allow(long offset) throws IOException {
        promise.allow(offset);
    }

    WriteConnection connect() throws SQLException {
        WriteConnection open = connection;
        if (open == null) {
            open = WriteConnection.over(connections.open());
            open.head();
            files.learnLog();
            connection = open;
        }
        return open;
    }

    /**
     * Begins a transaction.
     *
     * @param batch what was taken away in spite of a failure, and can't be put back, is added to it
     */
    void begin(WriteConnection connection, List<Kept> batch) throws SQLException {
        connection.begin();
        if (suspect) {
            connection.removeAfter(head);
            for (Entry entry : connection.removals().after(epoch, head)) {
                batch.add(new Kept(entry, MessagePublisher.NO_CONNECTION));
            }
        }
    }

    /** Tells what is committed; false if it is not where it will be after a restart, and is taken back. */
    boolean acknowledge(List<Kept> batch) {
        long offset = offset(batch);
        if (!isPromised(offset)) {
            suspect = true;
            takeBack();
            return false;
        }
        head = offset;
        suspect = false;
        recovered();
        listener.kept(batch);
        return true;
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
            begin(connection, new ArrayList<>());
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            failed(e);
        }
    }

    /**
     * Whether a group whose commit failed is in the file, all or nothing. The checkpoint writes and syncs it once more: after a
     * failed fsync that it can be read does not mean that it is on disk.
     */
    boolean isKeptAllTheSame(List<Kept> batch) {
        if (batch.isEmpty()) {
            return false;
        }
        try {
            WriteConnection fresh = connect();
            return fresh.has(offset(batch)) && fresh.checkpoint();
        } catch (SQLException | RuntimeException e) {
            disconnect();
            return false;
        }
    }

    private static long offset(List<Kept> batch) {
        return batch.getLast().entry().id().offset();
    }

    /** Something could not be written. */
    void failed(Exception e) {
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

    /** Whether there is something to be done where nobody speaks. */
    boolean isUnfinished() {
        return outage.isPresent() || folding.isDue();
    }

    /** Does it. */
    void goOn() {
        if (outage.isPresent()) {
            tryToWrite();
        }
        foldIfTime();
    }

    /** Tries again to empty the write-ahead log, if it is time. */
    void foldIfTime() {
        if (folding.isTimeToTry() && outage.isEmpty()) {
            fold(folding::again);
        }
    }

    /** Where nobody speaks, because nobody is sent here while messages are refused, nobody else would find out that it is over. */
    private void tryToWrite() {
        if (files.problem().isPresent()) {
            return;
        }
        try {
            WriteConnection connection = connect();
            List<Kept> batch = new ArrayList<>();
            begin(connection, batch);
            connection.touch();
            connection.commit();
            if (!batch.isEmpty()) {
                acknowledge(batch);
            } else if (files.problem().isEmpty()) {
                suspect = false;
                recovered();
            }
        } catch (SQLException | RuntimeException e) {
            failed(e);
        }
    }

    /** Something was removed: no copy of it is left in the write-ahead log, unless somebody reads there. */
    void fold() {
        fold(folding::now);
    }

    private interface Fold {
        void over(WriteConnection connection) throws SQLException;
    }

    private void fold(Fold fold) {
        try {
            fold.over(connect());
        } catch (SQLException | RuntimeException e) {
            LOG.debug("Emptying the write-ahead log: {}", e.getMessage());
            disconnect();
        }
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

    /** Lets go of the file. What is promised stays so if this fails: then the next start goes on beyond the bound. */
    void end() {
        try (promise) {
            if (!suspect && files.problem().isEmpty()) {
                promise.closeClean(head);
            }
        } catch (IOException e) {
            LOG.warn("{}: {}", Promise.FILE, e.getMessage());
        }
        disconnect();
    }
}
