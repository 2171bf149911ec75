package prosa.adapter.nats;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import prosa.application.port.HouseClock;
import prosa.application.port.RecentKeys;
import prosa.domain.Draft;
import prosa.domain.Key;
import prosa.domain.Message;

/** The keys that people have lately used, as far as the copy has got. Any thread. */
final class KnownKeys {
    private static final int MOST_LATE = 10_000;

    private final HouseClock clock;
    private RecentKeys keys = new RecentKeys();

    /** Where stands what came with a key and too late, by the message's id. */
    private final SequencedMap<String, Long> late = new LinkedHashMap<>();

    KnownKeys(HouseClock clock) {
        this.clock = clock;
    }

    /** Begins with those. */
    synchronized void begin(RecentKeys those) {
        keys = those;
        late.clear();
    }

    /** A message was copied, which may have been said a while ago, on another node's clock. */
    synchronized void remember(Message message, Key key) {
        Duration age = age(message);
        if (age.compareTo(RecentKeys.LIFETIME) < 0) {
            keys.remember(message.room(), message.by(), key, message.id().offset(), clock.nanoTime() - age.toNanos());
        }
    }

    /** A message was read that came behind its lease's lapse: the engine would take what is said again for the same. */
    synchronized void rememberLate(Message message, Key key) {
        late.put(MessageIds.of(message.room(), message.by(), key), message.id().offset());
        if (late.size() > MOST_LATE) {
            late.pollFirstEntry();
        }
    }

    private Duration age(Message message) {
        Instant now = clock.instant();
        return message.at().isAfter(now) ? Duration.ZERO : Duration.between(message.at(), now);
    }

    /** Whether a message was said so long ago that its key does not stand for it any more. */
    boolean isOver(Message message) {
        return age(message).compareTo(RecentKeys.LIFETIME) >= 0;
    }

    /** The offset of the message that came with that key. */
    synchronized OptionalLong find(Draft draft) {
        return keys.find(draft, clock.nanoTime());
    }

    /** The offset of the message that came with that key, too long ago, or behind its lease's lapse. */
    synchronized OptionalLong findOver(Draft draft) {
        Optional<Long> lately =
                draft.key().flatMap(key -> Optional.ofNullable(late.get(MessageIds.of(draft.room(), draft.by(), key))));
        if (lately.isPresent()) {
            return OptionalLong.of(lately.get());
        }
        return keys.findOver(draft, clock.nanoTime());
    }
}
