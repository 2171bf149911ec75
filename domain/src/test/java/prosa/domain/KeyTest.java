package prosa.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static prosa.domain.Refusals.assertRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "1f0c-22", "\"quoted\"", " ", "~", "!"})
    void printableAsciiMakesAKey(String key) {
        assertEquals(key, new Key(key).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\n", "\t", "\u007F", "é", "😀", "\u0000"})
    void allElseIsMalformed(String key) {
        assertRefused(Reason.MALFORMED, () -> new Key(key));
    }

    @Test
    void aHundredAndTwentyEightCharactersAreTheMost() {
        assertEquals(128, new Key("k".repeat(128)).value().length());
        assertRefused(Reason.MALFORMED, () -> new Key("k".repeat(129)));
    }
}
