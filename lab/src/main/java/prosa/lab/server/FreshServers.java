package prosa.lab.server;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import prosa.lab.WorkFolder;

/** Servers one after the other, each in a process of its own. The next one can start while the one before is still used. For one thread. */
public final class FreshServers implements AutoCloseable {
    private final String main;
    private Optional<FutureTask<OwnServer>> next = Optional.empty();

    /** @param main the class with the main method of Prosa */
    public FreshServers(String main) {
        this.main = main;
    }

    /**
     * Begins to start the next one, if that has not begun, and does not wait for it.
     *
     * @param work where its data goes
     */
    public void prepare(WorkFolder work) {
        if (next.isEmpty()) {
            FutureTask<OwnServer> starting = new FutureTask<>(() -> OwnServer.start(main, work));
            Thread.ofPlatform().daemon().name("lab-server-start").start(starting);
            next = Optional.of(starting);
        }
    }

    /** The next one, once it listens. Who takes it closes it. */
    public OwnServer take(WorkFolder work) throws IOException, InterruptedException {
        prepare(work);
        return started();
    }

    private OwnServer started() throws IOException, InterruptedException {
        FutureTask<OwnServer> starting = next.orElseThrow();
        next = Optional.empty();
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    /** Ends one that was prepared and not taken. */
    @Override
    public void close() {
        if (next.isPresent()) {
            try (OwnServer unused = started()) {
                unused.server();
            } catch (IOException e) {
                // It did not start: there is nothing to end.
            } catch (InterruptedException e) {
                // It ends with this JVM.
                Thread.currentThread().interrupt();
            }
        }
    }
}
