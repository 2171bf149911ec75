package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import prosa.domain.Name;

class AddresseeTest {
    private static Optional<Addressee> of(String line, String... present) {
        return Addressee.of(
                line,
                name -> List.of(present).stream()
                        .anyMatch(other -> new Name(other).key().equals(name.key())));
    }

    private static Optional<Addressee> told(String name, String text) {
        return Optional.of(new Addressee(new Name(name), text));
    }

    @Test
    void theLongestNameWins() {
        assertEquals(told("Ana Maria", "a secret"), of("Ana Maria a secret", "Ana", "Ana Maria"));
        assertEquals(told("Ana", "Maria a secret"), of("Ana Maria a secret", "Ana"));
        assertEquals(told("ana maria", "x"), of("ana maria x", "Ana", "Ana Maria", "Ana Maria Braga"));
    }

    @Test
    void aNameWithoutATextIsNotAShorterOneWithIt() {
        assertEquals(told("Ana Maria", ""), of("Ana Maria", "Ana", "Ana Maria"));
    }

    @Test
    void whatFollowsMayHaveSeveralLines() {
        assertEquals(told("Ana", "one\n  two"), of("Ana\none\n  two\n", "Ana"));
    }

    @Test
    void aNameMayHaveAsManyWordsAsFitIntoIt() {
        String longest = "a ".repeat(15) + "a";
        assertEquals(told(longest, "x"), of(longest + " x", "a", longest));
        assertTrue(of("a ".repeat(8_000), "b").isEmpty());
    }

    @Test
    void nobodyIsNobody() {
        assertTrue(of("Eve hello", "Ana").isEmpty());
        assertTrue(of("", "Ana").isEmpty());
    }
}
