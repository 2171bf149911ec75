package prosa.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static prosa.domain.Refusals.assertRefused;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {
    private static final String ASTRAL_LETTER = "\uD835\uDD38"; // 𝔸, two chars

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "7",
                "Alex",
                "Mary Jane Watson",
                "O'Neill",
                "O’Neill",
                "snake_case",
                "jean-luc",
                "J. R. R. Tolkien",
                "...x...",
                "a--b__c",
                "João",
                "Ñandú",
                "Владимир",
                "Ωμέγα",
                "محمد",
                "דוד",
                "देवनागरी",
                "ไทย",
                "한국어",
                "ႠႠ",
            })
    void lettersMarksDigitsAndAFewSignsMakeAName(String name) {
        assertEquals(name, new Name(name).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zoë 😀", // a plain emoji
                "a 👩‍🚀", // ZWJ sequence
                "a 👨‍👩‍👧‍👦", // of four
                "a 👩‍❤️‍💋‍👨", // with an emoji style in between
                "a 🏳️‍🌈", // style, then ZWJ
                "a 👍🏽", // skin tone
                "a 👩🏾‍🚒", // skin tone, then ZWJ
                "a 🇧🇷", // flag
                "1️⃣", // keycap
                "1⃣", // keycap in the old spelling
                "a ❤️", // emoji style
                "a ❤",
                "a ©",
            })
    void emojiMakeANameWithALetterOrDigit(String name) {
        assertEquals(name, new Name(name).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"😀", "👩‍🚀", "🇧🇷", "___", "-", ".", "' '", "❤️", "- _ ."})
    void withoutALetterOrDigitItIsNone(String name) {
        assertRefused(Reason.NAME_INVALID, () -> new Name(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t",
                "\u3000",
                "a  b",
                "a\tb",
                "a\nb",
                "a\u00A0b",
                "a\u3000b",
                "a\u2003b",
                "a:b",
                "a,b",
                "a/b",
                "/a",
                "*a",
                "* a",
                "a@b",
                "#a",
                "<b>",
                "a\"b",
                "a“b",
                "a`b",
                "a(b)",
                "a+b",
                "a=b",
                "€a",
                "a½b",
                "aⅧ",
            })
    void otherSignsAndBlanksAreRefused(String name) {
        assertRefused(Reason.NAME_INVALID, () -> new Name(name));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x0000, 0x0007, 0x001B, 0x007F, 0x0085, 0x009B, // controls
                0x200E, 0x200F, 0x061C, 0x202A, 0x202E, 0x2066, 0x2069, // bidi
                0x200B, 0x200C, 0x2060, 0xFEFF, 0x00AD, 0x180E, 0x2063, // zero width
                0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, 0x17B4, 0x17B5, 0x180B,
                0x180F, // letters and marks that show nothing
                0xFE00, 0xFE0E, 0xE0100, 0xE01EF, // variation selectors
                0xE0001, 0xE0041, 0xE007F, // tags
                0xD800, 0xDFFF, 0xFFFE, 0x1FFFF, 0xFDD0, 0xE000, 0x0378, 0xFFFD, // no characters
                0x2800, // a braille pattern without dots
                0x2028, 0x2029
            })
    void invisibleCharactersAreRefusedWhereverTheyStand(int codePoint) {
        String invisible = Character.toString(codePoint);
        assertRefused(Reason.NAME_INVALID, () -> new Name("An" + invisible + "a"));
        assertRefused(Reason.NAME_INVALID, () -> new Name("😀" + invisible + "a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A\u200Da", // between letters
                "a 😀\u200D", // at the end
                "\u200D😀 a", // at the beginning
                "a 😀\u200D b",
                "a 👩\u200D\u200D🚀", // twice
                "a\uFE0F", // emoji style on a letter
                "\uFE0Fa",
                "a 😀\uFE0F\uFE0F",
                "1\uFE0F", // emoji style on a digit, but no keycap
                "1\uFE0Fa",
                "a\u20E3", // a keycap without a digit
                "a\uFE0F\u20E3",
                "\u20E3a",
            })
    void joinersStylesAndKeycapsOutsideAnEmojiAreRefused(String name) {
        assertRefused(Reason.NAME_INVALID, () -> new Name(name));
    }

    @Test
    void aMarkNeedsSomethingToStandOn() {
        assertRefused(Reason.NAME_INVALID, () -> new Name("\u0301Ana"));
        assertRefused(Reason.NAME_INVALID, () -> new Name("  \u0301Ana"));
        assertEquals("x\u0302", new Name("x\u0302").value());
    }

    @Test
    void aNameIsTrimmed() {
        assertEquals("Ana", new Name("  \t Ana \r\n").value());
        assertEquals(new Name("Ana"), new Name("\u3000Ana\u2003"));
        assertEquals(new Name("Ana"), new Name(" ".repeat(1_000) + "Ana"), "before its length counts");
    }

    @Test
    void aNameIsComposed() {
        assertEquals("João", new Name("Joa\u0303o").value());
        assertEquals(new Name("Å"), new Name("A\u030A"));
        assertEquals(new Name("한"), new Name("\u1112\u1161\u11AB"));
    }

    @Test
    void thirtyTwoCodePointsAreTheMost() {
        assertEquals(32, new Name("a".repeat(32)).value().length());
        assertEquals(64, new Name(ASTRAL_LETTER.repeat(32)).value().length());
        assertEquals(32, new Name("a\u0301".repeat(32)).value().length(), "counted after composing");
        assertEquals(32, new Name(" " + "a".repeat(32) + " ").value().length(), "counted after trimming");
        assertRefused(Reason.NAME_INVALID, () -> new Name("a".repeat(33)));
        assertRefused(Reason.NAME_INVALID, () -> new Name(ASTRAL_LETTER.repeat(33)));
        assertRefused(Reason.NAME_INVALID, () -> new Name("x\u0302".repeat(17))); // can't be composed
        assertRefused(Reason.NAME_INVALID, () -> new Name("a".repeat(1_000_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Аna", // Cyrillic А
                "Alехander", // Cyrillic ех
                "Αlpha", // Greek Α
                "Anaא",
                "山田Ana",
                "ヤマダ한",
                "ㄅ한",
                "ひㄅ",
                "Ana а",
                "éа", // Latin é, Cyrillic а
                "А𝗇𝖺", // Cyrillic А, mathematical na
                "Иℂ",
                "Ana 𝛼", // mathematical alpha
            })
    void lettersOfTwoScriptsAreRefused(String name) {
        assertRefused(Reason.NAME_INVALID, () -> new Name(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "山田たろう", "ヤマダ太郎", "ひらカタ漢字", "ラーメン", "김金", "ㄅ注音", // written together by those who use them
                "Ana 7", "Иван 7", "Ana 😀", "Иван-😀", "x\u0302",
                        "ʻOumuamua", // digits, emoji and general marks go with any
                "𝐀na", "Ana 🈚", // a mathematical letter is a Latin one, and a Japanese emoji an emoji
            })
    void whatIsWrittenTogetherEverywhereIsOneScript(String name) {
        assertEquals(name, new Name(name).value());
    }

    @ParameterizedTest
    @CsvSource({
        "Ana, ANA",
        "Ana, aNa",
        "Ana, Ａｎａ", // full-width
        "Ana, 𝐀𝐧𝐚", // mathematical
        "office, oﬃce", // a ligature
        "Straße, STRASSE",
        "Straße, strasse",
        "ΟΔΟΣ, οδος", // ς only stands at the end of a word
        "οδοσ, οδος",
        "İlker, ilker", // with a dot or without: in capitals and small letters they can't be told apart
        "ılker, ILKER",
        "Ⴀ, ⴀ", // Georgian
        "ヤマダ, ﾔﾏﾀﾞ", // half-width
        "João, JOÃO",
        "Straße, STRAẞE", // there is a capital of ß since 2008
        "İlker, i̇lker", // what toLowerCase makes of it: an i and a dot above
        "a ❤, a ❤️", // with and without the emoji style
        "1⃣, 1️⃣",
        "a 😀😀, a 😀\u200D😀", // a joiner that joins nothing
    })
    void spellingsOfOneNameHaveOneKey(String one, String other) {
        assertEquals(new Name(one).key(), new Name(other).key());
    }

    @ParameterizedTest
    @CsvSource({"Ana, Anna", "Ana, Aná", "Ana, Ana 1", "a b, ab", "a-b, a_b", "O'Neill, O’Neill", "a 😀, a 😁"})
    void otherNamesHaveOtherKeys(String one, String other) {
        assertNotEquals(new Name(one).key(), new Name(other).key());
    }

    @Test
    void theCaseOfNoLetterMakesAnotherKey() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (Character.isLetter(c) && (Character.toUpperCase(c) != c || Character.toLowerCase(c) != c)) {
                String letter = Character.toString(c);
                String key = new Name(letter).key();
                assertEquals(key, new Name(letter.toUpperCase(Locale.ROOT)).key(), letter);
                assertEquals(key, new Name(letter.toLowerCase(Locale.ROOT)).key(), letter);
                assertEquals(key, new Name(Character.toString(Character.toTitleCase(c))).key(), letter);
            }
        }
    }
}
