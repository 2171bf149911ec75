package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Command;
import prosa.delivery.CloseReason;

/** How people take their names back by a token after a lost connection. */
class ReturningTest {
    private static final Optional<String> NOTHING = Optional.empty();

    private final Lobby lobby = new Lobby();
    private final Guest other = lobby.enter("Olga");
    private final Guest ghost = lobby.connect(Guest.joining("Ana", "main"));
    private final String token;

    ReturningTest() {
        other.awaitLine("joined main Ana ws");
        ghost.awaitWelcome();
        token = ghost.token();
        ghost.forget();
        other.forget();
    }

    @AfterEach
    void close() {
        lobby.close();
    }

    /** Olga hears of nothing but what she should. */
    private void awaitOthers(String... lines) {
        Guest marker = lobby.enter("Marker");
        other.awaitLine("joined main Marker ws");
        String expected = lines.length == 0 ? "" : String.join("\n", lines) + "\n";
        assertEquals(expected + "joined main Marker ws\n", other.text());
        assertEquals(Optional.empty(), marker.farewell());
    }

    @Test
    void aTokenReplacesTheGhostAtOnceAndWithoutNoise() {
        Guest ana = lobby.connect(Guest.returning(token));
        ana.awaitLines("welcome main Ana of 2 [Olga,Ana] recent [] @0");
        ghost.awaitClose(CloseReason.REPLACED);
        assertEquals(token, ana.token(), "it goes on to be hers");
        awaitOthers();
        assertEquals("", ghost.text());
    }

    @Test
    void whoCameBackSpeaksAndIsSpokenToAndTheGhostIsNot() {
        Guest ana = lobby.connect(Guest.returning(token));
        ana.awaitWelcome();
        ana.forget();
        ghost.say("I am a ghost", "r1");
        other.hear(new Command.Whisper("Ana", "psst", NOTHING));
        ana.awaitLine("whisper Olga to Ana: psst");
        other.awaitLines("told Ana");
        ana.say("I am back", "r1");
        ana.awaitLine("ack r1 @1");
        other.awaitLines("told Ana", "said @1 main Ana: I am back");
        ghost.awaitClose(CloseReason.REPLACED);
        assertEquals("", ghost.text());
        ana.visitor.gone();
        ghost.visitor.gone();
        other.awaitLine("left main Ana ws");
        awaitOthers("told Ana", "said @1 main Ana: I am back", "left main Ana ws");
    }

    @Test
    void whoComesBackMissesNothing() {
        lobby.engine.say("main", "Bob", "one");
        ghost.awaitLine("said @1 main Bob: one");
        ghost.stall();
        lobby.engine.say("main", "Bob", "two");
        ghost.awaitFinishing();
        Guest ana =
                lobby.connect(new Command.Join(NOTHING, NOTHING, Optional.of("1000-1"), Optional.of(token), NOTHING));
        lobby.engine.say("main", "Bob", "three");
        ana.awaitLine("said @3 main Bob: three");
        assertEquals(
                "welcome main Ana of 2 [Olga,Ana] recent none @1\nsaid @2 main Bob: two\nsaid @3 main Bob: three\n",
                ana.text());
        ghost.awaitClose(CloseReason.GONE); // in the middle of a write there are no last words
    }

    @Test
    void aTokenKnowsTheNewNameAndTheOldTokenIsGood() {
        ghost.hear(new Command.Rename("Anna", NOTHING));
        ghost.awaitLine("you are Anna, were Ana");
        Guest ana = lobby.connect(Guest.returning(token));
        ana.awaitLines("welcome main Anna of 2 [Olga,Anna] recent [] @0");
        awaitOthers("renamed main Ana Anna");
    }

    @Test
    void anotherNameWithATokenIsAnotherPerson() {
        Guest anna =
                lobby.connect(new Command.Join(Optional.of("Anna"), NOTHING, NOTHING, Optional.of(token), NOTHING));
        anna.awaitLines("welcome main Anna of 3 [Olga,Ana,Anna] recent [] @0");
        awaitOthers("joined main Anna ws");
        assertEquals(Optional.empty(), ghost.farewell());
    }

    @Test
    void aTokenIsGoodForItsRoomOnly() {
        Guest ana = lobby.connect(new Command.Join(NOTHING, Optional.of("den"), NOTHING, Optional.of(token), NOTHING));
        ana.awaitLines("welcome den Ana of 1 [Ana] recent [] @0");
        awaitOthers();
        assertEquals(Optional.empty(), ghost.farewell());
    }

    @Test
    void withoutTheRightTokenTheNameIsTaken() {
        Guest thief = lobby.connect(
                new Command.Join(Optional.of("Ana"), NOTHING, NOTHING, Optional.of(token + "x"), NOTHING));
        thief.awaitLines("refused name-taken", "ask");
        Guest other = lobby.connect(Guest.returning("1.guess"));
        other.awaitLines("ask");
    }

    @Test
    void afterLeavingATokenStillKnowsTheNameForTenMinutes() {
        ghost.visitor.gone();
        ghost.awaitClose(CloseReason.GONE);
        lobby.settle();
        lobby.clock.advance(Duration.ofMinutes(10).minusMillis(1));
        Guest ana = lobby.connect(Guest.returning(token));
        ana.awaitLines("welcome main Ana of 2 [Olga,Ana] recent [] @0");
        awaitOthers("left main Ana ws", "joined main Ana ws");
    }

    @Test
    void afterTenMinutesATokenIsForgotten() {
        ghost.visitor.gone();
        ghost.awaitClose(CloseReason.GONE);
        lobby.settle();
        lobby.clock.advance(Duration.ofMinutes(10));
        Guest ana = lobby.connect(Guest.returning(token));
        ana.awaitLines("ask");
    }

    @Test
    void whoMovesByTokenLeavesTheirOtherRoom() {
        Guest cleo = lobby.enter("Cleo", "den");
        Guest ana = lobby.enter("Ana", "den");
        cleo.awaitLine("joined den Ana ws");
        ana.hear(new Command.Join(NOTHING, Optional.of("main"), NOTHING, Optional.of(token), NOTHING));
        ana.awaitLines("welcome main Ana of 2 [Olga,Ana] recent [] @0");
        cleo.awaitLine("left den Ana ws");
        awaitOthers();
    }

    @Test
    void theOwnTokenIsNoReasonToLeave() {
        ghost.hear(Guest.returning(token));
        ghost.awaitLines("welcome main Ana of 2 [Olga,Ana] recent [] @0");
        awaitOthers();
        assertEquals(Optional.empty(), ghost.farewell());
    }

    @Test
    void whoHasTakenAnotherNameMeanwhileMayStillTakeTheOldOneBack() {
        Guest ana = lobby.connect(Guest.joining("Ana 2", "main"));
        ana.awaitWelcome();
        ana.hear(Guest.returning(token));
        ana.awaitLine("welcome main Ana of 2 [Olga,Ana] recent [] @0");
        ghost.awaitClose(CloseReason.REPLACED);
        awaitOthers("joined main Ana 2 ws", "left main Ana 2 ws");
    }
}
