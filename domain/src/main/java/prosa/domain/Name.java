package prosa.domain;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a person is called: letters, marks, digits, emoji, {@code _ . ' ’ -} and single inner spaces; 1 to 32 code points,
 * at least one letter or digit, letters of one script. It is trimmed and in NFC.
 *
 * @param value the name as it is shown
 */
public record Name(String value) {
    /** The greatest length, in code points. */
    public static final int MAX_CODE_POINTS = 32;

    private static final int ZWJ = 0x200D;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int KEYCAP = 0x20E3;
    private static final Pattern INVISIBLE = Pattern.compile("[\\x{200D}\\x{FE0F}]");

    /** @throws Refused {@link Reason#NAME_INVALID} */
    public Name {
        value = value.strip();
        // Composing shortens a text to a quarter of its characters at most: what is longer than this needs no
        // composing.
        if (value.length() > 8 * MAX_CODE_POINTS) {
            throw new Refused(Reason.NAME_INVALID);
        }
        value = Normalizer.normalize(value, Form.NFC);
        int[] points = value.codePoints().toArray();
        if (points.length < 1 || points.length > MAX_CODE_POINTS || !isWritten(points) || !isOfOneScript(value)) {
            throw new Refused(Reason.NAME_INVALID);
        }
    }

    /**
     * What makes two names the same person's: NFKC and case folding, so that {@code ANA}, {@code ana} and full-width Ana are one.
     * What is invisible inside an emoji does not count, as in Unicode's NFKC_Casefold.
     */
    public String key() {
        String compatible = Normalizer.normalize(INVISIBLE.matcher(value).replaceAll(""), Form.NFKC);
        // By way of the capitals, as the JDK has no full case folding: ẞ, ß and ss meet in SS, and an i with a dot
        // above in İ.
        String capitals = Normalizer.normalize(small(compatible).toUpperCase(Locale.ROOT), Form.NFKC);
        return Normalizer.normalize(small(capitals), Form.NFKC);
    }

    /** Code point by code point: String.toLowerCase would make a final sigma depend on its place in the word. */
    private static String small(String text) {
        StringBuilder small = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(small::appendCodePoint);
        return small.toString();
    }

    private static boolean isWritten(int[] points) {
        boolean meaningful = false;
        for (int i = 0; i < points.length; i++) {
            int before = i == 0 ? 0 : points[i - 1];
            int after = i == points.length - 1 ? 0 : points[i + 1];
            if (!isAllowed(before, points[i], after)) {
                return false;
            }
            meaningful |= Character.isLetterOrDigit(points[i]);
        }
        return meaningful;
    }

    private static boolean isAllowed(int before, int c, int after) {
        return switch (c) {
            case ' ' -> before != ' ';
            case '_', '.', '\'', '\u2019', '-' -> true;
            // Invisible by themselves: only inside an emoji, where they show.
            case ZWJ -> (isEmoji(before) || before == EMOJI_STYLE) && isEmoji(after);
            case EMOJI_STYLE -> isEmoji(before) || after == KEYCAP && isKeycapBase(before);
            case KEYCAP -> before == EMOJI_STYLE || isKeycapBase(before);
            default -> !isInvisible(c) && (Character.isLetterOrDigit(c) || isMark(c) && before != 0 || isEmoji(c));
        };
    }

    private static boolean isKeycapBase(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean isEmoji(int c) {
        return c > 0x7F
                && (Character.isEmojiPresentation(c)
                        || Character.isExtendedPictographic(c)
                        || Character.isEmojiModifier(c)
                        || c >= 0x1F1E6 && c <= 0x1F1FF); // regional indicators: flags
    }

    /** Letters and marks with Unicode's Default_Ignorable_Code_Point: two names that differ only by one of these look the same. */
    private static boolean isInvisible(int c) {
        return c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c >= 0x180B && c <= 0x180F
                || c == 0x3164
                || c == 0xFFA0
                || c >= 0xFE00 && c <= 0xFE0F
                || c >= 0xE0000 && c <= 0xE0FFF;
    }

    /**
     * Single script in the sense of UTS #39 §5.1: Han goes with Japanese, Korean and Bopomofo, all else stands alone. A Latin
     * "a" and a Cyrillic "а" look the same; a name that mixes them could pass for another person's.
     */
    private static boolean isOfOneScript(String name) {
        Set<Character.UnicodeScript> scripts = EnumSet.noneOf(Character.UnicodeScript.class);
        name.codePoints().flatMap(Name::meant).forEach(c -> {
            Character.UnicodeScript script = Character.UnicodeScript.of(c);
            if (script != Character.UnicodeScript.COMMON && script != Character.UnicodeScript.INHERITED) {
                scripts.add(script);
            }
        });
        return scripts.size() <= 1
                || EnumSet.of(
                                Character.UnicodeScript.HAN,
                                Character.UnicodeScript.HIRAGANA,
                                Character.UnicodeScript.KATAKANA)
                        .containsAll(scripts)
                || EnumSet.of(Character.UnicodeScript.HAN, Character.UnicodeScript.HANGUL)
                        .containsAll(scripts)
                || EnumSet.of(Character.UnicodeScript.HAN, Character.UnicodeScript.BOPOMOFO)
                        .containsAll(scripts);
    }

    /** A mathematical 𝐚 is of no script, and reads as a Latin one. Emoji are left alone: some are made of Japanese. */
    private static IntStream meant(int c) {
        return Character.isLetter(c)
                ? Normalizer.normalize(Character.toString(c), Form.NFKC).codePoints()
                : IntStream.of(c);
    }

    @Override
    public String toString() {
        return value;
    }
}
