package prosa.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.domain.Refusals.assertRefused;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
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
                "\u00A0\u00A0",
                "a\nb",
                "a\r\nb",
                "a \n b",
                "a\u000Bb",
                "a\u0085b",
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
    void otherSignsAndLineBreaksAreRefused(String name) {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "علی\u200Cرضا", // Persian: an i that does not join
                "می\u200Cخواهم",
                "സ\u0D4D\u200Cകൂൾ", // Malayalam: a virama that shows
                "അനിവര\u0D4D\u200D", // a consonant without its vowel, in the old spelling
                "ශ\u0DCA\u200Dරී", // Sinhala: two letters that are one
                "क\u094D\u200Dष", // Devanagari: half a letter
                "क\u093C\u094D\u200Dष",
            })
    void joinersAreAllowedWhereAScriptNeedsThem(String name) {
        assertEquals(name, new Name(name).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A\u200Cna",
                "Ana\u200C",
                "\u200CAna",
                "Ana\u200D",
                "دار\u200Cا", // the letter before does not join anyway
                "علی\u200C", // nothing to join
                "علی\u200C رضا",
                "علی\u200C\u200Cرضا",
                "علی\u200Dرضا",
                "\u0D30\u200D\u0D4D", // before the virama
                "സ\u0D4D\u200C", // nothing after it
                "ര\u200D", // no virama
                "\u0DC1\u0DCA\u200D\u0DD3", // before a vowel
                "ශ\u0DCA\u200D\u200Dරී",
            })
    void joinersElsewhereAreRefused(String name) {
        assertRefused(Reason.NAME_INVALID, () -> new Name(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ana 🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
                "Gal·la",
                "GAL·LA"
            })
    void flagsMadeOfTagsAndTheCatalanDotAreAllowed(String name) {
        assertEquals(name, new Name(name).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67", // without an end
                "a 🏴\uDB40\uDC7F", // without a place
                "a 🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC7F",
                "a 😀\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F", // no flag
                "a\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
                "a 🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC7F\uDB40\uDC7F",
                "Ga·la",
                "·l",
                "Gal·",
            })
    void tagsAndMiddleDotsElsewhereAreRefused(String name) {
        assertRefused(Reason.NAME_INVALID, () -> new Name(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Anaː eu pago", // U+02D0
                "ꓮꓠꓮꓽ", // Lisu
                "✳ Ana left",
                "✳️ Ana left",
                "✴ Ana",
                "❇ Ana",
                "⚹ Ana",
                "𐌟", // U+1031F, an Old Italic letter
                "A̶n̶a̶",
                "A\u0338na",
                "Ana\u20DD",
                "А\u0488", // Cyrillic
                "A\u20E3",
            })
    void whatReadsAsTheServersOrAnothersLineIsRefused(String name) {
        assertRefused(Reason.NAME_INVALID, () -> new Name(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"⭐ Ana", "★ Ana", "❄ Elsa", "नमः", "Søren", "Łukasz", "ŀl"})
    void whatOnlyComesNearItIsAllowed(String name) {
        assertEquals(name, new Name(name).value());
    }

    @Test
    void fourMarksAreTheMostAndEachStandsOnce() {
        assertEquals(4, new Name("x\u0301\u0302\u0303").value().length());
        assertEquals(5, new Name("x\u0301\u0302\u0303\u0308").value().length());
        assertEquals(6, new Name("x\u0302q\u0302r\u0302").value().length());
        for (String name : List.of(
                "A" + "\u0301\u0302\u0303\u0308".repeat(7),
                "x\u0301\u0302\u0303\u0308\u0304",
                "x\u0301\u0301",
                "x\u0301\u0302\u0301",
                "é\u0301", // one is in the letter
                "ǘ\u0302\u0303\u0304")) {
            assertRefused(Reason.NAME_INVALID, () -> new Name(name));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Prosa",
                "prosa",
                "PROSA",
                "Ｐrosa",
                "Pr0sa",
                "ргоѕа",
                "Server",
                "servidor",
                "admin",
                "Adrnin",
                "administrador",
                "operator",
                "OPERADOR"
            })
    void theServersOwnNamesAreNobodys(String name) {
        assertRefused(Reason.NAME_INVALID, () -> new Name(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Prosas", "Ana Prosa", "admin2", "Server 7", "Operadora"})
    void asAPartOfALongerNameTheyAreAllowed(String name) {
        assertEquals(name, new Name(name).value());
    }

    @ParameterizedTest
    @CsvSource({
        "Ana, Ana",
        "João 😀, João 😀",
        "Anaː eu pago, Ana� eu pago",
        "✳ Ana left, � Ana left",
        "A̶n̶a̶, A�n�a�",
        "x\u0301\u0302\u0301, x\u0301\u0302�",
        "admin, admin�",
        "Аna, Аna�", // Cyrillic А
        "😀, 😀�",
        "'', �",
        "a\u001Bb, a�b",
        "a\uD800b, a�b",
    })
    void aNameThatWasKeptIsShownWithoutWhatOffends(String kept, String shown) {
        assertEquals(shown, Name.kept(kept).value());
    }

    @Test
    void aNameThatWasKeptIsBoundedAndNobodysElse() {
        assertEquals("a".repeat(32) + "\uFFFD", Name.kept("a".repeat(1_000_000)).value());
        assertEquals("a\uFFFDb", Name.kept("a\nb").value());
        assertEquals(new Name("Ana"), Name.kept("Ana"));
        assertNotEquals(new Name("Ana").key(), Name.kept("Ana\n:").key());
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

    @ParameterizedTest
    @ValueSource(
            strings = {"a  b", "a\tb", "a\u00A0b", "a\u3000b", "a\u2003b", " a \u00A0\t\u2009 b\u00A0", "\u202Fa b\t"})
    void blanksWithinALineAreOneBetweenAndNoneAround(String name) {
        assertEquals("a b", new Name(name).value());
        assertEquals("a b", new Name(new Name(name).value()).value());
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
        assertEquals(
                32, new Name("a" + " ".repeat(1_000) + "b".repeat(30)).value().length(), "and after the blanks");
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
        "علیرضا, علی\u200Cرضا", // one that shows, and is easily left out
        "Ana, Anɑ", // a Latin alpha
        "соса, coca", // all of it Cyrillic
        "οοο, ooo", // Greek
        "O'Neill, O’Neill",
        "O'Neill, OʼNeill", // U+02BC
        "Bob, B0b",
        "modern, modem",
    })
    void spellingsOfOneNameHaveOneKey(String one, String other) {
        assertEquals(new Name(one).key(), new Name(other).key());
    }

    @ParameterizedTest
    @CsvSource({"Ana, Anna", "Ana, Aná", "Ana, Ana 1", "a b, ab", "a-b, a_b", "a 😀, a 😁", "O'Neill, ONeill"})
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

    /** What is looked at less closely is what may be looked at so. */
    @Test
    void aPlainNameIsAllowedAndComposed() {
        String signs = "aZ09_.'-  lIO1mw|:*!\té";
        Random random = new Random(7);
        int plain = 0;
        for (int i = 0; i < 100_000; i++) {
            String name = random.ints(random.nextInt(36), 0, signs.length())
                    .mapToObj(at -> signs.substring(at, at + 1))
                    .collect(Collectors.joining());
            if (Name.isPlain(name)) {
                plain++;
                assertEquals(name, Normalizer.normalize(name, Form.NFC).strip());
                assertTrue(Name.isAllowed(name, ""), name);
                assertEquals(name, Name.kept(name).value());
                assertEquals(new Name(name).key(), Name.kept(name).key());
            }
        }
        assertTrue(plain > 1_000, () -> "too few to tell");
    }
}
