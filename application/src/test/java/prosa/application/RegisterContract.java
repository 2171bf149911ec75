package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.MessageEngine;
import prosa.application.port.Register;
import prosa.application.port.Register.Kind;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** What the register of every engine promises. An engine's own test extends this and opens the engine. */
public abstract class RegisterContract {
    protected MessageEngine engine;
    protected Register register;

    /** A fresh engine without facts. */
    protected abstract MessageEngine open() throws Exception;

    @BeforeEach
    void openAnEngine() throws Exception {
        use(open());
    }

    protected final void use(MessageEngine opened) {
        engine = opened;
        register = opened.register();
    }

    @AfterEach
    void closeAfterwards() {
        engine.close();
    }

    @Test
    void aNewOneIsEmpty() {
        for (Kind kind : Kind.values()) {
            assertEquals(Map.of(), register.read(kind));
        }
    }

    @Test
    void whatWasKeptIsRead() {
        await(register.keep(Kind.CLAIM, "ana", "1"));
        await(register.keep(Kind.CLAIM, "bob", "2"));
        assertEquals(Map.of("ana", "1", "bob", "2"), register.read(Kind.CLAIM));
    }

    @Test
    void aKeyIsOnesOfItsKind() {
        for (Kind kind : Kind.values()) {
            await(register.keep(kind, "ana", kind.name()));
        }
        await(register.forget(Kind.MUTE, "ana"));
        for (Kind kind : Kind.values()) {
            assertEquals(kind == Kind.MUTE ? Map.of() : Map.of("ana", kind.name()), register.read(kind));
        }
    }

    @Test
    void theLastOfAKeyHolds() {
        List<CompletionStage<Void>> stages = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            stages.add(register.keep(Kind.BAN, "a", "n" + i));
            stages.add(register.forget(Kind.BAN, "b"));
            stages.add(register.keep(Kind.BAN, "b", "m" + i));
            stages.add(register.keep(Kind.BAN, "c", "k" + i));
            stages.add(register.forget(Kind.BAN, "c"));
        }
        stages.forEach(RegisterContract::await);
        assertEquals(Map.of("a", "n500", "b", "m500"), register.read(Kind.BAN));
    }

    @Test
    void whatIsNotThereIsForgottenAllTheSame() {
        await(register.forget(Kind.ACT, "nothing"));
        assertEquals(Map.of(), register.read(Kind.ACT));
    }

    @Test
    void textsComeBackAsTheyWere() {
        List<String> texts =
                List.of("", " a blank ", "two\nlines\tand a tab", "𝄞 👩‍👩‍👧 é", "'; DROP TABLE fact; --");
        texts.forEach(text -> await(register.keep(Kind.ACT, text, text)));
        assertEquals(
                texts.stream().sorted().toList(),
                List.copyOf(register.read(Kind.ACT).values()));
        texts.forEach(text -> assertEquals(text, register.read(Kind.ACT).get(text)));
    }

    @Test
    void keysAreInOrder() {
        List.of("b", "a", "B", "10", "9").forEach(key -> await(register.keep(Kind.ACT, key, "")));
        assertEquals(
                List.of("10", "9", "B", "a", "b"),
                List.copyOf(register.read(Kind.ACT).keySet()));
    }

    @Test
    void whatWasReadDoesNotChange() {
        await(register.keep(Kind.QUIET, "main", "1"));
        Map<String, String> read = register.read(Kind.QUIET);
        await(register.keep(Kind.QUIET, "main", "2"));
        assertEquals(Map.of("main", "1"), read);
    }

    @Test
    void aClosedOneRefuses() {
        await(register.keep(Kind.MUTE, "ana", "1"));
        engine.close();
        assertRefused(register.keep(Kind.MUTE, "ana", "2"));
        assertRefused(register.forget(Kind.MUTE, "ana"));
        assertEquals(Map.of("ana", "1"), register.read(Kind.MUTE));
    }

    protected static void await(CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    protected static void assertRefused(CompletionStage<Void> stage) {
        ExecutionException e = assertThrows(
                ExecutionException.class, () -> stage.toCompletableFuture().get(10, TimeUnit.SECONDS));
        assertEquals(
                Reason.UNAVAILABLE,
                assertInstanceOf(Refused.class, e.getCause()).reason());
    }
}
