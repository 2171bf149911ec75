package prosa.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import prosa.domain.Name;
import prosa.domain.Refused;

/**
 * To whom people write who put a name before a text, and what they tell them. Names have blanks in them, so where one ends shows only in
 * who is there: the longest name wins. Else what is for Ana Maria would reach Ana.
 */
record Addressee(Name name, String text) {
    /** A name has as many words as it has places for blanks between letters. */
    private static final int MOST_WORDS = Name.MAX_CODE_POINTS / 2;

    /**
     * @param line a name, a blank and a text
     * @param isPresent who could be meant
     * @return empty if it begins with the name of nobody who is present
     */
    static Optional<Addressee> of(String line, Predicate<Name> isPresent) {
        for (int end : endsOfWords(line).reversed()) {
            Optional<Name> name = nameOf(line.substring(0, end)).filter(isPresent);
            if (name.isPresent()) {
                return Optional.of(new Addressee(name.get(), line.substring(end).strip()));
            }
        }
        return Optional.empty();
    }

    private static List<Integer> endsOfWords(String line) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 1; i <= line.length() && ends.size() < MOST_WORDS; i++) {
            if (!isBlank(line.charAt(i - 1)) && (i == line.length() || isBlank(line.charAt(i)))) {
                ends.add(i);
            }
        }
        return ends;
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static Optional<Name> nameOf(String text) {
        try {
            return Optional.of(new Name(text));
        } catch (Refused e) {
            return Optional.empty();
        }
    }
}
