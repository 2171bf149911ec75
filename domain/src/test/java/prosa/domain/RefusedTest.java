package prosa.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedTest {
    @Test
    void theReasonsAreTheWordsOfTheContract() {
        assertEquals(
                List.of(
                        "name-taken",
                        "name-invalid",
                        "text-empty",
                        "text-too-long",
                        "malformed",
                        "unknown-command",
                        "room-invalid",
                        "not-joined",
                        "not-here",
                        "unavailable",
                        "too-slow",
                        "too-fast",
                        "busy",
                        "room-closed",
                        "name-claimed",
                        "not-operator",
                        "muted",
                        "banned",
                        "removed",
                        "no-message"),
                Arrays.stream(Reason.values()).map(Reason::word).toList());
    }

    @Test
    void aRefusalCostsNoStackTrace() {
        Refused refused = new Refused(Reason.NAME_TAKEN);
        assertEquals(Reason.NAME_TAKEN, refused.reason());
        assertEquals("name-taken", refused.getMessage());
        assertEquals(0, refused.getStackTrace().length);
        refused.addSuppressed(new IllegalStateException("kept by nobody"));
        assertEquals(0, refused.getSuppressed().length);
    }

    @Test
    void aRefusalHasAReason() {
        assertThrows(NullPointerException.class, () -> new Refused((Reason) null));
    }
}
