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
    private static final Pattern OUT_IN_PORTUGUESE = outOf(
            "fios?|meios?(?!-)|pedidos?|repetid[ao]s?|repetidor|hífens|algarismos?|numa|num|nuns|numas|aperto de mão|batimentos?"
                    + "|em dobro|dobradas?|devidas?|vista|cochich\\w*|particular(es)?|experiências?|estrangular|curad[ao]"
                    + "|tensão|núcleos?|relés?|seguidor(es)?|ouvintes?|meia aberta|pingüim|registro dele|chegaram? à sala"
                    + "|(está|estão|estava|continua) a \\p{L}+[aei]r"
                    + "|a (medir|começar|aquecer|enviar|ouvir|esperar|conectar|reconectar|escrever|ler|voltar)");

    private static final Pattern OUT_IN_ENGLISH = outOf(
            "blanks?|heeding|heeds?|doubled|twice|due|came? in|becomes? of|begun at|anew|whispers?|gone|head|good-bye");

    private static Pattern outOf(String words) {
        return Pattern.compile(
                "(?<!\\p{L})(" + words + ")(?!\\p{L})",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    }

    @Test
    void bothLanguagesSayTheSameThingsOfTheSameValues() throws IOException {
        Map<String, String> english = catalogue("en");
        Map<String, String> portuguese = catalogue("pt");
        assertEquals(List.copyOf(english.keySet()), List.copyOf(portuguese.keySet()));
        english.forEach((key, text) -> assertEquals(places(text), places(portuguese.get(key)), key));
    }

    @Test
    void oneThingHasOneWord() throws IOException {
        assertEquals(Set.of(), said(OUT_IN_PORTUGUESE, "pt"));
        assertEquals(Set.of(), said(OUT_IN_ENGLISH, "en"));
    }

    /** The names of protocols that have an article in Portuguese. */
    @Test
    void protocolsHaveTheirArticle() throws IOException {
        assertEquals(Set.of(), said(Pattern.compile("(^|[.:;] )(WebSocket|TCP|SSE|EventSource) [a-zà-ÿ]"), "pt"));
    }

    private static Set<String> said(Pattern out, String language) throws IOException {
        Set<String> said = new TreeSet<>();
        catalogue(language)
                .forEach((key, text) ->
                        out.matcher(text).results().forEach(found -> said.add(key + ": " + found.group())));
        return said;
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
