package prosa.application;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import prosa.application.port.MessagePublisher;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Entry;
import prosa.domain.Refused;
import prosa.domain.Removal;

/** Takes away what was said, for those who may ask for it: whether they may is looked at before. */
@OwnedByTurn
final class Removals {
    private final MessagePublisher publisher;
    private final DeliveryThread deliveryThread;
    private final InstantSource clock;

    Removals(MessagePublisher publisher, DeliveryThread deliveryThread, InstantSource clock) {
        this.publisher = publisher;
        this.deliveryThread = deliveryThread;
        this.clock = clock;
    }

    /**
     * Takes something away. The command is done when that is kept: everybody in the room has been told then, whoever asked for it too.
     *
     * @param removal what, if it is asked for at that time
     */
    void carryOut(Function<Instant, Removal> removal, Completion completion) {
        assert DeliveryThread.hasTurn();
        ask(removal)
                .whenComplete((entries, failure) -> deliveryThread.lend(() -> {
                    if (failure == null) {
                        completion.done();
                    } else {
                        completion.refuse(new Refused(Chat.reasonOf(failure)));
                    }
                }));
    }

    /** The same, for whoever asks from elsewhere. Completes as {@link MessagePublisher#remove}. */
    @OwnedByTurn.AnyThread
    CompletionStage<List<Entry>> ask(Function<Instant, Removal> removal) {
        return publisher.remove(removal.apply(clock.instant()));
    }
}
