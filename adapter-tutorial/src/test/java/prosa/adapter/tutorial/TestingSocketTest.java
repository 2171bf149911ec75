package prosa.adapter.tutorial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TestingSocketTest {
    @Test
    void whatIsLoggedHasAtMostTwoHundredCharacters() {
        assertEquals("x".repeat(200), TestingSocket.visible("x".repeat(201)));
        assertEquals(200, TestingSocket.visible("🚲".repeat(300)).codePoints().count());
    }

    @Test
    void controlCharactersAreMadeVisible() {
        assertEquals(
                "a\\u000ab\\u001b[31m\\u202e\\u2028\\ud800", TestingSocket.visible("a\nb\u001b[31m\u202e\u2028\ud800"));
    }
}
