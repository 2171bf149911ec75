package prosa.application;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import prosa.application.port.Peer;
import prosa.application.port.Register;
import prosa.application.port.Secret;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Fault;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/**
 * The rooms that open to a key alone: those of a file, which stays as it is, and those that operators have closed.
 *
 * <p>Changed by the delivery thread. Any thread may ask.
 */
@OwnedByTurn
final class ClosedRooms {
    /** Where a room's key stands that no operator changes. */
    private static final String FILE = "--room-keys";

    private final Map<RoomName, Secret.Hash> ofFile;
    private final Register register;
    private final Guesses guesses;
    private final Executor turn;
    private final SecureRandom random = new SecureRandom();

    /** All; replaced, never changed. */
    private volatile Map<RoomName, Secret.Hash> closed;

    /** @param turn the delivery thread */
    ClosedRooms(Map<RoomName, Secret.Hash> ofFile, Register register, Guesses guesses, Executor turn) {
        this.ofFile = Map.copyOf(ofFile);
        this.register = register;
        this.guesses = guesses;
        this.turn = turn;
        Map<RoomName, Secret.Hash> all = new HashMap<>();
        register.read(Register.Kind.CLOSING)
                .forEach((room, hash) -> all.put(new RoomName(room), new Secret.Hash(hash)));
        all.putAll(ofFile);
        this.closed = Map.copyOf(all);
    }

    @OwnedByTurn.AnyThread
    boolean isClosed(RoomName room) {
        return closed.containsKey(room);
    }

    /** Whether a room is closed, and this is its key. */
    @OwnedByTurn.AnyThread
    boolean opens(RoomName room, Secret key) {
        Secret.Hash right = closed.get(room);
        return right != null && right.isOf(key);
    }

    /** @throws Refused {@link Reason#ROOM_CLOSED}, or {@link Reason#TOO_FAST} if too many wrong keys were shown */
    @OwnedByTurn.AnyThread
    void requireKey(Peer peer, RoomName room, Optional<Secret> shown) {
        Secret.Hash right = closed.get(room);
        if (right == null) {
            return;
        }
        Secret key = shown.orElseThrow(() -> new Refused(Reason.ROOM_CLOSED));
        if (!right.isOf(key)) {
            throw guesses.wrong(peer, Reason.ROOM_CLOSED);
        }
    }

    /**
     * Closes a room, or gives it another key if it is closed.
     *
     * @return completes with the key, on the delivery thread, once that is kept and holds
     * @throws Refused {@link Reason#MALFORMED} if the room's key is the file's
     */
    CompletionStage<Secret> close(RoomName room) {
        assert DeliveryThread.hasTurn();
        requireOurs(room);
        Secret key = Secret.made(Secret.Kind.ROOM, random);
        return register.keep(Register.Kind.CLOSING, room.value(), key.hash().value())
                .thenApplyAsync(
                        kept -> {
                            change(all -> all.put(room, key.hash()));
                            return key;
                        },
                        turn);
    }

    /**
     * Opens a room.
     *
     * @return completes, on the delivery thread, once that is kept and holds
     * @throws Refused {@link Reason#MALFORMED} if the room's key is the file's
     */
    CompletionStage<Void> open(RoomName room) {
        assert DeliveryThread.hasTurn();
        requireOurs(room);
        return register.forget(Register.Kind.CLOSING, room.value())
                .thenRunAsync(() -> change(all -> all.remove(room)), turn);
    }

    /**
     * Another machine has closed a room, or opened it; or this one has, and hears of it once more.
     *
     * @param hash of the key; empty if the room is open
     * @return whether it has a key from now on that it did not have
     */
    boolean changed(RoomName room, Optional<Secret.Hash> hash) {
        assert DeliveryThread.hasTurn();
        if (ofFile.containsKey(room) || Optional.ofNullable(closed.get(room)).equals(hash)) {
            return false;
        }
        change(all -> hash.ifPresentOrElse(key -> all.put(room, key), () -> all.remove(room)));
        return hash.isPresent();
    }

    private void change(Consumer<Map<RoomName, Secret.Hash>> change) {
        Map<RoomName, Secret.Hash> all = new HashMap<>(closed);
        change.accept(all);
        closed = Map.copyOf(all);
    }

    private void requireOurs(RoomName room) {
        if (ofFile.containsKey(room)) {
            throw new Refused(new Fault.SetBy(FILE));
        }
    }
}
