package prosa.lab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import prosa.language.Language;

/** What can be told without a browser; the rest is tried in one. */
class PageTest {
    private final String page = Page.text(Samples.full(), Language.PORTUGUESE);

    @Test
    void loadsNothing() {
        assertFalse(Pattern.compile("<(?:script|img|link|iframe)[^>]*(?:src|href)=\"(?!data:)")
                .matcher(page)
                .find());
        assertFalse(page.contains("@import"));
        assertTrue(page.contains("Copyright (c) 2022 Leon Sorokin"), "the plot library's licence");
        assertTrue(page.contains("/*! https://github.com/leeoniya/uPlot"), "its own comment");
    }

    @Test
    void escapesWhatItShows() {
        assertFalse(page.contains("<script>alert"), "as markup");
        assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "as text");
        assertEquals(3, page.split("</script>", -1).length - 1, "nothing else ends a script");
    }

    @Test
    void holdsBothLanguagesAndNoIdTwice() {
        assertTrue(page.contains("<html lang=\"pt\">"));
        assertTrue(page.contains("<div class=\"report\" lang=\"en\" hidden>"));
        assertTrue(page.contains("<div class=\"report\" lang=\"pt\">"));
        List<String> ids = Pattern.compile("\\sid=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(ids.stream().distinct().toList(), ids);
    }
}
