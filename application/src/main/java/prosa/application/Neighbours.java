package prosa.application;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import prosa.application.port.Act;
import prosa.application.port.Deed;
import prosa.application.port.Event;
import prosa.application.port.Nodes;
import prosa.delivery.DeliveryThread;
import prosa.delivery.Feed;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/** What other nodes tell and ask, passed on to the delivery thread: the rooms here are told of the people there. Any thread. */
final class Neighbours implements Nodes.Listener {
    private final DeliveryThread deliveryThread;
    private final Rooms rooms;
    private final Elsewhere elsewhere;
    private final Moderation moderation;

    Neighbours(DeliveryThread deliveryThread, Rooms rooms, Elsewhere elsewhere, Moderation moderation) {
        this.deliveryThread = deliveryThread;
        this.rooms = rooms;
        this.elsewhere = elsewhere;
        this.moderation = moderation;
    }

    @Override
    public void present(RoomName room, Participant there, Optional<Name> before) {
        deliveryThread.execute(() -> {
            Optional<OpenRoom> open = rooms.find(room);
            // Who has just come over from there is heard of once more.
            if (open.flatMap(here -> here.chat().find(there.name())).isEmpty()) {
                appear(room, there, before, open.map(OpenRoom::presence));
            }
        });
    }

    private void appear(RoomName room, Participant there, Optional<Name> before, Optional<Presence> presence) {
        Optional<Participant> known =
                elsewhere.put(room, there).or(() -> before.flatMap(name -> elsewhere.remove(room, name)));
        if (known.isEmpty()) {
            presence.ifPresent(told -> told.joined(there));
        } else if (!known.get().name().equals(there.name()) || known.get().claimed() != there.claimed()) {
            presence.ifPresent(told -> told.renamed(known.get(), there, Feed.NOBODY));
        }
    }

    @Override
    public void absent(RoomName room, Name name) {
        deliveryThread.execute(() -> elsewhere
                .remove(room, name)
                .ifPresent(gone ->
                        rooms.find(room).ifPresent(open -> open.presence().left(gone))));
    }

    @Override
    public CompletionStage<Void> told(RoomName room, Event.Whisper whisper) {
        return ask(answer -> {
            Person listener = rooms.find(room)
                    .flatMap(open -> open.find(whisper.to()))
                    .orElseThrow(() -> new Refused(Reason.NOT_HERE));
            if (!listener.recipient().tellFromOthers(whisper)) {
                throw new Refused(Reason.BUSY);
            }
            answer.complete(null);
        });
    }

    @Override
    public CompletionStage<Deed> asked(RoomName room, Name by, Act act) {
        return ask(answer -> moderation
                .performHere(new Moderation.Order(room, by, Optional.empty()), act)
                .whenComplete((told, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    } else if (told instanceof Event.Done done) {
                        answer.complete(done.deed());
                    } else {
                        answer.completeExceptionally(new Refused(Reason.UNKNOWN_COMMAND));
                    }
                }));
    }

    private <T> CompletionStage<T> ask(Consumer<CompletableFuture<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        deliveryThread.execute(() -> {
            try {
                question.accept(answer);
            } catch (Refused refused) {
                answer.completeExceptionally(refused);
            }
        });
        return answer;
    }
}
