package prosa.application;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import prosa.application.port.Names;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/** The names of one machine, which needs to ask nobody else. */
@OwnedByTurn
public final class LocalNames implements Names {
    private final Map<RoomName, Set<String>> taken = new HashMap<>();

    @Override
    public CompletionStage<Hold> take(Wanted wanted) {
        assert DeliveryThread.hasTurn();
        Set<String> inRoom = taken.computeIfAbsent(wanted.room(), asked -> new HashSet<>());
        if (!inRoom.add(wanted.name().key())) {
            return CompletableFuture.failedStage(new Refused(Reason.NAME_TAKEN));
        }
        return CompletableFuture.completedStage(() -> release(wanted.room(), wanted.name()));
    }

    private void release(RoomName room, Name name) {
        taken.computeIfPresent(room, (in, names) -> {
            names.remove(name.key());
            return names.isEmpty() ? null : names;
        });
    }
}
