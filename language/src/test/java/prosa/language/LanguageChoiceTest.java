package prosa.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageChoiceTest {
    private static final Map<String, String> PORTUGUESE = Map.of("LANG", "pt_BR.UTF-8");

    @ParameterizedTest
    @CsvSource({
        "'', '', '', '', en",
        "'', '', '', pt_BR.UTF-8, pt",
        "'', '', '', C.UTF-8, en",
        "'', '', en_US, pt_BR, en",
        "'', '', pt_PT, en_US, pt",
        "'', C, pt_BR, pt_BR, en",
        "'', pt_BR, C, C, pt",
        "pt, C, C, C, pt",
        "en, pt, pt, pt, en",
        "tlh, '', '', pt_BR, pt",
        "pt_BR, '', '', en_US, en"
    })
    void theEnvironmentAsksByItsFirstVariable(String own, String all, String messages, String lang, String expected) {
        Map<String, String> env = Map.of("PROSA_LANG", own, "LC_ALL", all, "LC_MESSAGES", messages, "LANG", lang);
        assertEquals(expected, LanguageChoice.ofEnvironment(env).tag());
        assertEquals(Language.PORTUGUESE, LanguageChoice.of(List.of("--lang", "pt"), env));
        assertEquals(Language.ENGLISH, LanguageChoice.of(List.of("--lang=en"), env));
    }

    @Test
    void anEmptyEnvironmentAsksForNothing() {
        assertEquals(Language.ENGLISH, LanguageChoice.ofEnvironment(Map.of()));
    }

    @Test
    void theOptionCountsWhereverItStandsAndWhateverStandsBesideIt() {
        Map<String, String> env = Map.of();
        assertEquals(Language.PORTUGUESE, LanguageChoice.of(List.of("--help", "--lang", "pt"), env));
        assertEquals(Language.PORTUGUESE, LanguageChoice.of(List.of("--lang=pt", "--http-port"), env));
        assertEquals(Language.PORTUGUESE, LanguageChoice.of(List.of("--nonsense", "--lang=pt", "--lang=en"), env));
        assertEquals(Language.ENGLISH, LanguageChoice.of(List.of("pt", "--language=pt", "--lang"), env));
    }

    @Test
    void whatNamesNoLanguageIsRefusedInThatOfTheEnvironment() {
        assertEquals(Language.PORTUGUESE, LanguageChoice.of(List.of("--lang", "fr"), PORTUGUESE));
        assertEquals(Language.PORTUGUESE, LanguageChoice.of(List.of("--lang="), PORTUGUESE));
        assertEquals(Language.ENGLISH, LanguageChoice.of(List.of("--lang", "fr"), Map.of()));
    }
}
