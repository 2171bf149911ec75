package prosa.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    @ParameterizedTest
    @ValueSource(ints = {Schedule.SHORTEST, 18, 64, 1000})
    void aTextHasItsLengthAndSaysWhichItIs(int bytes) {
        Schedule schedule = new Schedule("0a1b2c3d", 5, 10, 100_000, bytes);
        for (int number : new int[] {0, 7, 99_999}) {
            String text = schedule.text(number);
            assertEquals(bytes, text.getBytes(StandardCharsets.UTF_8).length);
            assertEquals(Optional.of(number), schedule.number(text));
        }
        assertEquals(75, schedule.dueNanos(7));
    }

    @Test
    void anothersTextIsNoneOfIts() {
        Schedule schedule = new Schedule("0a1b2c3d", 0, 1, 1, 20);
        assertEquals(Optional.empty(), schedule.number("0a1b2c3"));
        assertEquals(Optional.empty(), schedule.number("ffffffff 00000001 the"));
    }
}
