package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Command;
import prosa.application.port.Names;
import prosa.delivery.Await;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** Names are asked for before anything else is done, of somebody who may answer later. */
class NamesTest {
    /** As another machine would: answers when a test wants. Its state is under its monitor. */
    private static final class SlowNames implements Names {
        private final List<CompletableFuture<Hold>> asked = new ArrayList<>();
        private final List<String> log = new ArrayList<>();

        @Override
        public synchronized CompletionStage<Hold> take(Wanted wanted) {
            CompletableFuture<Hold> answer = new CompletableFuture<>();
            asked.add(answer);
            log.add("take " + wanted.name());
            notifyAll();
            return answer;
        }

        private synchronized void release(String name) {
            log.add("release " + name);
            notifyAll();
        }

        void grant(String name) {
            next("take " + name).complete(() -> release(name));
        }

        void refuse(String name, Reason reason) {
            next("take " + name).completeExceptionally(new Refused(reason));
        }

        private CompletableFuture<Hold> next(String taking) {
            await(taking);
            synchronized (this) {
                return asked.getLast();
            }
        }

        void await(String last) {
            Await.until(this, () -> !log.isEmpty() && log.getLast().equals(last), () -> last + ", but " + log);
        }
    }

    private final SlowNames names = new SlowNames();
    private final Lobby lobby = new Lobby(names);

    @AfterEach
    void stop() {
        lobby.close();
    }

    private Guest enter(String name) {
        Guest guest = lobby.connect(Guest.joining(name, "main"));
        names.grant(name);
        guest.awaitWelcome();
        guest.forget();
        return guest;
    }

    @Test
    void whoEntersWaitsForTheNameAndIsHeardAfterwards() {
        Guest ana = lobby.connect(Guest.joining("Ana", "main"));
        ana.say("hello", "1");
        names.await("take Ana");
        lobby.settle();
        assertEquals("", ana.text());
        assertEquals(List.of(), lobby.engine.reads(), "the disk is read for nobody who may be refused");
        names.grant("Ana");
        ana.awaitLine("ack 1 @1");
    }

    @Test
    void whoIsRefusedTheNameIsAskedForAnother() {
        Guest ana = lobby.connect(Guest.joining("Ana", "main"));
        names.refuse("Ana", Reason.NAME_TAKEN);
        ana.awaitLines("refused name-taken", "ask");
        ana.line("Bia");
        names.grant("Bia");
        ana.awaitWelcome();
    }

    @Test
    void whoLeavesGivesTheNameBack() {
        Guest ana = enter("Ana");
        ana.visitor.gone();
        names.await("release Ana");
    }

    @Test
    void whoIsGoneBeforeTheAnswerGivesTheNameBack() {
        Guest ana = lobby.connect(Guest.joining("Ana", "main"));
        names.await("take Ana");
        ana.visitor.gone();
        lobby.settle();
        names.grant("Ana");
        names.await("release Ana");
    }

    /** Whoever asks is told so, and heard on: a room that knows better than the one who was asked must not leave them waiting. */
    @Test
    void whoIsGrantedANameThatTheRoomHasIsRefusedIt() {
        enter("Ana");
        Guest other = lobby.connect(Guest.joining("ana", "main"));
        names.grant("ana");
        other.awaitLines("refused name-taken", "ask");
        names.await("release ana");
        other.line("Bia");
        names.grant("Bia");
        other.awaitWelcome();
        other.forget();
        other.hear(new Command.Nick("ANA"));
        names.grant("ANA");
        other.awaitLines("refused name-taken");
        names.await("release ANA");
        other.hear(new Command.Help());
        other.awaitLine("help");
    }

    @Test
    void aNewNameIsAskedForAndTheOldOneGivenBack() {
        Guest ana = enter("Ana");
        ana.hear(new Command.Nick("Bia"));
        names.grant("Bia");
        ana.awaitLine("you are Bia, were Ana");
        names.await("release Ana");
        ana.hear(new Command.Nick("Carla"));
        names.refuse("Carla", Reason.NAME_TAKEN);
        ana.awaitLine("refused name-taken");
    }

    @Test
    void anotherSpellingNeedsNotBeAskedFor() {
        Guest ana = enter("Ana");
        ana.hear(new Command.Nick("ANA"));
        ana.awaitLine("you are ANA, were Ana");
        names.await("take Ana");
    }

    @Test
    void whoComesBackTakesTheNameAlong() {
        Guest ana = lobby.connect(Guest.joining("Ana", "main"));
        names.grant("Ana");
        ana.awaitWelcome();
        Guest again = lobby.connect(Guest.returning(ana.token()));
        again.awaitWelcome();
        names.await("take Ana");
        again.visitor.gone();
        names.await("release Ana");
    }

    @Test
    void onOneMachineTheAnswerIsThereAtOnce() {
        try (Lobby one = new Lobby()) {
            one.enter("Ana", "den");
            one.engine.holdReads();
            Guest first = one.connect(Guest.joining("Ana", "main"));
            one.engine.awaitReads(1);
            Guest second = one.connect(Guest.joining("ana", "main"));
            second.awaitLines("refused name-taken", "ask");
            one.engine.releaseReads();
            first.awaitWelcome();
        }
    }
}
