package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import prosa.application.port.HistoryUnusable;
import prosa.certificate.Unusable;
import prosa.language.Catalogue;
import prosa.language.Language;

class WordsTest {
    /** European, or another word for what the glossary of docs/architecture.md calls otherwise. */
    private static final Pattern BANNED = Pattern.compile(
            "\\b(pedidos?|fios?|meios?|núcleos?|experiências?|numa|num|a (medir|começar|aquecer)|ficheiros?|ecrã)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    private static final Catalogue ENGLISH = Words.in(Language.ENGLISH);
    private static final Catalogue PORTUGUESE = Words.in(Language.PORTUGUESE);

    @Test
    void bothLanguagesSayTheSameThingsOfTheSameValues() {
        assertEquals(ENGLISH.keys(), PORTUGUESE.keys());
        for (String key : ENGLISH.keys()) {
            assertFalse(ENGLISH.get(key).isBlank(), key);
            assertFalse(PORTUGUESE.get(key).isBlank(), key);
            assertEquals(places(ENGLISH.get(key)), places(PORTUGUESE.get(key)), key);
        }
    }

    private static Set<String> places(String text) {
        return Pattern.compile("\\{[0-9]")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** It is written when there may be no memory left to encode it. */
    @Test
    void theLastWordsAreAscii() {
        assertTrue(ENGLISH.get("last.ended").matches("[ -~]+"));
        assertTrue(PORTUGUESE.get("last.ended").matches("[ -~]+"));
    }

    @Test
    void everyReasonOfTheHistoryHasWords() {
        for (HistoryUnusable.Reason reason : HistoryUnusable.Reason.values()) {
            String key = "history." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
            assertTrue(ENGLISH.keys().contains(key), key);
        }
    }

    @Test
    void everyReasonOfTheCertificateHasWords() {
        for (Unusable.Reason reason : Unusable.Reason.values()) {
            String key = "tls." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
            assertTrue(ENGLISH.keys().contains(key), key);
        }
    }

    @Test
    void thePortugueseIsBrazilianAndKeepsToTheGlossary() {
        for (String key : PORTUGUESE.keys()) {
            assertFalse(BANNED.matcher(PORTUGUESE.get(key)).find(), PORTUGUESE.get(key));
        }
    }
}
