package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Act;
import prosa.application.port.Bound;
import prosa.application.port.Command;
import prosa.application.port.Credentials;
import prosa.application.port.Excerpt;
import prosa.application.port.Peer;
import prosa.application.port.Secret;
import prosa.delivery.Await;
import prosa.delivery.FakeSubscriber;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Removal;
import prosa.domain.RoomName;
import prosa.domain.Via;

/** What becomes of those who are here, come and come back when something is taken away. */
class RemovalTest {
    private static final Name OP = new Name("Olga");
    private static final Duration LONG = Duration.ofMinutes(5);

    private static final Secret TOKEN = Secret.shown("token", "the token");

    private final Lobby lobby =
            new Lobby(new LocalNames(), new ScriptedEngine(), new Access(Optional.of(TOKEN.hash()), Map.of()));

    @AfterEach
    void close() {
        lobby.close();
    }

    private static Peer operator() {
        return new Peer(
                new Via("http"),
                InetAddress.getLoopbackAddress(),
                new Credentials(Map.of(), Optional.empty(), Optional.of(TOKEN)));
    }

    private void act(Act act) {
        Await.result(lobby.chat.act(operator(), RoomName.MAIN, OP, act));
    }

    private void remove(long offset) {
        act(new Act.Remove(Lobby.at(offset).toString()));
    }

    private void clear() {
        act(new Act.Clear());
    }

    private void say(String text) {
        lobby.engine.say("main", "Ana", text);
    }

    private static Optional<Position> since(long offset) {
        return Optional.of(Lobby.at(offset));
    }

    @Test
    void everybodyIsToldWhoIsThereAndTheSpeakerToo() {
        Guest ana = lobby.enter("Ana");
        Guest bob = lobby.enter("Bob");
        FakeSubscriber listener = lobby.follow(Optional.empty(), OptionalInt.empty(), "main");
        listener.awaitLines("opening @0");
        ana.forget();
        ana.say("hello", "1");
        ana.awaitLines("ack 1 @1");
        remove(1);
        clear();

        ana.awaitLines("ack 1 @1", "removed @2 of @1 main Ana by Olga", "cleared @3 main by Olga");
        bob.awaitEnd("said @1 main Ana: hello\nremoved @2 of @1 main Ana by Olga\ncleared @3 main by Olga\n");
        listener.awaitLines(
                "opening @0",
                "said @1 main Ana: hello",
                "removed @2 of @1 main Ana by Olga",
                "cleared @3 main by Olga");
        assertEquals(Lobby.at(3), Await.result(lobby.chat.position()));
    }

    @Test
    void whatIsNotThereIsRefused() {
        CompletionException e = assertThrows(
                CompletionException.class,
                () -> lobby.chat
                        .act(
                                operator(),
                                RoomName.MAIN,
                                OP,
                                new Act.Remove(Lobby.at(7).toString()))
                        .toCompletableFuture()
                        .join());
        assertEquals(Reason.NO_MESSAGE, Chat.reasonOf(e));
    }

    @Test
    void aCommandIsDoneWhenEverybodyWasTold() {
        Guest bob = lobby.enter("Bob");
        say("hello");
        Guest olga = lobby.operator("Olga", TOKEN);
        lobby.settle();
        bob.forget();
        lobby.engine.holdPublishes();
        olga.hear(new Command.Perform(new Act.Remove("1000-1"), Optional.empty(), Optional.of("r")));
        lobby.settle();
        assertFalse(olga.text().contains("done"), olga.text());
        lobby.engine.releasePublishes();
        olga.awaitLine("done Olga remove Ana in main");
        bob.awaitEnd("removed @2 of @1 main Ana by Olga\n");
    }

    @Test
    void whoComesIsNotWelcomedWithIt() {
        for (int i = 1; i <= 60; i++) {
            say("n" + i);
        }
        Guest ana = lobby.enter("Ana");
        for (int i = 31; i <= 60; i++) {
            remove(i);
        }
        Guest bob = lobby.connect(Guest.joining("Bob", "main"));
        bob.awaitWelcome();
        // Of those before them there are as many as ever.
        assertTrue(bob.text().contains(" recent [" + offsets(1, 30) + "] @90"), bob.text());
        say("next");
        clear();
        Guest eve = lobby.connect(Guest.joining("Eve", "main"));
        eve.awaitWelcome();
        assertTrue(eve.text().contains(" recent [] @92"), eve.text());
        ana.awaitEnd("cleared @92 main by Olga\njoined main Eve ws\n");
    }

    private static String offsets(int from, int to) {
        StringBuilder offsets = new StringBuilder("" + from);
        for (int i = from + 1; i <= to; i++) {
            offsets.append(",").append(i);
        }
        return offsets.toString();
    }

    @Test
    void whoComesWhileTheLastMessagesAreReadIsNotWelcomedWithIt() {
        say("one");
        say("two");
        lobby.engine.holdAnswers();
        Guest bob = lobby.connect(Guest.joining("Bob", "main"));
        lobby.engine.awaitReads(1);
        say("three");
        remove(1);
        remove(3);
        lobby.engine.releaseReads();
        bob.awaitWelcome();
        assertTrue(bob.text().contains(" recent [2] @5"), bob.text());
    }

    @Test
    void whoResumesIsToldTheRemovalAndNotTheText() {
        say("one");
        say("two");
        say("three");
        FakeSubscriber before = lobby.follow(since(0), OptionalInt.empty(), "main");
        before.awaitEnd("said @3 main Ana: three\n");
        remove(2);
        lobby.settle();
        // The page that was read for the other one is read again.
        FakeSubscriber after = lobby.follow(since(0), OptionalInt.empty(), "main");
        after.awaitLines(
                "opening @0", "said @1 main Ana: one", "said @3 main Ana: three", "removed @4 of @2 main Ana by Olga");
        FakeSubscriber last = lobby.follow(since(3), OptionalInt.empty(), "main");
        last.awaitLines("opening @3", "removed @4 of @2 main Ana by Olga");
        clear();
        lobby.settle();
        FakeSubscriber empty = lobby.follow(since(0), OptionalInt.empty(), "main");
        empty.awaitLines("opening @0", "cleared @5 main by Olga");
    }

    @Test
    void whatIsBeingReadForSomebodyWhoResumesIsReadAgain() {
        say("one");
        say("two");
        lobby.engine.holdAnswers();
        FakeSubscriber listener = lobby.follow(since(0), OptionalInt.empty(), "main");
        lobby.engine.awaitReads(1);
        remove(1);
        lobby.engine.releaseReads();
        listener.awaitLines("opening @0", "said @2 main Ana: two", "removed @3 of @1 main Ana by Olga");
    }

    @Test
    void whoAsksForTheLastIsToldWhatIsLeft() {
        say("one");
        say("two");
        say("three");
        remove(2);
        lobby.settle();
        FakeSubscriber listener = lobby.follow(Optional.empty(), OptionalInt.of(10), "main");
        listener.awaitEnd("said @1 main Ana: one\nsaid @3 main Ana: three\n");
        Guest bob = lobby.enter("Bob");
        bob.hear(new Command.Last(10));
        bob.awaitEnd("looked back main\n");
        assertEquals(
                List.of("said @1 main Ana: one", "said @3 main Ana: three"),
                bob.lines().stream()
                        .filter(line -> line.matches("(said|removed) .*"))
                        .toList());
        assertEquals(List.of("one", "three"), texts(readBack(since(0))));
        assertEquals(List.of("one", "three"), texts(readBack(Optional.empty())));
    }

    @Test
    void whatIsBeingReadBackIsReadAgain() {
        say("one");
        say("two");
        lobby.engine.holdAnswers();
        PendingExcerpt last = lobby.chat.readBack(Lobby.over("http"), RoomName.MAIN, Optional.empty(), 50);
        lobby.engine.awaitReads(1);
        remove(1);
        lobby.engine.releaseReads();
        assertEquals(List.of("two"), texts(Await.result(last.excerpt())));
    }

    private Excerpt readBack(Optional<Position> since) {
        return Await.result(lobby.chat
                .readBack(Lobby.over("http"), RoomName.MAIN, since, 50)
                .excerpt());
    }

    private static List<String> texts(Excerpt excerpt) {
        return excerpt.messages().orElseThrow().stream()
                .map(message -> message.text().value())
                .toList();
    }

    private PendingExcerpt readOn(long since, int limit, Duration patience) {
        return lobby.chat.readOn(Lobby.over("http"), RoomName.MAIN, since(since), limit, patience);
    }

    @Test
    void aLongPollIsNotWokenByARemovalButEndsBehindIt() {
        say("one");
        PendingExcerpt waiting = readOn(1, 50, LONG);
        lobby.settle();
        remove(1);
        clear(2);
        lobby.settle();
        assertFalse(waiting.excerpt().toCompletableFuture().isDone());
        waiting.enough().run();
        Excerpt nothing = Await.result(waiting.excerpt());
        assertEquals(List.of(), texts(nothing));
        assertEquals(Lobby.at(3), nothing.position());
    }

    /** In another room, so that there is something to clear. */
    private void clear(int offset) {
        lobby.engine.say("den", "Ana", "elsewhere");
        assertEquals(offset + 1, lobby.engine.head());
    }

    @Test
    void aLongPollThatWaitsForThePastIsNotToldWhatIsRemovedMeanwhile() {
        say("one");
        lobby.engine.holdAnswers();
        PendingExcerpt waiting = readOn(0, 50, LONG);
        lobby.engine.awaitReads(1);
        say("two");
        say("three");
        remove(1);
        remove(2);
        lobby.engine.releaseReads();
        Excerpt news = Await.result(waiting.excerpt());
        assertEquals(List.of("three"), texts(news));
        assertEquals(Lobby.at(3), news.position());
    }

    /** What was beyond its limit it has not heard: it must not be told that there was nothing. */
    @Test
    void aLongPollWhoseOnlyMessageIsRemovedComesBackForTheOthers() {
        say("one");
        lobby.engine.holdAnswers();
        PendingExcerpt waiting = readOn(0, 1, LONG);
        lobby.engine.awaitReads(1);
        say("two");
        say("three");
        remove(1);
        remove(2);
        lobby.engine.releaseReads();
        Excerpt nothing = Await.result(waiting.excerpt());
        assertEquals(List.of(), texts(nothing));
        Excerpt news = Await.result(readOn(nothing.position().offset(), 1, LONG).excerpt());
        assertEquals(List.of("three"), texts(news));
    }

    @Test
    void whoIsBehindForASecondIsNotToldWhatIsGone() {
        try (Audience audience = Audience.open()) {
            FakeSubscriber slow = new FakeSubscriber();
            slow.stall();
            audience.follow(slow);
            audience.say("one");
            audience.say("the secret");
            audience.say("three");
            slow.awaitFinishing();
            audience.run(() -> {});
            Message secret = Await.result(audience.engine.last(Set.of(RoomName.MAIN), 2, Bound.messages(1)))
                    .messages()
                    .getFirst();
            Await.result(audience.engine.remove(new Removal.One(RoomName.MAIN, secret.id(), OP, Lobby.NOW)));
            CompletableFuture<Void> later = new CompletableFuture<>();
            audience.run(() -> audience.thread.at(
                    System.nanoTime() + Duration.ofMillis(1_100).toNanos(), () -> later.complete(null)));
            Await.result(later);
            slow.flow();
            slow.awaitEnd("said @3 main Ana: three\nremoved @4 of @2 main Ana by Olga\n");
            audience.say("next");
            slow.awaitEnd("said @5 main Ana: next\n");
            assertFalse(slow.text().contains("secret"), slow.text());
        }
    }
}
