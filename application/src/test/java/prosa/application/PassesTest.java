package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.delivery.WithTheTurn;
import prosa.domain.Name;
import prosa.domain.RoomName;

@ExtendWith(WithTheTurn.class)
class PassesTest {
    private static final Name ANA = new Name("Ana");

    private final SettableClock clock = new SettableClock(Lobby.NOW);
    private final Passes passes = new Passes(clock);
    private final Conversation holder = visitor();

    private static Conversation visitor() {
        return new Audience().conversation();
    }

    private Passes.Pass issue() {
        return passes.issue(RoomName.MAIN, ANA, holder);
    }

    @Test
    void aTokenFindsItsPass() {
        Passes.Pass pass = issue();
        Passes.Pass other = issue();
        assertEquals(Optional.of(pass), passes.find(pass.token()));
        assertEquals(Optional.of(other), passes.find(other.token()));
        assertEquals(Optional.of(holder), pass.holder());
        assertEquals(ANA, pass.name());
        assertEquals(RoomName.MAIN, pass.room());
    }

    @Test
    void noTwoTokensAreAlike() {
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            secrets.add(issue().token().replaceFirst("^[0-9]+\\.", ""));
        }
        assertEquals(1_000, secrets.size());
        assertTrue(secrets.stream().allMatch(secret -> secret.length() == 22), "128 bits in Base64");
    }

    @Test
    void aGuessFindsNothing() {
        String token = issue().token();
        String secret = token.substring(token.indexOf('.') + 1);
        String other = issue().token();
        assertNotEquals(token, other);
        assertEquals(Optional.empty(), passes.find("1."));
        assertEquals(Optional.empty(), passes.find("2." + secret), "somebody else's secret");
        assertEquals(Optional.empty(), passes.find(token.substring(0, token.length() - 1)));
        assertEquals(Optional.empty(), passes.find(token + "A"));
        assertEquals(Optional.empty(), passes.find(token.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1",
                "-1.x",
                "+1.x",
                " 1.x",
                "1 .x",
                "x.1",
                "99.x",
                ".x",
                "١.x",
                "9223372036854775808.x",
                "99999999999999999999999.x",
                "1.\uD800"
            })
    void whatIsNoTokenFindsNothing(String token) {
        issue();
        assertEquals(Optional.empty(), passes.find(token));
    }

    @Test
    void aTokenOfSomebodyPresentIsNeverForgotten() {
        Passes.Pass pass = issue();
        clock.advance(Duration.ofDays(365));
        passes.inspect();
        assertEquals(Optional.of(pass), passes.find(pass.token()));
    }

    @Test
    void aTokenIsForgottenTenMinutesAfterLeaving() {
        Passes.Pass pass = issue();
        clock.advance(Duration.ofHours(1));
        passes.left(pass, true);
        assertEquals(Optional.empty(), pass.holder());
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        passes.inspect();
        assertEquals(Optional.of(pass), passes.find(pass.token()));
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.empty(), passes.find(pass.token()), "to the millisecond, whenever the look is");
        passes.inspect();
        assertEquals(Optional.empty(), passes.find(pass.token()));
    }

    @Test
    void aPassThatIsHandedOnIsHeldByTheNext() {
        Passes.Pass pass = issue();
        Conversation next = visitor();
        pass.passTo(next);
        pass.rename(new Name("Anna"));
        assertEquals(Optional.of(next), passes.find(pass.token()).flatMap(Passes.Pass::holder));
        assertEquals("Anna", pass.name().value());
    }

    @Test
    void aFloodOfLeaversIsForgottenFromTheOldestOn() {
        Passes.Pass present = issue();
        Passes.Pass first = issue();
        passes.left(first, true);
        for (int i = 1; i < Passes.MAX_LEFT; i++) {
            passes.left(issue(), true);
        }
        assertEquals(Optional.of(first), passes.find(first.token()));
        Passes.Pass last = issue();
        passes.left(last, true);
        assertEquals(Optional.empty(), passes.find(first.token()));
        assertEquals(Optional.of(last), passes.find(last.token()));
        assertEquals(Optional.of(present), passes.find(present.token()));
    }

    @Test
    void aTokenThatNobodyWasToldIsForgottenAtOnce() {
        Passes.Pass pass = issue();
        passes.left(pass, false);
        assertEquals(Optional.empty(), passes.find(pass.token()));
    }

    @Test
    void whoHasLeftIsKnownByWhatWasSaid() {
        Passes.Pass pass = passes.issue(RoomName.MAIN, new Name("João 🦜"), holder);
        passes.left(pass, true);
        Passes.Pass found = passes.find(pass.token()).orElseThrow();
        assertEquals(new Name("João 🦜"), found.name());
        assertEquals(Optional.empty(), found.holder());
    }

    @Test
    void manyAreFoundAndForgottenEachByItself() {
        List<Passes.Pass> all = IntStream.range(0, 1_000).mapToObj(i -> issue()).toList();
        for (int i = 0; i < all.size(); i += 3) {
            passes.left(all.get(i), false);
        }
        for (int i = 0; i < all.size(); i++) {
            Optional<Passes.Pass> expected = i % 3 == 0 ? Optional.empty() : Optional.of(all.get(i));
            assertEquals(expected, passes.find(all.get(i).token()));
        }
        for (int i = 0; i < all.size(); i++) {
            if (i % 3 != 0) {
                passes.left(all.get(i), true);
            }
        }
        clock.advance(Passes.KNOWN_FOR);
        passes.inspect();
        assertEquals(Optional.empty(), passes.find(all.get(1).token()));
        Passes.Pass next = issue();
        assertEquals(Optional.of(next), passes.find(next.token()));
    }
}
