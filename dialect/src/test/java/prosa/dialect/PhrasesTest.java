package prosa.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import prosa.domain.Reason;

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
