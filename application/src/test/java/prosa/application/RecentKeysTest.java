package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
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
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private final RecentKeys keys = new RecentKeys();

    @Test
    void aDraftWithoutAKeyIsNeverFound() {
        Draft plain = new Draft(RoomName.MAIN, new Name("Ana"), Via.WS, NOW, new Text("hi"), Optional.empty());
        keys.remember(plain, 1, NOW);
        assertTrue(keys.find(plain, NOW).isEmpty());
    }

    @Test
    void aKeyUsedAnewLivesFromItsNewUse() {
        keys.remember(draft("k"), 1, NOW);
        Instant later = NOW.plus(RecentKeys.LIFETIME);
        assertTrue(keys.find(draft("k"), later).isEmpty());
        keys.remember(draft("k"), 2, later);
        assertEquals(
                OptionalLong.of(2),
                keys.find(draft("k"), later.plus(RecentKeys.LIFETIME).minusMillis(1)));
    }

    @Test
    void aClockThatWasSetBackMakesNoKeyImmortal() {
        keys.remember(draft("k"), 1, NOW);
        assertEquals(OptionalLong.of(1), keys.find(draft("k"), NOW.minus(Duration.ofMinutes(9))));
        assertTrue(keys.find(draft("k"), NOW.minus(Duration.ofDays(1))).isEmpty());
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
        return new Draft(RoomName.MAIN, new Name("Ana"), Via.WS, NOW, new Text("hi"), Optional.of(new Key(key)));
    }
}
