package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the house falls down, and that nothing is left standing which delivers nothing. */
@Timeout(30)
class CollapseTest {
    private static final OutOfMemoryError NO_MEMORY = new OutOfMemoryError("planted by a test");

    private final Ends ends = new Ends();
    private final DeliveryThread thread = new DeliveryThread();

    @AfterEach
    void stop() {
        // The thread has ended, or nobody has the turn any more: there is nothing to stop.
        ends.close();
    }

    /** One that can't even be looked at: what catches it fails as well. */
    private static final class Untellable extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public Throwable getCause() {
            throw new IllegalStateException("planted by a test");
        }
    }

    @Test
    void memoryThatRanOutIsFoundHoweverDeepItLies() throws Exception {
        Throwable wrapped = new CompletionException(new IOException(new IllegalStateException(NO_MEMORY)));
        Collapse.ifOutOfMemory(wrapped);
        assertSame(NO_MEMORY, ends.next());
    }

    @Test
    void whatElseFailsIsNoEnd() {
        Throwable circle = new IOException("first");
        circle.initCause(new IOException("second", circle));
        Collapse.ifOutOfMemory(circle);
        Collapse.ifOutOfMemory(null);
        Collapse.ifOutOfMemory(new StackOverflowError());
        assertEquals(List.of(), ends.rest());
    }

    @Test
    void memoryThatRunsOutInATaskIsTheEnd() throws Exception {
        thread.start();
        thread.execute(() -> {
            throw NO_MEMORY;
        });
        assertSame(NO_MEMORY, ends.next());
    }

    @Test
    void memoryThatRunsOutOnALentThreadIsTheEnd() throws Exception {
        thread.start();
        thread.lend(() -> {
            throw NO_MEMORY;
        });
        assertSame(NO_MEMORY, ends.next());
    }

    @Test
    void aDeliveryThreadThatEndsIsTheEnd() throws Exception {
        thread.start();
        thread.execute(() -> {
            throw new Untellable();
        });
        Collapse collapse = assertInstanceOf(Collapse.class, ends.next());
        assertEquals("prosa-delivery has ended", collapse.getMessage());
        assertInstanceOf(IllegalStateException.class, collapse.getCause());
        assertSame(collapse, ends.next(), "the thread itself has ended, which is told whoever listens then");
    }

    @Test
    void aTurnThatIsNeverGivenBackIsTheEnd() {
        thread.start();
        assertInstanceOf(Collapse.class, lendUntilItIsOurs(() -> {
            throw new Untellable();
        }));
    }

    @Test
    void withoutAHandlerThingsGoOn() {
        ends.close();
        Collapse.ifOutOfMemory(NO_MEMORY);
        RuntimeException planted = new IllegalStateException("planted by a test");
        Collapse collapse = Collapse.of("a thread", planted);
        assertSame(planted, collapse.getCause());
        assertSame(collapse, Collapse.of("another", collapse));
    }

    /** Runs a task on this thread, as soon as it has the turn; returns what escaped. */
    private Throwable lendUntilItIsOurs(Runnable task) {
        Thread here = Thread.currentThread();
        boolean[] ran = {false};
        while (!ran[0]) {
            try {
                thread.lend(() -> {
                    if (Thread.currentThread() == here) {
                        ran[0] = true;
                        task.run();
                    }
                });
            } catch (Throwable e) {
                return e;
            }
        }
        throw new AssertionError("nothing escaped");
    }
}
