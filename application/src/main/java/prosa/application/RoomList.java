package prosa.application;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import prosa.application.port.MessageHistory;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * The list of rooms. It may be long, so one is made at a time, for all who asked before it was begun; who asks meanwhile gets the next. So none
 * is older than its request, and many who ask at once cost no more than two. Whoever reads the history sorts it: on the delivery thread only
 * the rooms that somebody is in are added.
 */
@OwnedByTurn
final class RoomList {
    private final Rooms rooms;
    private final Reads reads;
    private final MessageHistory history;
    private final Predicate<RoomName> isShown;
    private List<CompletableFuture<NavigableMap<RoomName, Integer>>> waiting = new ArrayList<>();
    private boolean making;

    /** @param isShown asked on any thread */
    RoomList(Rooms rooms, Reads reads, MessageHistory history, Predicate<RoomName> isShown) {
        this.rooms = rooms;
        this.reads = reads;
        this.history = history;
        this.isShown = isShown;
    }

    void ask(CompletableFuture<NavigableMap<RoomName, Integer>> answer) {
        assert DeliveryThread.hasTurn();
        waiting.add(answer);
        makeNext();
    }

    private void makeNext() {
        if (making || waiting.isEmpty()) {
            return;
        }
        making = true;
        List<CompletableFuture<NavigableMap<RoomName, Integer>>> asked = waiting;
        waiting = new ArrayList<>();
        reads.ask(() -> Reads.Wanted.YES, () -> history.rooms().thenApply(this::deserted), (known, failure) -> {
            making = false;
            answer(asked, known, failure);
            makeNext();
        });
    }

    /** As if nobody were in any of them. */
    private NavigableMap<RoomName, Integer> deserted(Set<RoomName> known) {
        NavigableMap<RoomName, Integer> counts = new TreeMap<>();
        known.stream().filter(isShown).forEach(room -> counts.put(room, 0));
        return counts;
    }

    private void answer(
            Collection<CompletableFuture<NavigableMap<RoomName, Integer>>> asked,
            @Nullable NavigableMap<RoomName, Integer> known,
            @Nullable Reason failure) {
        if (known == null) {
            asked.forEach(answer -> answer.completeExceptionally(new Refused(Objects.requireNonNull(failure))));
            return;
        }
        rooms.headCounts().forEach((room, count) -> {
            if (isShown.test(room)) {
                known.put(room, count);
            }
        });
        NavigableMap<RoomName, Integer> list = Collections.unmodifiableNavigableMap(known);
        asked.forEach(answer -> answer.complete(list));
    }
}
