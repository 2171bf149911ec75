package prosa.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the pages say, in both languages: the same things of the same values, and in the words that one thing has. */
class CataloguesTest {
    /** A key and all behind it, up to the next one or the end. */
    private static final Pattern ENTRY =
            Pattern.compile("^  \"([^\"]+)\": (.*?)(?=^  \"|^};)", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

    /** European, word for word, or a second name for a thing that has one. */
    private static final Pattern OUT = Pattern.compile(
            "\\b(fios?|pedidos?|repetid[ao]s?|repetidor|hífens|algarismos?|numa|aperto de mão|batimentos?|em dobro|vista"
                    + "|cochich\\w*|experiências?|estrangular|curad[ao]|tensão|núcleos?|relé)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

    @Test
    void bothLanguagesSayTheSameThingsOfTheSameValues() throws IOException {
        Map<String, String> english = catalogue("en");
        Map<String, String> portuguese = catalogue("pt");
        assertEquals(List.copyOf(english.keySet()), List.copyOf(portuguese.keySet()));
        english.forEach((key, text) -> assertEquals(places(text), places(portuguese.get(key)), key));
    }

    @Test
    void portugueseHasOneWordForOneThing() throws IOException {
        Set<String> wrong = new TreeSet<>();
        catalogue("pt")
                .forEach((key, text) ->
                        OUT.matcher(text).results().forEach(found -> wrong.add(key + ": " + found.group())));
        assertEquals(Set.of(), wrong);
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text)
                .results()
                .map(place -> place.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> catalogue(String language) throws IOException {
        try (InputStream file = CataloguesTest.class.getResourceAsStream("/web/js/words/" + language + ".js")) {
            assertNotNull(file, language);
            Map<String, String> entries = new LinkedHashMap<>();
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (MatchResult entry : ENTRY.matcher(text).results().toList()) {
                entries.put(entry.group(1), entry.group(2));
            }
            return entries;
        }
    }
}
