package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The house's own pause counts against nobody. */
class PauseTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Delivery delivery = new Delivery();
    private final long begin = System.nanoTime();
    private long heardAt = begin;

    private final FakeSubscriber client = new FakeSubscriber() {
        @Override
        public synchronized boolean answers(long nanoTime) {
            return nanoTime - heardAt < 45 * SECOND;
        }
    };

    @AfterEach
    void stop() {
        delivery.close();
    }

    private void lookAt(long second) {
        delivery.run(() -> delivery.connections.inspect(begin + second * SECOND));
    }

    @Test
    void whoWasHeardBeforeItStays() {
        delivery.connect(client);
        lookAt(1);
        lookAt(2);
        lookAt(50);
        assertEquals(Optional.empty(), client.farewell());
        lookAt(51);
        heardAt = begin + 52 * SECOND;
        for (int second = 52; second < 97; second++) {
            lookAt(second);
        }
        assertEquals(Optional.empty(), client.farewell());
    }

    @Test
    void whoIsNeverHeardAgainGoesInTheEnd() {
        delivery.connect(client);
        lookAt(1);
        lookAt(2);
        lookAt(50);
        for (int second = 51; second <= 93; second++) {
            lookAt(second);
        }
        client.awaitClose(CloseReason.GONE);
    }

    @Test
    void withoutAPauseSilenceIsSilence() {
        delivery.connect(client);
        for (int second = 1; second <= 44; second++) {
            lookAt(second);
        }
        assertEquals(Optional.empty(), client.farewell());
        lookAt(45);
        client.awaitClose(CloseReason.GONE);
    }

    @Test
    void aWriteThatThePauseHeldUpIsNotTooSlow() {
        client.stall();
        delivery.follow(client);
        delivery.say("one");
        client.awaitFinishing();
        lookAt(1);
        lookAt(30);
        assertEquals(Optional.empty(), client.farewell());
        client.flow();
        client.awaitLine("said @1 main Ana: one");
    }
}
