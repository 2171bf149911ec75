package prosa.lab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import prosa.language.Language;

class TerminalTest {
    @ParameterizedTest
    @EnumSource(Language.class)
    void fitsTheTerminalAndCommandsItNothing(Language language) {
        String text = Terminal.text(Samples.full(), language);
        assertEquals(
                List.of(),
                text.lines()
                        .filter(line -> line.codePointCount(0, line.length()) > Terminal.WIDTH)
                        .toList());
        assertFalse(text.contains("\u001b"), text);
        assertTrue(text.endsWith("\n") && !text.endsWith("\n\n"), text);
    }

    @Test
    void tellsWhatIsWhat() {
        String text = Terminal.text(Samples.full(), Language.ENGLISH);
        assertEquals(
                List.of("connect: bytes from the client", "100", "101", "102", "103", "104"),
                cells(text, "connect: bytes from the client"));
        assertEquals(
                List.of("down, bytes: TCP/IP headers", "104", "104", "104", "104", "~ 104"),
                cells(text, "down, bytes: TCP/IP headers"));
        assertEquals("≥ 873", cells(text, "up, bytes: sum").get(1));
        assertEquals(
                List.of("kind of memory", "live heap", "live heap", "live heap", "live heap", "resident"),
                cells(text, "kind of memory"));
        assertEquals("45.2 s", cells(text, "server notices").get(1));
        assertEquals("> 60 s", cells(text, "client notices").get(1));
        assertEquals(
                List.of("SSE", "with resume", "100", "101", "0", "1", "512 ms", "–", "–", "–"), cells(text, "SSE  "));
        assertTrue(text.contains("never-heard-of"), text);
        assertTrue(text.contains("a relay"), text);
        assertTrue(text.contains("! TCP: the hypervisor gave 3.3 % of the processors to others"), text);
    }

    private static List<String> cells(String text, String start) {
        String line =
                text.lines().filter(one -> one.startsWith(start)).findFirst().orElseThrow();
        return List.of(line.strip().split(" {2,}"));
    }

    @Test
    void saysWhatWasNotMeasured() {
        String text = Terminal.text(Samples.bare(), Language.PORTUGUESE);
        for (String row : List.of(
                "chegada: p50, ms", "CPU do servidor", "memória por", "servidor percebe", "subida, bytes: soma")) {
            assertEquals("não medido", cells(text, row).getLast(), text);
        }
        assertFalse(text.contains("Corte"), "an experiment that was left out: " + text);
    }

    @Test
    void tellsOfTlsWhereThereIsSome() {
        String text = Terminal.text(Samples.secured(), Language.ENGLISH);
        assertEquals("1,834", cells(text, "connect: bytes of TLS among them").getLast());
        assertEquals("33.5", cells(text, "down, bytes: TLS").getLast());
        assertEquals("≥ 232", cells(text, "down, bytes: sum").getLast(), "with TLS's");
        assertEquals("not measured", cells(text, "up, bytes: TLS").getLast());
        assertTrue(text.contains("TLS ends at the relay"), text);
        assertFalse(Terminal.text(Samples.full(), Language.ENGLISH).contains("down, bytes: TLS"), "nor where is none");
    }

    @Test
    void breaksWordsThatAreTooLong() {
        assertEquals(List.of("ab", "cdefg", "hi", ""), Terminal.wrapped("ab cdefghi\n", 5));
    }
}
