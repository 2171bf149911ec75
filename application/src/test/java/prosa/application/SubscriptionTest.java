package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Command;
import prosa.application.port.Subscription;
import prosa.delivery.Await;
import prosa.delivery.CloseReason;
import prosa.delivery.FakeSubscriber;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** Those who only listen. */
class SubscriptionTest {
    private static final Optional<Position> NOWHERE = Optional.empty();
    private static final OptionalInt NONE = OptionalInt.empty();

    private final Lobby lobby = new Lobby();

    @AfterEach
    void close() {
        lobby.close();
    }

    private void sayInTurns() {
        lobby.engine.say("main", "Ana", "one");
        lobby.engine.say("den", "Bob", "two");
        lobby.engine.say("nook", "Bob", "three");
        lobby.engine.skip(5);
        lobby.engine.say("main", "Ana", "nine");
        lobby.engine.say("den", "Bob", "ten");
    }

    @Test
    void aFeedStartsNowAndSaysWhereThatIs() {
        sayInTurns();
        FakeSubscriber listener = lobby.follow(NOWHERE, NONE, "main");
        lobby.engine.say("main", "Ana", "next");
        listener.awaitLines("opening @10", "said @11 main Ana: next");
    }

    /** Who is connected and says something at once would else miss it if the wire takes its time. */
    @Test
    void whatIsSaidBetweenComingAndFollowingIsToldToo() {
        sayInTurns();
        lobby.settle();
        Subscription fromNow = lobby.chat.admit(Lobby.over("sse"), Lobby.listening(NOWHERE, NONE, "main"));
        lobby.engine.say("main", "Ana", "meanwhile");
        lobby.settle();
        FakeSubscriber listener = lobby.follow(fromNow);
        lobby.engine.say("main", "Ana", "next");
        listener.awaitLines("opening @10", "said @11 main Ana: meanwhile", "said @12 main Ana: next");
    }

    /** It was acknowledged, and is still on its way to those who follow already. */
    @Test
    void whatWasKeptBeforeComingIsNotNews() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        Thread holding = Thread.ofPlatform()
                .start(() -> lobby.run(() -> {
                    busy.countDown();
                    Await.countedDown(free);
                }));
        Await.countedDown(busy);
        lobby.engine.say("main", "Ana", "before");
        Subscription fromNow = lobby.chat.admit(Lobby.over("sse"), Lobby.listening(NOWHERE, NONE, "main"));
        free.countDown();
        holding.join();
        FakeSubscriber listener = lobby.follow(fromNow);
        lobby.engine.say("main", "Ana", "next");
        listener.awaitLines("opening @1", "said @2 main Ana: next");
    }

    /** On several machines the log has more than messages, which nobody is told. */
    @Test
    void whoComesWaitsForNothingThatIsNotTold() {
        lobby.engine.share();
        lobby.engine.say("main", "Ana", "one");
        lobby.engine.skip(1);
        FakeSubscriber listener =
                lobby.follow(lobby.chat.admit(Lobby.over("sse"), Lobby.listening(NOWHERE, NONE, "main")));
        lobby.settle();
        listener.awaitLines("opening @1");
    }

    @Test
    void whoHasAskedForAPlaceOrForThePastGetsThat() {
        Subscription since = Lobby.listening(Optional.of(Lobby.at(1)), NONE, "main");
        Subscription last = Lobby.listening(NOWHERE, OptionalInt.of(3), "main");
        assertEquals(since, lobby.chat.admit(Lobby.over("sse"), since));
        assertEquals(last, lobby.chat.admit(Lobby.over("sse"), last));
    }

    @Test
    void comingsAndGoingsAreToldToo() {
        FakeSubscriber listener = lobby.follow(NOWHERE, NONE, "main");
        Guest ana = lobby.enter("Ana");
        ana.hear(new Command.Rename("Anna", Optional.empty()));
        ana.hear(new Command.Leave(Optional.empty()));
        listener.awaitLines("opening @0", "joined main Ana ws", "renamed main Ana Anna", "left main Anna ws");
    }

    @Test
    void whoSaysWhereTheyWereIsToldTheRest() {
        sayInTurns();
        FakeSubscriber listener = lobby.follow(Optional.of(Lobby.at(1)), NONE, "main");
        lobby.engine.say("main", "Ana", "next");
        listener.awaitLines("opening @1", "said @9 main Ana: nine", "said @11 main Ana: next");
    }

    @Test
    void severalRoomsAreMergedInTheOrderOfTheLog() {
        sayInTurns();
        FakeSubscriber listener = lobby.follow(Optional.of(Lobby.at(0)), NONE, "main", "den");
        lobby.engine.say("den", "Bob", "eleven");
        lobby.engine.say("nook", "Bob", "twelve");
        lobby.engine.say("main", "Ana", "thirteen");
        listener.awaitLines(
                "opening @0",
                "said @1 main Ana: one",
                "said @2 den Bob: two",
                "said @9 main Ana: nine",
                "said @10 den Bob: ten",
                "said @11 den Bob: eleven",
                "said @13 main Ana: thirteen");
    }

    @Test
    void theLastMessagesOfSeveralRooms() {
        sayInTurns();
        FakeSubscriber listener = lobby.follow(NOWHERE, OptionalInt.of(3), "main", "den");
        listener.awaitLines("opening @1", "said @2 den Bob: two", "said @9 main Ana: nine", "said @10 den Bob: ten");
    }

    @Test
    void noneOfTheLastIsNow() {
        sayInTurns();
        FakeSubscriber listener = lobby.follow(NOWHERE, OptionalInt.of(0), "main");
        listener.awaitLines("opening @10");
    }

    @Test
    void whereOneWasWinsOverTheLast() {
        sayInTurns();
        FakeSubscriber listener = lobby.follow(Optional.of(Lobby.at(9)), OptionalInt.of(3), "main", "den");
        listener.awaitLines("opening @9", "said @10 den Bob: ten");
    }

    @Test
    void anotherLogIsAGap() {
        sayInTurns();
        FakeSubscriber listener = lobby.follow(Optional.of(new Position(5, 3)), NONE, "main");
        listener.awaitLines(
                "opening @0", "gap main after 5-3 next @1", "said @1 main Ana: one", "said @9 main Ana: nine");
    }

    @Test
    void aPlaceInTheFutureIsAGap() {
        sayInTurns();
        FakeSubscriber listener = lobby.follow(Optional.of(Lobby.at(11)), NONE, "main");
        lobby.engine.say("main", "Ana", "eleven");
        listener.awaitLines("opening @10", "gap main after 1000-11 next none", "said @11 main Ana: eleven");
    }

    @Test
    void whatIsForgottenIsAGapInEachRoom() {
        sayInTurns();
        lobby.engine.forgetUpTo(2);
        FakeSubscriber listener = lobby.follow(Optional.of(Lobby.at(1)), NONE, "main", "den");
        listener.awaitLine("said @10 den Bob: ten");
        assertEquals("opening @2", listener.lines().getFirst());
        assertEquals(
                Set.of("gap main after 1000-1 next @9", "gap den after 1000-1 next @9"),
                Set.copyOf(listener.lines().subList(1, 3)));
        assertEquals(
                List.of("said @9 main Ana: nine", "said @10 den Bob: ten"),
                listener.lines().subList(3, 5));
    }

    @Test
    void aPastThatCantBeReadEndsTheFeed() {
        sayInTurns();
        lobby.engine.setUnreadable(true);
        FakeSubscriber since = lobby.follow(Optional.of(Lobby.at(1)), NONE, "main");
        since.awaitClose(CloseReason.UNAVAILABLE);
        assertEquals(List.of("opening @1"), since.lines());
        FakeSubscriber last = lobby.follow(NOWHERE, OptionalInt.of(3), "main");
        last.awaitClose(CloseReason.UNAVAILABLE);
        assertEquals("", last.text());
    }

    @Test
    void whoIsGoneIsForgotten() {
        FakeSubscriber listener = new FakeSubscriber();
        OpenFeed following = lobby.chat.follow(
                Lobby.over("http"), Lobby.listening(NOWHERE, NONE, "main"), PlainCodec.PLAIN, listener);
        listener.awaitLines("opening @0");
        following.gone();
        following.gone();
        listener.awaitClose(CloseReason.GONE);
        lobby.engine.say("main", "Ana", "too late");
        lobby.settle();
        listener.awaitLines("opening @0");
    }

    @Test
    void listeningMakesNoRoom() {
        FakeSubscriber listener = lobby.follow(NOWHERE, NONE, "den");
        listener.awaitLines("opening @0");
        assertEquals(0, Await.result(lobby.chat.rooms(Lobby.over("http"))).size());
    }

    @Test
    void aFeedHasOneToThirtyTwoRoomsAndAtMostAThousandOfTheLast() {
        String[] names = IntStream.rangeClosed(1, 33).mapToObj(i -> "r" + i).toArray(String[]::new);
        String[] fewer = IntStream.rangeClosed(1, 32).mapToObj(i -> "r" + i).toArray(String[]::new);
        assertEquals(
                32,
                Lobby.listening(NOWHERE, OptionalInt.of(1_000), fewer).rooms().size());
        assertMalformed(NONE, names);
        assertMalformed(NONE);
        assertMalformed(OptionalInt.of(-1), "main");
        assertMalformed(OptionalInt.of(1_001), "main");
    }

    private static void assertMalformed(OptionalInt last, String... rooms) {
        Refused refused = assertThrows(Refused.class, () -> Lobby.listening(NOWHERE, last, rooms));
        assertEquals(Reason.MALFORMED, refused.reason());
    }
}
