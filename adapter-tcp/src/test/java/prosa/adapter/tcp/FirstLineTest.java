package prosa.adapter.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1", "POST /messages?room=main HTTP/1.0", "OPTIONS * HTTP/1.1", "PRI * HTTP/2.0",
                "BREW-x http://localhost:2323/a HTTP/1.1", "GET / HTTP/2", "GET /a b c HTTP/1.1 ", " HTTP/1.1"
            })
    void anHttpRequestComesFromABrowser(String line) {
        assertEquals(FirstLine.BROWSER, FirstLine.of(new LineReader.Line(line, true)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /aaaaaaaaaaaaaaaaaa", "POST http://localhost:2323/aaaa", "x /\naaa"})
    void soDoesOneTooLongToBeSeenWhole(String beginning) {
        assertEquals(FirstLine.BROWSER, FirstLine.of(new LineReader.Line(beginning, false)));
    }

    @Test
    void aProgramSaysWhichDialectItSpeaks() {
        assertEquals(FirstLine.PROGRAM, FirstLine.of(new LineReader.Line("prosa.v1", true)));
        assertEquals(FirstLine.PERSON, FirstLine.of(new LineReader.Line("prosa.v1", false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ana", "", "/help", "prosa.v2", " prosa.v1", "I like HTTP/1.1!", "HTTP"})
    void anybodyElseIsAPerson(String line) {
        assertEquals(FirstLine.PERSON, FirstLine.of(new LineReader.Line(line, true)));
    }

    @Test
    void aPersonMayBeginWithALineTooLong() {
        assertEquals(FirstLine.PERSON, FirstLine.of(new LineReader.Line("blah blah ".repeat(25), false)));
    }
}
