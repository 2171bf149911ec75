package prosa.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
    private static final Catalogue ENGLISH = Catalogue.beside(CatalogueTest.class, Language.ENGLISH);
    private static final Catalogue PORTUGUESE = Catalogue.beside(CatalogueTest.class, Language.PORTUGUESE);

    @Test
    void anApostropheIsALetter() {
        assertEquals("It isn't so", ENGLISH.get("plain"));
        assertEquals("There is one message in Ana's room", ENGLISH.get("messages", 1, "Ana"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | There are no messages in Ana's room | Há 0 mensagem na sala de Ana",
                "1 | There is one message in Ana's room | Há 1 mensagem na sala de Ana",
                "2 | There are 2 messages in Ana's room | Há 2 mensagens na sala de Ana",
                "1000 | There are 1,000 messages in Ana's room | Há 1.000 mensagens na sala de Ana"
            })
    void wordsAndNumbersAreThoseOfTheLanguage(int count, String english, String portuguese) {
        assertEquals(english, ENGLISH.get("messages", count, "Ana"));
        assertEquals(portuguese, PORTUGUESE.get("messages", count, "Ana"));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertEquals(Set.of("plain", "messages"), ENGLISH.keys());
        assertEquals(Optional.empty(), ENGLISH.find("other"));
        assertEquals(
                "other has no text in ENGLISH",
                assertThrows(IllegalArgumentException.class, () -> ENGLISH.get("other"))
                        .getMessage());
    }
}
