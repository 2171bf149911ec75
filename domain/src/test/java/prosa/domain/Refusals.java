package prosa.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** How a test says that something is refused. */
final class Refusals {
    private Refusals() {}

    static void assertRefused(Reason reason, Executable attempt) {
        assertEquals(reason, assertThrows(Refused.class, attempt).reason());
    }
}
