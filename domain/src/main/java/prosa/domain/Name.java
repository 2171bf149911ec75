package prosa.domain;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a person is called: letters, marks, digits, emoji, {@code _ . ' ’ -} and single inner blanks; 1 to 32 code points, at least one
 * letter or digit, letters of one script. It is in NFC, and looks like nothing that the server says.
 */
public final class Name {
    /** The greatest length, in code points. */
    public static final int MAX_CODE_POINTS = 32;

    /** No name that somebody may have holds one. */
    private static final char REPLACEMENT = '\uFFFD';

    // Composing shortens a text to a quarter of its characters at most: what is longer than this needs no composing.
    private static final int MAX_CHARS = 8 * MAX_CODE_POINTS;

    /** The keys of who is thought to speak for the server. */
    private static final Set<String> OFFICES = Stream.of(
                    "Prosa", "server", "servidor", "admin", "administrador", "operator", "operador")
            .map(Name::keyOf)
            .collect(Collectors.toUnmodifiableSet());

    private static final List<Set<Character.UnicodeScript>> WRITTEN_TOGETHER = List.of(
            EnumSet.of(Character.UnicodeScript.HAN, Character.UnicodeScript.HIRAGANA, Character.UnicodeScript.KATAKANA),
            EnumSet.of(Character.UnicodeScript.HAN, Character.UnicodeScript.HANGUL),
            EnumSet.of(Character.UnicodeScript.HAN, Character.UnicodeScript.BOPOMOFO));

    private final String value;

    /** Kept, as a join asks for it again and again. */
    private final String key;

    /**
     * A name that somebody gives. Blanks around it are taken off, and those within it become one each.
     *
     * @throws Refused {@link Reason#NAME_INVALID}
     */
    public Name(String value) {
        boolean plain = isPlain(value);
        String tidy = plain ? value : tidied(value);
        if (tidy.length() > MAX_CHARS) {
            throw new Refused(Reason.NAME_INVALID);
        }
        String composed = plain ? value : Normalizer.normalize(tidy, Form.NFC);
        String key = keyOf(composed);
        if (plain ? OFFICES.contains(key) : !isAllowed(composed, key)) {
            throw new Refused(Reason.NAME_INVALID);
        }
        this.value = composed;
        this.key = key.equals(composed) ? composed : key;
    }

    private Name(String value, String key) {
        this.value = value;
        this.key = key;
    }

    /**
     * A name under which something was kept when the rules were others. It is never refused: each character that offends becomes U+FFFD,
     * or one stands behind a name that is forbidden as a whole. So it is nobody's whom one could meet.
     */
    public static Name kept(String value) {
        if (isPlain(value)) {
            String key = keyOf(value);
            if (!OFFICES.contains(key)) {
                return new Name(value, key);
            }
        }
        String tidy = tidied(value);
        String composed = Normalizer.normalize(tidy.substring(0, Math.min(MAX_CHARS, tidy.length())), Form.NFC);
        BitSet offending = new Spelling(composed).offending();
        int[] points = composed.codePoints().toArray();
        StringBuilder shown = new StringBuilder(composed.length() + 1);
        for (int i = 0; i < Math.min(points.length, MAX_CODE_POINTS); i++) {
            shown.appendCodePoint(offending.get(i) ? REPLACEMENT : points[i]);
        }
        String key = keyOf(composed);
        if (tidy.length() <= MAX_CHARS && offending.isEmpty() && isAllowedAsAWhole(composed, key)) {
            return new Name(composed, key);
        }
        if (shown.indexOf(String.valueOf(REPLACEMENT)) < 0) {
            shown.append(REPLACEMENT);
        }
        return new Name(shown.toString(), keyOf(shown.toString()));
    }

    /** The name as it is shown. */
    public String value() {
        return value;
    }

    /**
     * What makes two names the same person's: {@code ANA}, {@code ana}, full-width Ana, and Anɑ, which looks like it, are one. What is
     * invisible does not count.
     */
    public String key() {
        return key;
    }

    private static String keyOf(String name) {
        // Folded before, as confusables are told for either case by itself; and after, as some look like capitals.
        return folded(Skeleton.of(folded(isAscii(name) ? name : Normalizer.normalize(name, Form.NFKC))));
    }

    /** By way of the capitals, as the JDK has no full case folding: ẞ, ß and ss meet in SS, and an i with a dot above in İ. */
    private static String folded(String compatible) {
        if (isAscii(compatible)) {
            return compatible.toLowerCase(Locale.ROOT);
        }
        String capitals = Normalizer.normalize(small(compatible).toUpperCase(Locale.ROOT), Form.NFKC);
        return Normalizer.normalize(small(capitals), Form.NFKC);
    }

    /** Then it is in each of Unicode's normal forms. */
    static boolean isAscii(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Code point by code point: String.toLowerCase would make a final sigma depend on its place in the word. */
    private static String small(String text) {
        StringBuilder small = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(small::appendCodePoint);
        return small.toString();
    }

    /** Line breaks stay where they are, but for those around: a name that has one was meant to be something else. */
    private static String tidied(String raw) {
        StringBuilder tidy = new StringBuilder(raw.length());
        boolean afterBlank = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean blank = c == '\t' || Character.getType(c) == Character.SPACE_SEPARATOR;
            if (!blank) {
                tidy.append(c);
            } else if (!afterBlank) {
                tidy.append(' ');
            }
            afterBlank = blank;
        }
        return tidy.toString().strip();
    }

    /**
     * Whether it is of ASCII alone, and nothing in it has to be put right or looked at more closely: as most names are, and each message of the
     * past brings one along.
     */
    static boolean isPlain(String name) {
        boolean speaks = false;
        int before = ' ';
        for (int i = 0; i < name.length(); i++) {
            int c = name.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && !(c == ' ' && before != ' ') && c != '_' && c != '.' && c != '\'' && c != '-') {
                return false;
            }
            speaks |= letterOrDigit;
            before = c;
        }
        return speaks && before != ' ' && name.length() <= MAX_CODE_POINTS;
    }

    static boolean isAllowed(String name, String key) {
        return isAllowedAsAWhole(name, key) && new Spelling(name).offending().isEmpty();
    }

    private static boolean isAllowedAsAWhole(String name, String key) {
        return name.codePointCount(0, name.length()) <= MAX_CODE_POINTS
                && name.codePoints().anyMatch(Character::isLetterOrDigit)
                && isOfOneScript(name)
                && !OFFICES.contains(key);
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
        return scripts.size() <= 1 || WRITTEN_TOGETHER.stream().anyMatch(together -> together.containsAll(scripts));
    }

    /** A mathematical 𝐚 is of no script, and reads as a Latin one. Emoji are left alone: some are made of Japanese. */
    private static IntStream meant(int c) {
        return c >= 0x80 && Character.isLetter(c)
                ? Normalizer.normalize(Character.toString(c), Form.NFKC).codePoints()
                : IntStream.of(c);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && value.equals(name.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
