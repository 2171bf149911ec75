package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Act;
import prosa.application.port.Command;
import prosa.application.port.Credentials;
import prosa.application.port.Peer;
import prosa.application.port.Secret;
import prosa.delivery.CloseReason;
import prosa.delivery.FakeSubscriber;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** Rooms that open to a key alone. */
class ClosedRoomsTest {
    private static final RoomName DEN = new RoomName("den");
    private static final Secret KEY = Secret.shown("key", "the key");
    private static final Secret TOKEN = Secret.shown("token", "the token");
    private static final Access ACCESS = new Access(Optional.of(TOKEN.hash()), Map.of(DEN, KEY.hash()));

    private Lobby lobby = new Lobby(new LocalNames(), new ScriptedEngine(), ACCESS);

    @AfterEach
    void close() {
        lobby.close();
    }

    private static Command.Join joining(String name, String room, Optional<Secret> key) {
        return new Command.Join(
                Optional.of(name),
                Optional.of(room),
                Optional.empty(),
                Optional.empty(),
                key,
                Optional.empty(),
                Optional.empty());
    }

    private static Peer showing(Secret key) {
        return new Peer(
                new Via("http"),
                InetAddress.getLoopbackAddress(),
                new Credentials(Map.of(DEN, key), Optional.empty(), Optional.empty()));
    }

    private static Reason refusalOf(CompletionStage<?> answer) {
        CompletionException failure = assertThrows(
                CompletionException.class, () -> answer.toCompletableFuture().join());
        return ((Refused) failure.getCause()).reason();
    }

    private Guest inTheDen(String name) {
        Guest guest = lobby.connect(joining(name, "den", Optional.of(KEY)));
        guest.awaitWelcome();
        guest.forget();
        return guest;
    }

    @Test
    void whoShowsTheKeyComesIn() {
        Guest ana = inTheDen("Ana");
        Guest eve = lobby.connect(Guest.joining("Eve", "den"));
        eve.awaitLine("refused room-closed");
        eve.hear(joining("Eve", "den", Optional.of(Secret.shown("key", "a guess"))));
        eve.awaitLine("refused room-closed");
        eve.hear(joining("Eve", "main", Optional.empty()));
        eve.awaitWelcome();
        ana.say("here", "s");
        ana.awaitLine("ack s @1");
        assertEquals(
                List.of(),
                eve.lines().stream().filter(line -> line.contains("den")).toList());
    }

    @Test
    void whoHasShownItOnceComesBackWithoutAndATokenIsNoKey() {
        Guest ana = inTheDen("Ana");
        ana.hear(joining("Ana", "main", Optional.empty()));
        ana.awaitWelcome();
        ana.forget();
        ana.hear(joining("Ana", "den", Optional.empty()));
        ana.awaitWelcome();
        String token = ana.token();
        lobby.connect(Guest.returning(token)).awaitLine("refused room-closed");
    }

    @Test
    void atTheDoorNobodyLooksIn() {
        inTheDen("Ana");
        Guest eve = lobby.connect(new Command.Join(
                Optional.empty(), Optional.of("den"), Optional.empty(), Optional.empty(), Optional.empty()));
        eve.hear(new Command.Who(Optional.of("w")));
        eve.awaitLine("refused room-closed w");
        eve.forget();
        eve.hear(new Command.Last(5));
        eve.awaitLine("refused room-closed");
    }

    @Test
    void whoReadsOrPostsOverHttpShowsItEachTime() {
        lobby.engine.say("den", "Ana", "a secret");
        Peer without = Lobby.over("http");
        Peer wrong = showing(Secret.shown("key", "a guess"));
        for (Peer peer : List.of(without, wrong)) {
            assertEquals(
                    Reason.ROOM_CLOSED,
                    refusalOf(
                            lobby.chat.readBack(peer, DEN, Optional.empty(), 5).excerpt()));
            assertEquals(
                    Reason.ROOM_CLOSED,
                    refusalOf(lobby.chat
                            .readOn(peer, DEN, Optional.empty(), 5, Duration.ofSeconds(1))
                            .excerpt()));
            assertEquals(
                    Reason.ROOM_CLOSED,
                    refusalOf(lobby.chat.post(peer, DEN, new Name("Bia"), new Text("hi"), Optional.empty())));
            assertThrows(
                    Refused.class,
                    () -> lobby.chat.admit(
                            peer, Lobby.listening(Optional.empty(), OptionalInt.empty(), "main", "den")));
        }
        assertEquals(
                1,
                lobby.chat
                        .readBack(showing(KEY), DEN, Optional.empty(), 5)
                        .excerpt()
                        .toCompletableFuture()
                        .join()
                        .count());
        lobby.chat
                .post(showing(KEY), DEN, new Name("Bia"), new Text("hi"), Optional.empty())
                .toCompletableFuture()
                .join();
        lobby.chat.admit(showing(KEY), Lobby.listening(Optional.empty(), OptionalInt.empty(), "main", "den"));
    }

    @Test
    void noListShowsIt() {
        inTheDen("Ana");
        lobby.enter("Bia");
        lobby.engine.say("den", "Ana", "a secret");
        assertEquals(
                Set.of(RoomName.MAIN),
                lobby.chat
                        .rooms(Lobby.over("http"))
                        .toCompletableFuture()
                        .join()
                        .keySet());
    }

    @Test
    void anOperatorClosesARoomAndShowsItsKeyOnce() {
        Guest bia = lobby.enter("Bia");
        Guest ana = operator("Ana");
        FakeSubscriber listener = lobby.follow(Optional.empty(), OptionalInt.empty(), "main");
        CompletionStage<?> waiting = lobby.chat
                .readOn(Lobby.over("http"), RoomName.MAIN, Optional.empty(), 5, Duration.ofMinutes(1))
                .excerpt();
        listener.awaitLine("opening @0");
        ana.act(new Act.Close());
        bia.awaitLine("acted Ana close in main");
        listener.awaitClose(CloseReason.EXPELLED);
        assertEquals(Reason.ROOM_CLOSED, refusalOf(waiting));
        String key = keyTold(ana);
        bia.say("I stay", "s");
        ana.awaitLine("said @1 main Bia: I stay");
        lobby.connect(Guest.joining("Eve", "main")).awaitLine("refused room-closed");
        restart();
        lobby.connect(Guest.joining("Eve", "main")).awaitLine("refused room-closed");
        Guest eve = lobby.connect(joining("Eve", "main", Optional.of(Secret.shown("key", key))));
        eve.awaitWelcome();
        eve.hear(new Command.Op(TOKEN, Optional.empty()));
        eve.act(new Act.Open());
        eve.awaitLine("acted Eve open in main");
        lobby.enter("Bia");
    }

    @Test
    void closedAnewItHasAnotherKey() {
        Guest ana = operator("Ana");
        ana.act(new Act.Close());
        String first = keyTold(ana);
        ana.forget();
        ana.act(new Act.Close());
        String second = keyTold(ana);
        lobby.connect(joining("Bia", "main", Optional.of(Secret.shown("key", first))))
                .awaitLine("refused room-closed");
        lobby.connect(joining("Bia", "main", Optional.of(Secret.shown("key", second))))
                .awaitWelcome();
    }

    @Test
    void theFilesKeyIsNotAnOperatorsToChange() {
        Guest ana = operator("Ana");
        ana.hear(new Command.Perform(new Act.Open(), Optional.of("den"), Optional.of("o")));
        ana.awaitLine("refused malformed o");
        ana.hear(new Command.Perform(new Act.Close(), Optional.of("den"), Optional.of("c")));
        ana.awaitLine("refused malformed c");
        inTheDen("Bia");
    }

    private Guest operator(String name) {
        return lobby.operator(name, TOKEN);
    }

    private String keyTold(Guest operator) {
        operator.awaitLine("acted Ana close in main");
        lobby.settle();
        lobby.settle();
        return operator.lines().stream()
                .filter(line -> line.startsWith("closed main key="))
                .findFirst()
                .orElseThrow()
                .substring("closed main key=".length());
    }

    private void restart() {
        lobby.close();
        lobby = new Lobby(new LocalNames(), new ScriptedEngine(lobby.engine.register()), ACCESS);
    }
}
