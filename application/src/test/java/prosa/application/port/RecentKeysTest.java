package prosa.application.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import prosa.domain.Draft;
import prosa.domain.Key;
import prosa.domain.Name;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

class RecentKeysTest {
    private static final long NOW = -5_000_000_000L;

    private final RecentKeys keys = new RecentKeys();

    @Test
    void aDraftWithoutAKeyIsNeverFound() {
        Draft plain = new Draft(
                RoomName.MAIN, new Name("Ana"), new Via("ws"), Instant.EPOCH, new Text("hi"), Optional.empty());
        keys.remember(plain, 1, NOW);
        assertTrue(keys.find(plain, NOW).isEmpty());
    }

    @Test
    void aKeyUsedAnewLivesFromItsNewUse() {
        keys.remember(draft("k"), 1, NOW);
        long later = NOW + RecentKeys.LIFETIME.toNanos();
        assertTrue(keys.find(draft("k"), later).isEmpty());
        keys.remember(draft("k"), 2, later);
        assertEquals(OptionalLong.of(2), keys.find(draft("k"), later + RecentKeys.LIFETIME.toNanos() - 1));
    }

    @Test
    void whatWasNotKeptAfterAllIsForgotten() {
        keys.remember(draft("a"), 1, NOW);
        keys.remember(draft("b"), 2, NOW);
        keys.remember(draft("c"), 3, NOW);
        keys.forgetAfter(2);
        keys.forgetUpTo(1);
        assertTrue(keys.find(draft("a"), NOW).isEmpty());
        assertEquals(OptionalLong.of(2), keys.find(draft("b"), NOW));
        assertTrue(keys.find(draft("c"), NOW).isEmpty());
    }

    private static Draft draft(String key) {
        return new Draft(
                RoomName.MAIN,
                new Name("Ana"),
                new Via("ws"),
                Instant.EPOCH,
                new Text("hi"),
                Optional.of(new Key(key)));
    }
}
