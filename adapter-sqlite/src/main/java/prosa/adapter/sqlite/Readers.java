package prosa.adapter.sqlite;

import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** The threads that read, and a connection for each. Any thread may ask them. */
final class Readers implements AutoCloseable {
    private static final int THREADS = 2;

    /** The most reads that wait; a read takes some milliseconds at the most. */
    private static final int CAPACITY = 1_000;

    private static final long CLOSE_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);

    private final Connections connections;
    private final long epoch;
    private final ThreadPoolExecutor threads;

    /** Connections that nobody reads over just now. There are never more than threads. */
    private final Queue<ReadConnection> idle = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean failing = new AtomicBoolean();

    /** A question to the history. */
    @FunctionalInterface
    interface Query<T> {
        T ask(ReadConnection connection) throws SQLException;
    }

    Readers(Connections connections, long epoch) {
        this.connections = connections;
        this.epoch = epoch;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(CAPACITY),
                Thread.ofPlatform().daemon().name("prosa-history-reader-", 1).factory());
    }

    /** Completes with the answer; with a refusal if the file can't be read, too many wait, or this is closed. */
    <T> CompletionStage<T> read(Query<T> query) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        try {
            threads.execute(() -> answer(query, stage));
        } catch (RejectedExecutionException e) {
            stage.completeExceptionally(new Refused(Reason.UNAVAILABLE));
        }
        return stage;
    }

    private <T> void answer(Query<T> query, CompletableFuture<T> stage) {
        @Nullable ReadConnection connection = idle.poll();
        T answer;
        try {
            if (connection == null) {
                connection = new ReadConnection(connections.open(), epoch);
            }
            answer = query.ask(connection);
        } catch (SQLException | RuntimeException e) {
            failed(e);
            close(connection);
            stage.completeExceptionally(new Refused(Reason.UNAVAILABLE));
            return;
        }
        failing.setPlain(false);
        idle.add(connection);
        stage.complete(answer);
    }

    private void failed(Exception e) {
        if (!failing.getAndSet(true)) {
            LOG.error("The history can't be read: {}", e.getMessage());
        }
    }

    private static void close(@Nullable ReadConnection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("Closing: {}", e.getMessage());
            }
        }
    }

    /** Answers what was asked, and closes the connections. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The history is still being read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (ReadConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
            close(connection);
        }
    }
}
