package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Command;
import prosa.delivery.Await;
import prosa.delivery.CloseReason;
import prosa.delivery.Looks;

/** Who never says a name costs a connection, and is nobody. */
class NamelessTest {
    private final Lobby lobby = new Lobby();

    @AfterEach
    void close() {
        lobby.close();
    }

    private void look(Guest guest, long seconds) {
        lobby.run(() -> Looks.at(guest.visitor.follower(), System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds)));
    }

    private static long asked(Guest guest) {
        return guest.lines().stream().filter("ask"::equals).count();
    }

    @Test
    void theyAreAskedAgainAndThenSentAway() {
        Guest nobody = lobby.connect();
        nobody.awaitLines("ask");
        look(nobody, 59);
        assertEquals(1, asked(nobody));
        look(nobody, 61);
        look(nobody, 62);
        Await.until(nobody, () -> asked(nobody) == 2, () -> "asked again");
        look(nobody, 119);
        assertEquals(Optional.empty(), nobody.farewell());
        look(nobody, 121);
        nobody.awaitClose(CloseReason.NAMELESS);
    }

    @Test
    void whoHasLeftARoomMayStay() {
        Guest ana = lobby.enter("Ana");
        ana.hear(new Command.Leave(Optional.empty()));
        lobby.settle();
        look(ana, 600);
        assertEquals(Optional.empty(), ana.farewell());
    }

    @Test
    void aRefusedNameIsNone() {
        Guest nobody = lobby.connect();
        nobody.hear(Guest.joining(" ", "main"));
        look(nobody, 121);
        nobody.awaitClose(CloseReason.NAMELESS);
    }
}
