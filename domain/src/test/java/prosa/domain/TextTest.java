package prosa.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static prosa.domain.Refusals.assertRefused;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    private static final String ASTRAL = "😀";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Muito bom esse servidor.",
                " a blank before, one after ",
                "tab\tand\nline",
                "\n\na\n ",
                "日本語",
                "👩‍👩‍👧 🇧🇷 1️⃣ 👍🏽",
                "क्‍ष",
                "שלום",
                "a\u0301",
                "\uFFFD",
                "<script>",
                "\u00A0a",
                "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            })
    void whatIsHarmlessStaysAsItIs(String text) {
        assertEquals(text, new Text(text).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\rb", "a\u0085b", "a\u2028b", "a\u2029b", "a\nb"})
    void everyLineEndIsALineFeed(String text) {
        assertEquals("a\nb", new Text(text).value());
        assertEquals(List.of("a", "b"), new Text(text).lines());
    }

    @Test
    void lineEndsThatFollowEachOtherStayAsManyLines() {
        assertEquals("a\n\nb", new Text("a\n\rb").value());
        assertEquals("a\n\nb", new Text("a\r\r\nb").value());
        assertEquals("a\n\n\nb", new Text("a\u2028\r\n\u0085b").value());
        assertEquals(List.of("", "a", "", "b"), new Text("\na\n\nb").lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n", "a\r\n", "a\r", "a\u0085", "a\u2028\u2029", "a\n\n\r\n"})
    void lineEndsAtTheEndAreTakenOff(String text) {
        assertEquals("a", new Text(text).value());
    }

    @Test
    void blanksAtTheEndStay() {
        assertEquals("a \t", new Text("a \t").value());
        assertEquals("a\n ", new Text("a\n \n").value());
    }

    @Test
    void everyOtherControlBecomesAReplacement() {
        for (int c = 0; c <= 0x9F; c++) {
            if (Character.isISOControl(c) && "\t\n\r\u0085".indexOf(c) < 0) {
                assertEquals("a\uFFFDb", new Text("a" + (char) c + "b").value(), Integer.toHexString(c));
            }
        }
        assertEquals("a\tb", new Text("a\tb").value());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, // bidi
                0xD800, 0xDBFF, 0xDC00, 0xDFFF, // halves of a character
                0xFFFE, 0xFFFF, 0x1FFFE, 0x1FFFF, 0x10FFFE, 0x10FFFF, 0xFDD0, 0xFDEF, // noncharacters
            })
    void bidiControlsAndInvalidUnicodeBecomeReplacements(int codePoint) {
        assertEquals("a\uFFFDb", new Text("a" + Character.toString(codePoint) + "b").value());
        assertEquals("a\uFFFD", new Text("a" + Character.toString(codePoint)).value());
        assertEquals("\uFFFDa", new Text(Character.toString(codePoint) + "a").value());
    }

    @Test
    void surrogatesInTheWrongOrderAreTwoReplacements() {
        assertEquals("\uFFFD\uFFFD", new Text("\uDE00\uD83D").value());
        assertEquals("\uFFFD😀", new Text("\uD83D😀").value());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x200D, 0x200C, 0xFDCF, 0xFDF0, 0xFFFD, 0xFFF9, 0x1FFFD, 0x10FFFD, 0x2065, 0xE000})
    void theNeighboursOfWhatIsReplacedStay(int codePoint) {
        String text = "a" + Character.toString(codePoint) + "b";
        assertEquals(text, new Text(text).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t",
                "\n",
                "\r\n",
                " \t\r\n ",
                "\u00A0",
                "\u3000",
                "\u2003",
                "\u2028\u0085",
                "\u200B",
                "\u200D",
                "\uFEFF",
                "\u2060",
                "\u00AD",
                "\u2800",
                "\u3164",
                "\uFFA0",
                "\u115F\u1160",
                "\u034F",
                "\uFE0F",
                "\uFE00",
                "\u180B",
                "\u17B4\u17B5",
                "\uDB40\uDD00",
                "\uDB40\uDC67",
                "\u200B\uFE0F",
                " \uFE0F\u034F \n",
            })
    void aTextThatShowsNothingIsEmpty(String text) {
        assertRefused(Reason.TEXT_EMPTY, () -> new Text(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"❤\uFE0F", "👩‍💻", "a\u034F", "\u0301", ".", "\u200E"})
    void whatShowsSomethingIsNot(String text) {
        assertFalse(new Text(text).value().isEmpty());
    }

    @Test
    void aTextThatWasKeptIsStillShown() {
        assertEquals("\uFFFD", Text.kept("\uFE0F").value());
        assertEquals("\uFFFD", Text.kept("").value());
        assertEquals("a", Text.kept("a\n").value());
        assertEquals("a\nb", Text.kept("a\nb").value());
    }

    @Test
    void fourThousandCodePointsAreTheMost() {
        assertEquals(4_000, new Text("a".repeat(4_000)).value().length());
        assertEquals(8_000, new Text(ASTRAL.repeat(4_000)).value().length());
        assertRefused(Reason.TEXT_TOO_LONG, () -> new Text("a".repeat(4_001)));
        assertRefused(Reason.TEXT_TOO_LONG, () -> new Text(ASTRAL.repeat(4_001)));
        assertRefused(Reason.TEXT_TOO_LONG, () -> new Text(ASTRAL.repeat(3_999) + "ab"));
        assertRefused(Reason.TEXT_TOO_LONG, () -> new Text("a".repeat(1_000_000)));
    }

    @Test
    void theLengthIsThatOfTheCleanedText() {
        assertEquals(4_000, new Text("a" + "\r\n".repeat(3_998) + "b").value().length());
        assertEquals(4_000, new Text("a".repeat(4_000) + "\r\n").value().length());
        assertEquals(4_000, new Text("\u0000".repeat(4_000)).value().length());
        assertRefused(Reason.TEXT_TOO_LONG, () -> new Text("a" + "\r\n".repeat(3_999) + "b"));
    }

    @Test
    void cleaningTwiceIsCleaningOnce() {
        String once = new Text("\u0000a\r\n\u202Eb\uD800").value();
        assertEquals(once, new Text(once).value());
    }
}
