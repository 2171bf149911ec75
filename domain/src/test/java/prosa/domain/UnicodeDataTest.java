package prosa.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.SpoofChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our extracts of Unicode's data against ICU, of which they are made. For another version of Unicode {@code mvn -pl domain test
 * -Dtest=UnicodeDataTest -Dunicode.write=true} writes the confusables anew, and tells what the sets are.
 */
class UnicodeDataTest {
    private static final Path FILE = Path.of("src/main/java/prosa/domain/Confusables.java");
    private static final int WIDTH = 130;

    private static final SpoofChecker ICU = new SpoofChecker.Builder().build();

    @Test
    void theJdkKnowsTheSameVersion() {
        assertEquals(
                List.of(),
                codePoints()
                        .filter(c -> Character.isDefined(c) != UCharacter.isDefined(c))
                        .limit(10)
                        .boxed()
                        .toList());
    }

    @Test
    void theConfusablesAreUnicodes() throws IOException {
        Map<String, List<String>> sources = new TreeMap<>();
        codePoints()
                .filter(UnicodeDataTest::needsAPrototype)
                .forEach(c -> sources.computeIfAbsent(ICU.getSkeleton(Character.toString(c)), _ -> new ArrayList<>())
                        .add(hex(c)));
        String expected = """
            package prosa.domain;

            /**
             * What looks like what, of Unicode %s (UTS #39). Made by UnicodeDataTest. Copyright © 1991-2024 Unicode, Inc. (unicode-license.txt).
             */
            final class Confusables {
                /** A prototype's code points, an equals sign, and the code points that look like it. */
                static final String ALL = \"""
            %s            \""";

                private Confusables() {}
            }
            """.formatted(
                        UCharacter.getUnicodeVersion().getVersionString(2, 2),
                        wrapped(sources.entrySet().stream()
                                .map(entry -> hex(entry.getKey()) + '=' + String.join(",", entry.getValue()))));
        if (Boolean.getBoolean("unicode.write")) {
            Files.writeString(FILE, expected);
        }
        assertEquals(expected, Files.readString(FILE));
    }

    @Test
    void aSkeletonIsIcus() {
        codePoints()
                .mapToObj(Character::toString)
                .filter(c -> !ICU.getSkeleton(c).equals(Skeleton.of(c)))
                .findFirst()
                .ifPresent(c -> assertEquals(ICU.getSkeleton(c), Skeleton.of(c), hex(c)));
        for (String text : List.of("Mário 10", "ρ⍺у𝓅𝒂ן", "ʟο\u200dѕ\u0337", "")) {
            assertEquals(ICU.getSkeleton(text), Skeleton.of(text), text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSetHasNeitherMoreNorLess(Unicode set) {
        assertEquals(
                List.of(),
                codePoints()
                        .filter(c -> set.contains(c) != isIn(set, c))
                        .limit(10)
                        .boxed()
                        .toList(),
                () -> String.join(" ", ranges(set)));
    }

    private static IntStream codePoints() {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> Character.getType(c) != Character.SURROGATE);
    }

    /** What is decomposed or left out before has none. */
    private static boolean needsAPrototype(int c) {
        String text = Character.toString(c);
        return Normalizer.isNormalized(text, Form.NFD)
                && !isIn(Unicode.DEFAULT_IGNORABLE, c)
                && !ICU.getSkeleton(text).equals(text);
    }

    private static boolean isIn(Unicode set, int c) {
        int joining = UCharacter.getIntPropertyValue(c, UProperty.JOINING_TYPE);
        return switch (set) {
            case DEFAULT_IGNORABLE -> UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
            case OVERLAY -> UCharacter.getCombiningClass(c) == 1;
            case VIRAMA -> UCharacter.getCombiningClass(c) == 9;
            case COMBINING ->
                UCharacter.getCombiningClass(c) != 0 && Character.getType(c) == Character.NON_SPACING_MARK;
            case JOINS_NEXT ->
                joining == UCharacter.JoiningType.DUAL_JOINING || joining == UCharacter.JoiningType.LEFT_JOINING;
            case JOINS_PREVIOUS ->
                joining == UCharacter.JoiningType.DUAL_JOINING || joining == UCharacter.JoiningType.RIGHT_JOINING;
            case DEPENDENT_VOWEL ->
                UCharacter.getIntPropertyValue(c, UProperty.INDIC_SYLLABIC_CATEGORY)
                        == UCharacter.IndicSyllabicCategory.VOWEL_DEPENDENT;
        };
    }

    private static List<String> ranges(Unicode set) {
        List<String> ranges = new ArrayList<>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (isIn(set, c)) {
                int first = c;
                while (isIn(set, c + 1)) {
                    c++;
                }
                ranges.add(first == c ? hex(c) : hex(first) + '-' + hex(c));
            }
        }
        return ranges;
    }

    /** In lines; an entry that is longer than one has its own. */
    private static String wrapped(Stream<String> entries) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder();
        entries.forEach(entry -> {
            if (!line.isEmpty() && line.length() + entry.length() >= WIDTH - 12) {
                lines.append(" ".repeat(12)).append(line).append('\n');
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(entry);
        });
        return lines.append(" ".repeat(12)).append(line).append('\n').toString();
    }

    private static String hex(String text) {
        return text.codePoints().mapToObj(UnicodeDataTest::hex).collect(Collectors.joining(","));
    }

    private static String hex(int c) {
        return Integer.toHexString(c).toUpperCase(Locale.ROOT);
    }
}
