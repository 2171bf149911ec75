package prosa.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import prosa.domain.Fault;
import prosa.domain.Reason;
import prosa.language.Language;

class PhrasesTest {
    private final Phrases english = new Phrases(Language.ENGLISH);
    private final Phrases portuguese = new Phrases(Language.PORTUGUESE);

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonHasASentenceInEachLanguage(Reason reason) {
        for (Phrases phrases : new Phrases[] {english, portuguese}) {
            String sentence = phrases.refusal(reason);
            assertTrue(Character.isUpperCase(sentence.charAt(0)) && sentence.endsWith("."), sentence);
            assertFalse(sentence.contains("\n"), sentence);
        }
        assertNotEquals(english.refusal(reason), portuguese.refusal(reason));
    }

    @Test
    void everyFaultIsNamedInEachLanguage() {
        List<Fault> faults = List.of(
                new Fault.Missing("part"),
                new Fault.NotText("part"),
                new Fault.NotNumber("part", 1, 1_000),
                new Fault.NotPosition("part"),
                new Fault.NotKey("part"),
                new Fault.NotOneOf("part", List.of("json", "text")),
                new Fault.NotBase64("part", 16),
                new Fault.TooLong("part", 256),
                new Fault.TooMany("part", 1),
                new Fault.TooMany("part", 32),
                new Fault.Undecodable("part"),
                new Fault.OutOfPlace("part"),
                new Fault.Contradicted("part"),
                new Fault.NotOwn("part"));
        for (Fault fault : faults) {
            String inEnglish = english.refusal(Reason.MALFORMED, Optional.of(fault));
            String inPortuguese = portuguese.refusal(Reason.MALFORMED, Optional.of(fault));
            assertTrue(inEnglish.contains("part") && inPortuguese.contains("part"), inEnglish + inPortuguese);
            assertNotEquals(inEnglish, inPortuguese);
        }
        assertEquals(
                "limit must be a whole number from 1 to 1,000.",
                english.refusal(Reason.MALFORMED, Optional.of(new Fault.NotNumber("limit", 1, 1_000))));
        assertEquals(
                "as tem de ser json ou text.",
                portuguese.refusal(Reason.MALFORMED, Optional.of(new Fault.NotOneOf("as", List.of("json", "text")))));
    }

    @Test
    void numbersAreWrittenAsTheLanguageDoes() {
        assertEquals("+37 here, 1,204 in all", english.presence(37, 0, 1204));
        assertEquals("+37 -2 aqui, 1.204 ao todo", portuguese.presence(37, 2, 1204));
        assertEquals("-1 here, 60 in all", english.presence(0, 1, 60));
        assertTrue(portuguese.refusal(Reason.TEXT_TOO_LONG).contains("4.000"));
    }

    @Test
    void onePersonIsNotSeveral() {
        assertEquals("1 pessoa em main: ", portuguese.present(Samples.ROOM, 1));
        assertEquals("2 pessoas em main: ", portuguese.present(Samples.ROOM, 2));
    }
}
