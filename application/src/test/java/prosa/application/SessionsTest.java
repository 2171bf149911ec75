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
class SessionsTest {
    private static final Name ANA = new Name("Ana");

    private final SettableClock clock = new SettableClock(Lobby.NOW);
    private final Sessions sessions = new Sessions(clock);
    private final Person holder = visitor();

    private static Person visitor() {
        return new Audience().person();
    }

    private Sessions.Session issue() {
        return sessions.issue(RoomName.MAIN, ANA, holder);
    }

    @Test
    void aTokenFindsItsSession() {
        Sessions.Session session = issue();
        Sessions.Session other = issue();
        assertEquals(Optional.of(session), sessions.find(session.token()));
        assertEquals(Optional.of(other), sessions.find(other.token()));
        assertEquals(Optional.of(holder), session.holder());
        assertEquals(ANA, session.name());
        assertEquals(RoomName.MAIN, session.room());
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
        assertEquals(Optional.empty(), sessions.find("1."));
        assertEquals(Optional.empty(), sessions.find("2." + secret), "somebody else's secret");
        assertEquals(Optional.empty(), sessions.find(token.substring(0, token.length() - 1)));
        assertEquals(Optional.empty(), sessions.find(token + "A"));
        assertEquals(Optional.empty(), sessions.find(token.toUpperCase(Locale.ROOT)));
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
        assertEquals(Optional.empty(), sessions.find(token));
    }

    @Test
    void aTokenOfSomebodyPresentIsNeverForgotten() {
        Sessions.Session session = issue();
        clock.advance(Duration.ofDays(365));
        sessions.inspect();
        assertEquals(Optional.of(session), sessions.find(session.token()));
    }

    @Test
    void aTokenIsForgottenTenMinutesAfterLeaving() {
        Sessions.Session session = issue();
        clock.advance(Duration.ofHours(1));
        sessions.left(session, true);
        assertEquals(Optional.empty(), session.holder());
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        sessions.inspect();
        assertEquals(Optional.of(session), sessions.find(session.token()));
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.empty(), sessions.find(session.token()), "to the millisecond, whenever the look is");
        sessions.inspect();
        assertEquals(Optional.empty(), sessions.find(session.token()));
    }

    @Test
    void aPassThatIsHandedOnIsHeldByTheNext() {
        Sessions.Session session = issue();
        Person next = visitor();
        session.resumeBy(next);
        session.rename(new Name("Anna"));
        assertEquals(Optional.of(next), sessions.find(session.token()).flatMap(Sessions.Session::holder));
        assertEquals("Anna", session.name().value());
    }

    @Test
    void aFloodOfLeaversIsForgottenFromTheOldestOn() {
        Sessions.Session present = issue();
        Sessions.Session first = issue();
        sessions.left(first, true);
        for (int i = 1; i < Sessions.MAX_LEFT; i++) {
            sessions.left(issue(), true);
        }
        assertEquals(Optional.of(first), sessions.find(first.token()));
        Sessions.Session last = issue();
        sessions.left(last, true);
        assertEquals(Optional.empty(), sessions.find(first.token()));
        assertEquals(Optional.of(last), sessions.find(last.token()));
        assertEquals(Optional.of(present), sessions.find(present.token()));
    }

    @Test
    void aTokenThatNobodyWasToldIsForgottenAtOnce() {
        Sessions.Session session = issue();
        sessions.left(session, false);
        assertEquals(Optional.empty(), sessions.find(session.token()));
    }

    @Test
    void whoHasLeftIsKnownByWhatWasSaid() {
        Sessions.Session session = sessions.issue(RoomName.MAIN, new Name("João 🦜"), holder);
        sessions.left(session, true);
        Sessions.Session found = sessions.find(session.token()).orElseThrow();
        assertEquals(new Name("João 🦜"), found.name());
        assertEquals(Optional.empty(), found.holder());
    }

    @Test
    void manyAreFoundAndForgottenEachByItself() {
        List<Sessions.Session> all =
                IntStream.range(0, 1_000).mapToObj(i -> issue()).toList();
        for (int i = 0; i < all.size(); i += 3) {
            sessions.left(all.get(i), false);
        }
        for (int i = 0; i < all.size(); i++) {
            Optional<Sessions.Session> expected = i % 3 == 0 ? Optional.empty() : Optional.of(all.get(i));
            assertEquals(expected, sessions.find(all.get(i).token()));
        }
        for (int i = 0; i < all.size(); i++) {
            if (i % 3 != 0) {
                sessions.left(all.get(i), true);
            }
        }
        clock.advance(Sessions.KNOWN_FOR);
        sessions.inspect();
        assertEquals(Optional.empty(), sessions.find(all.get(1).token()));
        Sessions.Session next = issue();
        assertEquals(Optional.of(next), sessions.find(next.token()));
    }
}
