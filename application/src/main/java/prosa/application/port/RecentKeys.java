package prosa.application.port;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.SequencedMap;
import prosa.domain.Draft;
import prosa.domain.Key;
import prosa.domain.Name;
import prosa.domain.RoomName;

/**
 * The keys that people have lately used, and where in the log the message of each one is: for an engine that has to do itself
 * what {@link MessagePublisher#publish} promises about keys.
 *
 * <p>Times are {@link HouseClock#nanoTime}'s: a key outlives no change of the time of day, and is not forgotten by one.
 *
 * <p>Not thread-safe: the engine's lock or thread owns it.
 */
public final class RecentKeys {
    /** How long a key stands for the message that it came with first. */
    public static final Duration LIFETIME = Duration.ofMinutes(10);

    /**
     * The most keys that are remembered; beyond it the oldest go early. That is 1,600 keys a second for 10 minutes, and some
     * 200 MB: a flood of keys must not take the server's memory.
     */
    public static final int MAX_KEYS = 1_000_000;

    /** By {@link #handle}, in the order of their use. */
    private final SequencedMap<String, Use> uses = new LinkedHashMap<>();

    private record Use(long offset, long at) {
        boolean isOver(long now) {
            return now - at >= LIFETIME.toNanos();
        }
    }

    /** The offset of the message that the same person has already said with this key; empty if there is none, or no key. */
    public OptionalLong find(Draft draft, long now) {
        if (draft.key().isEmpty()) {
            return OptionalLong.empty();
        }
        Use use = uses.get(handle(draft.room(), draft.by(), draft.key().get()));
        return use == null || use.isOver(now) ? OptionalLong.empty() : OptionalLong.of(use.offset);
    }

    /** The offset of the message with this key that the same person said so long ago that it does not count; empty if none is remembered. */
    public OptionalLong findOver(Draft draft, long now) {
        if (draft.key().isEmpty()) {
            return OptionalLong.empty();
        }
        Use use = uses.get(handle(draft.room(), draft.by(), draft.key().get()));
        return use != null && use.isOver(now) ? OptionalLong.of(use.offset) : OptionalLong.empty();
    }

    /** Remembers the draft's key, if it has one. Offsets must come in ascending order. */
    public void remember(Draft draft, long offset, long now) {
        draft.key().ifPresent(key -> remember(draft.room(), draft.by(), key, offset, now));
    }

    /** Remembers a key, as read back from a log. Offsets must come in ascending order. */
    public void remember(RoomName room, Name by, Key key, long offset, long now) {
        String handle = handle(room, by, key);
        uses.remove(handle); // so that it moves to the end
        uses.put(handle, new Use(offset, now));
        while (uses.size() > MAX_KEYS || uses.firstEntry().getValue().isOver(now)) {
            uses.pollFirstEntry();
        }
    }

    /** Forgets the keys of entries after this offset: they were not kept after all. */
    public void forgetAfter(long offset) {
        while (!uses.isEmpty() && uses.lastEntry().getValue().offset > offset) {
            uses.pollLastEntry();
        }
    }

    /** Forgets the keys of entries up to this offset: the log has let go of them. */
    public void forgetUpTo(long offset) {
        while (!uses.isEmpty() && uses.firstEntry().getValue().offset <= offset) {
            uses.pollFirstEntry();
        }
    }

    /** One string is a third of the memory of a record of three. None of the parts can hold a line feed. */
    private static String handle(RoomName room, Name by, Key key) {
        return room.value() + '\n' + by.key() + '\n' + key.value();
    }
}
