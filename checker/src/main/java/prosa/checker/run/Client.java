package prosa.checker.run;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Somebody who comes, is cut off and comes back, on a virtual thread of its own, until it is ended. */
abstract class Client {
    private static final long PAUSE_NANOS = 100_000_000;

    private volatile Closeable connection = () -> {};
    private final Thread thread;
    private volatile boolean over;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    Client(String name) {
        this.thread = Thread.ofVirtual().name(name).unstarted(this::live);
    }

    final void start() {
        thread.start();
    }

    /** One connection, from its opening to its end. */
    abstract void visit() throws IOException;

    private void live() {
        while (!over) {
            try {
                visit();
            } catch (IOException e) {
                // It was cut off, or nobody is there just now: that is what a round is for.
            } catch (RuntimeException e) {
                failed(e);
                return;
            }
            pause(PAUSE_NANOS);
        }
    }

    /** It has a fault of its own, or was told what can't be understood. */
    final void failed(RuntimeException e) {
        failure = Optional.of(e);
        over = true;
    }

    /** What is closed when this client is ended. */
    final void uses(Closeable used) {
        connection = used;
        if (over) {
            drop();
        }
    }

    private void drop() {
        try {
            connection.close();
        } catch (IOException e) {
            // It has ended already.
        }
    }

    final boolean isOver() {
        return over;
    }

    static void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    /** Whether it has an answer to all that it said. */
    boolean isAnswered() {
        return true;
    }

    /** What it saw, if it is an observer. */
    Optional<Watching> watching() {
        return Optional.empty();
    }

    /**
     * Ends it, and waits until nothing is written down any more.
     *
     * @throws IllegalStateException if it was told something that can't be understood, or has a fault of its own
     */
    final void end() throws InterruptedException {
        over = true;
        drop();
        LockSupport.unpark(thread);
        thread.join();
        if (failure.isPresent()) {
            throw new IllegalStateException(
                    thread.getName() + ": " + failure.get().getMessage(), failure.get());
        }
    }
}
