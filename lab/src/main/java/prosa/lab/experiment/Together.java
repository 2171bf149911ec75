package prosa.lab.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at the same time, each on a virtual thread: trials that mostly wait. */
final class Together {
    private Together() {}

    /**
     * What each of them came to, in their order.
     *
     * @throws IOException if one of them failed with it; the others have come to their ends by then
     */
    static <T> List<T> all(List<? extends Callable<T>> parts) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(parts)) {
                results.add(result(done));
            }
            return results;
        }
    }

    /** Waits for a thing that was begun on another thread. */
    static <T> T result(Future<T> begun) throws IOException, InterruptedException {
        try {
            return begun.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
