package prosa.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.domain.Refusals.assertRefused;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "a",
                "7",
                "-",
                "den-2",
                "abcdefghijklmnopqrstuvwxyz-01234",
                "--------------------------------"
            })
    void smallLettersDigitsAndHyphensMakeARoom(String name) {
        assertEquals(name, new RoomName(name).toString());
    }

    @Test
    void capitalsBecomeSmallLetters() {
        assertEquals("lab-7", new RoomName("Lab-7").toString());
        assertEquals(RoomName.MAIN, new RoomName("MAIN"));
        assertFalse(new RoomName("LAB--ABCDEFGHIJKLMNOPQRSTUVWXY").isListed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "main ",
                " main",
                "main\n",
                "ma in",
                "a_b",
                "a.b",
                "a/b",
                "café",
                "ａ",
                "\u212A", // a Kelvin sign, whose small letter is k
                "İ",
                "١",
                "#main",
                "abcdefghijklmnopqrstuvwxyz-012345"
            })
    void allElseIsRefused(String name) {
        assertRefused(Reason.ROOM_INVALID, () -> new RoomName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab--abcdefghijklmnopqrstuvwxy", "lab--0123456789012345678901234"})
    void aNameThatNobodyCanGuessIsInNoList(String name) {
        assertFalse(new RoomName(name).isListed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "lab",
                "lab-",
                "lab--",
                "lab-3",
                "lab--people",
                "lab-0123456789012345678901234",
                "lab--012345678901234567890123",
                "lab--01234567890123456789012345",
                "lab--012345678901234567890123-",
                "xlab--012345678901234567890123"
            })
    void allOtherRoomsAre(String name) {
        assertTrue(new RoomName(name).isListed());
    }

    @Test
    void roomsAreSortedByName() {
        assertEquals(
                List.of("den", "main", "nook"),
                Stream.of("nook", "den", "main")
                        .map(RoomName::new)
                        .sorted()
                        .map(RoomName::value)
                        .toList());
    }
}
