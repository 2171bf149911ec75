package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.bootstrap.browser.Tab;

/** What somebody writes is nothing that keeps the others from reading. */
class ReadingTest extends PageTest {
    private static final String LAST = "[...document.querySelectorAll('.message')].at(-1)";

    @ParameterizedTest
    @ValueSource(strings = {"/", "/feed.html"})
    void aTallMessageIsFoldedAndCanBeSeenWhole(String page) throws Exception {
        Tab tab = page.equals("/") ? joined("Ana") : visit.tab().open(prosa.url(page));
        prosa.post("Bia", "what we were talking about");
        tab.awaitText(".message .text", "talking about");
        prosa.post("Caio", "a\n" + "\n".repeat(3_900) + "z");
        tab.awaitVisible(".fold[aria-expanded=false]");
        assertTrue(height(tab) < 800, () -> "" + height(tab));
        tab.click(".fold").awaitVisible(".fold[aria-expanded=true]");
        assertTrue(height(tab) > 50_000, () -> "" + height(tab));
        // Its beginning is still seen: one reads on from there.
        tab.await(LAST + ".getBoundingClientRect().top > 0");
        tab.click(".fold").awaitVisible(".fold[aria-expanded=false]");
        tab.await(LAST + ".getBoundingClientRect().bottom < innerHeight");
        assertEquals(
                1, tab.evaluate("document.querySelectorAll('.fold').length").asInt());
    }

    @Test
    void aWindowMadeSmallerFoldsWhatNoLongerFits() throws Exception {
        Tab tab = joined("Ana");
        prosa.post("Caio", "word ".repeat(200));
        tab.awaitText(".message .text", "word");
        assertEquals(
                0, tab.evaluate("document.querySelectorAll('.fold').length").asInt());
        tab.resize(320, 480, true).awaitVisible(".fold[aria-expanded=false]");
        tab.resize(1280, 800, false).await("!document.querySelector('.fold')");
    }

    /** The pixels between two messages are those of the ground, whatever towers on the letters below. */
    @Test
    void whatALetterDrawsBeyondItsMessageIsNotSeen() throws Exception {
        Tab tab = joined("Ana").prefersDark(false);
        prosa.post("Bia", "above");
        prosa.post("Caio", ("o" + "\u0302".repeat(60)).repeat(10));
        tab.await("document.querySelectorAll('.message').length === 2");
        int bottom = tab.evaluate("Math.ceil(document.querySelector('.message').getBoundingClientRect().bottom)")
                .asInt();
        int top = tab.evaluate("Math.floor(" + LAST + ".getBoundingClientRect().top)")
                .asInt();
        int left = tab.evaluate("Math.ceil(" + LAST + ".getBoundingClientRect().left)")
                .asInt();
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(tab.picture()));
        assertTrue(top - bottom > 5, bottom + " " + top);
        for (int y = bottom + 1; y < top - 1; y++) {
            int row = y;
            assertEquals(
                    1,
                    IntStream.range(left, left + 200)
                            .map(x -> picture.getRGB(x, row))
                            .distinct()
                            .count(),
                    "" + y);
        }
    }

    @Test
    void timesAreThoseOfTheZoneWhereOneIs() throws Exception {
        Tab tab = joined("Ana").travel("America/Sao_Paulo");
        prosa.post("Bia", "before the flight");
        tab.awaitText(".message .text", "before the flight");
        tab.travel("Asia/Kolkata"); // 8 h 30 min on: the minutes tell them apart
        prosa.post("Bia", "after the flight");
        tab.awaitText(".message .text", "after the flight");
        tab.await("""
                [...document.querySelectorAll('.message time')].every(time =>
                    Number(/:(\\d\\d)/.exec(time.textContent)[1]) === new Date(time.dateTime).getMinutes())""");
    }

    private static int height(Tab tab) {
        return tab.evaluate("Math.round(" + LAST + ".getBoundingClientRect().height)")
                .asInt();
    }
}
