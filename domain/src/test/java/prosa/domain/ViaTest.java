package prosa.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViaTest {
    @ParameterizedTest
    @ValueSource(strings = {"ws", "tcp", "http", "sse", "irc", "a", "web-transport2", "abcdefghijklmnop"})
    void aWireIsAWord(String word) {
        assertEquals(word, new Via(word).word());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "WS", "2tcp", "-", "a b", "over http", "h\u00e9", "abcdefghijklmnopq", "ws\n"})
    void nothingElseIs(String word) {
        Refused refused = assertThrows(Refused.class, () -> new Via(word));
        assertEquals(Reason.MALFORMED, refused.reason());
    }
}
