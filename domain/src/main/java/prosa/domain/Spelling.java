package prosa.domain;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** Which characters of a name may not stand where they do. */
final class Spelling {
    /** The most non-spacing marks on one letter (UTS #39 §5.4): more of them draw over the line above. */
    private static final int MAX_MARKS = 4;

    private static final int ZWNJ = 0x200C;
    private static final int ZWJ = 0x200D;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int KEYCAP = 0x20E3;
    private static final int MIDDLE_DOT = 0xB7;
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final int TAG_END = 0xE007F;

    private final int[] points;

    /** @param name in NFC, with single blanks */
    Spelling(String name) {
        points = name.codePoints().toArray();
    }

    /** The places of those that may not, in code points. */
    BitSet offending() {
        BitSet offending = IntStream.range(0, points.length)
                .filter(i -> !isAllowed(i))
                .collect(BitSet::new, BitSet::set, BitSet::or);
        if (Arrays.stream(points).anyMatch(Spelling::isMark)) {
            offending.or(piledUp());
        }
        return offending;
    }

    private boolean isAllowed(int i) {
        int before = at(i - 1);
        int after = at(i + 1);
        int c = points[i];
        return switch (c) {
            case ' ', '_', '.', '\'', '\u2019', '-' -> true;
            case MIDDLE_DOT -> isL(before) && isL(after); // Catalan: col·lega
            // Invisible by themselves: only where they show.
            case ZWNJ -> isBetweenJoining(i) || isAfterVirama(i) && Character.isLetter(afterMarks(i));
            case ZWJ ->
                (isEmoji(before) || before == EMOJI_STYLE) && isEmoji(after)
                        || isAfterVirama(i) && !Unicode.DEPENDENT_VOWEL.contains(after);
            case EMOJI_STYLE -> isEmoji(before) || after == KEYCAP && isKeycapBase(before);
            case KEYCAP -> before == EMOJI_STYLE || isKeycapBase(before);
            default -> Unicode.DEFAULT_IGNORABLE.contains(c) ? isInFlag(i) : isVisible(before, c);
        };
    }

    private static boolean isVisible(int before, int c) {
        if (Character.isLetterOrDigit(c)) {
            return !isSignInDisguise(c);
        }
        if (isMark(c)) {
            return before != 0 && Character.getType(c) != Character.ENCLOSING_MARK && !Unicode.OVERLAY.contains(c);
        }
        return isEmoji(c) && !isAsterisk(c);
    }

    /** 0 beyond both ends, which is no character of a name. */
    private int at(int i) {
        return i < 0 || i >= points.length ? 0 : points[i];
    }

    /** A colon ends a name where messages are shown as lines, and an asterisk begins what the server says. */
    private static boolean isSignInDisguise(int c) {
        String prototype = c < 0x80 ? "" : Skeleton.prototype(c);
        return prototype.equals(":") || prototype.equals("*");
    }

    /** Emoji, and what counts as such, of which the confusables say nothing. */
    private static boolean isAsterisk(int c) {
        return c == '✳' || c == '✴' || c == '❇' || c == '⚹';
    }

    private static boolean isL(int c) {
        return c == 'l' || c == 'L';
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

    private static boolean isNonSpacing(int c) {
        return Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static boolean isEmoji(int c) {
        return c > 0x7F
                && (Character.isEmojiPresentation(c)
                        || Character.isExtendedPictographic(c)
                        || Character.isEmojiModifier(c)
                        || c >= 0x1F1E6 && c <= 0x1F1FF); // regional indicators: flags
    }

    /** UAX #31 §2.3.1, A1: letters that would join without it, as in Persian. */
    private boolean isBetweenJoining(int i) {
        int before = i - 1;
        while (isNonSpacing(at(before))) {
            before--;
        }
        int after = i + 1;
        while (isNonSpacing(at(after))) {
            after++;
        }
        return Unicode.JOINS_NEXT.contains(at(before)) && Unicode.JOINS_PREVIOUS.contains(at(after));
    }

    /** UAX #31 §2.3.1, A2 and B: a consonant without its vowel, as in Malayalam and Sinhala. */
    private boolean isAfterVirama(int i) {
        int before = i - 1;
        while (Unicode.COMBINING.contains(at(before)) && !Unicode.VIRAMA.contains(at(before))) {
            before--;
        }
        if (!Unicode.VIRAMA.contains(at(before))) {
            return false;
        }
        before--;
        while (isNonSpacing(at(before))) {
            before--;
        }
        return Character.isLetter(at(before));
    }

    private int afterMarks(int i) {
        int after = i + 1;
        while (Unicode.COMBINING.contains(at(after))) {
            after++;
        }
        return at(after);
    }

    /** A flag made of tags (UTS #51, ED-14a): of a country's part, as England's, 3 to 7 letters and digits. */
    private boolean isInFlag(int i) {
        int start = i;
        while (isTag(at(start - 1))) {
            start--;
        }
        int end = start;
        while (isTag(at(end))) {
            end++;
        }
        return at(start - 1) == BLACK_FLAG && at(end) == TAG_END && end - start >= 3 && end - start <= 7 && i <= end;
    }

    private static boolean isTag(int c) {
        return c >= 0xE0030 && c <= 0xE0039 || c >= 0xE0061 && c <= 0xE007A;
    }

    /** Marks that are on their letter already, and those beyond the fourth. */
    private BitSet piledUp() {
        BitSet piledUp = new BitSet();
        Set<Integer> marks = new HashSet<>();
        for (int i = 0; i < points.length; i++) {
            int place = i;
            if (!isMark(points[i]) && points[i] != ZWNJ && points[i] != ZWJ) {
                marks.clear();
            }
            // Decomposed: that of a letter counts as well.
            Normalizer.normalize(Character.toString(points[i]), Form.NFD)
                    .codePoints()
                    .filter(Spelling::isNonSpacing)
                    .filter(mark -> !marks.add(mark) || marks.size() > MAX_MARKS)
                    .forEach(mark -> piledUp.set(place));
        }
        return piledUp;
    }
}
