package prosa.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.text.NumberFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "'' | en",
                "en | en",
                "pt | pt",
                "pt-BR | pt",
                "PT-pt | pt",
                "pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7 | pt",
                "en-US,en;q=0.9,pt;q=0.8 | en",
                "en;q=0.5, pt;q=0.9 | pt",
                "fr, de;q=0.9 | en",
                "fr, pt;q=0.1 | pt",
                "fr, pt ; q=0.2 , en ; q=0.1 | pt",
                "pt;q=0 | en",
                "en;q=0, * | pt",
                "pt;q=0, * | en",
                "* | en",
                "*;q=0.5, pt;q=0.4 | en",
                "*;q=0.5, pt;q=0.6 | pt",
                "pt;q=nonsense | en",
                "pt;q=2 | en",
                "pt;q=1.000 | pt",
                ",,;;=,, pt | pt",
                "ptx | en"
            })
    void theLanguageThatAReaderLikesBestIsChosen(String header, String expected) {
        assertEquals(expected, Language.preferred(header).tag());
    }

    @ParameterizedTest
    @CsvSource({
        "pt_BR.UTF-8, pt",
        "pt_PT@euro, pt",
        "pt, pt",
        "pt-BR, pt",
        "ptx_YZ, en",
        "en_US.UTF-8, en",
        "C.UTF-8, en",
        "C, en",
        "POSIX, en",
        "'', en",
        "de_DE.UTF-8, en"
    })
    void thePosixLocaleIsUnderstood(String lang, String expected) {
        assertEquals(expected, Language.ofLocale(lang).tag());
    }

    @Test
    void aLanguageIsFoundByItsTag() {
        assertEquals(Optional.of(Language.ENGLISH), Language.of("en"));
        assertEquals(Optional.of(Language.PORTUGUESE), Language.of("pt"));
        assertEquals(Optional.empty(), Language.of("pt-BR"));
        assertEquals(Optional.empty(), Language.of(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 | 0",
                "999 | 999 | 999",
                "1000 | 1,000 | 1.000",
                "10020 | 10,020 | 10.020",
                "2147483647 | 2,147,483,647 | 2.147.483.647"
            })
    void writesNumbersInGroupsOfThree(int number, String english, String portuguese) {
        assertEquals(english, Language.ENGLISH.number(number));
        assertEquals(portuguese, Language.PORTUGUESE.number(number));
        for (Language language : Language.values()) {
            assertEquals(NumberFormat.getInstance(language.locale()).format(number), language.number(number));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | '' | ''",
                "Ana | Ana | Ana",
                "Ana;Bia | Ana and Bia | Ana e Bia",
                "Ana;Bia;Caio | Ana, Bia, and Caio | Ana, Bia e Caio"
            })
    void listsAreJoinedAsPeopleDo(String names, String english, String portuguese) {
        List<String> listed = names.isEmpty() ? List.of() : List.of(names.split(";"));
        assertEquals(english, Language.ENGLISH.list(listed));
        assertEquals(portuguese, Language.PORTUGUESE.list(listed));
    }

    @ParameterizedTest
    @CsvSource({"0, false, true", "1, true, true", "2, false, false", "1000, false, false"})
    void wordsAgreeWithNumbersByTheRulesOfTheLanguage(int count, boolean english, boolean portuguese) {
        assertEquals(english, Language.ENGLISH.isOne(count));
        assertEquals(portuguese, Language.PORTUGUESE.isOne(count));
    }
}
