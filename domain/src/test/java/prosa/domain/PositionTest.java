package prosa.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static prosa.domain.Refusals.assertRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @Test
    void aPositionIsReadAsItIsWritten() {
        Position position = new Position(1_772_600_767_089L, 42);
        assertEquals("1772600767089-42", position.toString());
        assertEquals(position, Position.parse(position.toString()));
        assertEquals(new Position(0, 0), Position.parse("0-0"));
        assertEquals(new Position(7, 8), Position.parse("007-0008"));
    }

    @Test
    void whateverItsDigitsAreItDoesNotOverflow() {
        assertEquals(
                new Position(999_999_999_999_999_999L, 999_999_999_999_999_999L),
                Position.parse("999999999999999999-999999999999999999"));
        assertRefused(Reason.MALFORMED, () -> Position.parse("1-9223372036854775808"));
        assertRefused(Reason.MALFORMED, () -> Position.parse("1-" + "9".repeat(100_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-", "1", "1-", "-1", "1--1", "1-2-3", "+1-2", "1-+2", " 1-2", "1-2 ", "1-2\n", "1 - 2", "a-b",
                "0x1-2", "1.0-2", "١-٢", "1‐2", "1,2"
            })
    void allElseIsMalformed(String text) {
        assertRefused(Reason.MALFORMED, () -> Position.parse(text));
    }

    @Test
    void aNegativePlaceIsAFault() {
        assertThrows(IllegalArgumentException.class, () -> new Position(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Position(0, -1));
    }
}
