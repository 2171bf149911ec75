package prosa.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds of each class's texts. */
public abstract class CatalogueContract {
    /** What is European, or another word for what the glossary of docs/architecture.md calls otherwise. */
    private static final Pattern OUT = Pattern.compile(
            "\\b(pedidos?|fios?|meios?|núcleos?|experiências?|numa|num|a (medir|começar|aquecer)|ficheiros?|ecrã)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    protected final Catalogue english;
    protected final Catalogue portuguese;

    /** @param speaker whose texts they are */
    protected CatalogueContract(Class<?> speaker) {
        english = Catalogue.beside(speaker, Language.ENGLISH);
        portuguese = Catalogue.beside(speaker, Language.PORTUGUESE);
    }

    @Test
    void bothLanguagesSayTheSameThingsOfTheSameValues() {
        assertEquals(english.keys(), portuguese.keys());
        for (String key : english.keys()) {
            assertFalse(english.get(key).isBlank(), key);
            assertFalse(portuguese.get(key).isBlank(), key);
            assertEquals(places(english.get(key)), places(portuguese.get(key)), key);
        }
    }

    private static Set<String> places(String text) {
        return Pattern.compile("\\{[0-9]")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** Words that are not used in Portuguese. */
    protected Pattern out() {
        return OUT;
    }

    @Test
    void thePortugueseIsBrazilianAndKeepsToTheGlossary() {
        for (String key : portuguese.keys()) {
            assertFalse(out().matcher(portuguese.get(key)).find(), portuguese.get(key));
        }
    }
}
