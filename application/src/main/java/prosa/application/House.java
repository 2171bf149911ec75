package prosa.application;

import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import prosa.delivery.DeliveryThread;
import prosa.domain.Draft;
import prosa.domain.Message;
import prosa.domain.Position;

/** What all visitors share: the rooms, the connections, the passes, the engine and the clock. */
record House(
        Rooms rooms,
        DeliveryThread deliveryThread,
        Measure measure,
        Replays replays,
        Passes passes,
        MessagePublisher publisher,
        MessageHistory history,
        InstantSource clock)
        implements Executor {
    /** Runs a task on the delivery thread. Any thread. */
    @Override
    public void execute(Runnable task) {
        deliveryThread.execute(task);
    }

    /** Runs a task on the delivery thread, which the calling thread becomes for it if it can ({@link DeliveryThread#lend}). */
    void lend(Runnable task) {
        deliveryThread.lend(task);
    }

    CompletionStage<Message> publish(Draft draft, long origin) {
        return publisher.publish(draft, origin);
    }

    /** Where a client goes on that sends this position back. */
    Resume resume(String since) {
        return Resume.at(Position.parse(since), history, rooms.offset());
    }
}
