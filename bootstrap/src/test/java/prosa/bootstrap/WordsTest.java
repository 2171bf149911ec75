package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import prosa.application.port.HistoryUnusable;
import prosa.certificate.Unusable;
import prosa.language.CatalogueContract;

class WordsTest extends CatalogueContract {
    WordsTest() {
        super(Words.class);
    }

    /** It is written when there may be no memory left to encode it. */
    @Test
    void theLastWordsAreAscii() {
        assertTrue(english.get("last.ended").matches("[ -~]+"));
        assertTrue(portuguese.get("last.ended").matches("[ -~]+"));
    }

    @Test
    void everyReasonOfTheHistoryHasWords() {
        for (HistoryUnusable.Reason reason : HistoryUnusable.Reason.values()) {
            String key = "history." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
            assertTrue(english.keys().contains(key), key);
        }
    }

    @Test
    void everyReasonOfTheCertificateHasWords() {
        for (Unusable.Reason reason : Unusable.Reason.values()) {
            String key = "tls." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
            assertTrue(english.keys().contains(key), key);
        }
    }
}
