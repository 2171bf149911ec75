package prosa.lab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import prosa.language.CatalogueContract;
import prosa.language.Language;

class WordsTest extends CatalogueContract {
    private static final Words ENGLISH = Words.of(Language.ENGLISH);
    private static final Words PORTUGUESE = Words.of(Language.PORTUGUESE);

    /** Words that the glossary has others for: each with what else it may be a part of. */
    private static final Pattern OUT = Pattern.compile(
            "(?iu)\\b(pedidos?|fios?|os? meios?|experiências?|devidas?|dobradas?|seguidor(es)?|ouvintes?|numa|num"
                    + "|promovida|relés?|repetidor|parad[oa]s?|engolid[oa]s?|(?<!de )vista|a (medir|começar|aquecer)|núcleos(?! de CPU)"
                    + "|pingüim|híf(e|é)n|conteúdo(?! misto))\\b");

    WordsTest() {
        super(Words.class);
    }

    @Test
    void anUnknownIdIsShownAsItIs() {
        assertEquals("with resume", ENGLISH.id("variant", "with-resume"));
        assertEquals("over-pigeons", PORTUGUESE.id("variant", "over-pigeons"));
        assertEquals("> 1.000 ms", PORTUGUESE.value("> 1000 ms"));
        assertEquals("4,051,193", ENGLISH.value("4051193"));
        assertEquals("> 45,2 s", PORTUGUESE.value("> 45.2 s"));
        assertEquals("refused: text-empty", ENGLISH.value("refused-text-empty"));
        assertEquals("fechado: 1007", PORTUGUESE.value("closed-1007"));
        assertEquals("fechou a conexão", PORTUGUESE.value("closed"));
        assertEquals("1008 too-slow", ENGLISH.value("1008 too-slow"));
    }

    @Test
    void numbersAreWrittenAsTheyAreThere() {
        assertEquals("1,234,567", ENGLISH.whole(1_234_567));
        assertEquals("1.234.567", PORTUGUESE.whole(1_234_567));
        assertEquals("2,4", PORTUGUESE.millis(2_399));
        assertEquals("0.05", ENGLISH.millis(46));
        assertEquals("512 ms", ENGLISH.time(512_000));
        assertEquals("70.0 s", ENGLISH.time(70_000_000));
        assertEquals("64", ENGLISH.number(64));
        assertEquals("100", ENGLISH.number(99.96));
        assertEquals("60 s", ENGLISH.seconds(60));
        assertEquals("45,2 s", PORTUGUESE.seconds(45.21));
    }

    @Override
    protected Pattern out() {
        return OUT;
    }

    @Test
    void wordsThatAreOutStayOutOfTheDocumentsToo() throws Exception {
        Matcher out = OUT.matcher(Files.readString(Path.of("..", "docs", "discussion.pt.md")));
        assertFalse(out.find(), () -> "discussion.pt.md: " + out.group());
    }
}
