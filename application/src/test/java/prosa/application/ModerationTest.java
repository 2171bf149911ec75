package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.application.port.Act;
import prosa.application.port.Command;
import prosa.application.port.Credentials;
import prosa.application.port.Peer;
import prosa.application.port.Secret;
import prosa.delivery.CloseReason;
import prosa.domain.Fault;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** What operators do to keep order, and who they are. */
class ModerationTest {
    private static final Secret TOKEN = Secret.shown("token", "the token");
    private static final Access ACCESS = new Access(Optional.of(TOKEN.hash()), Map.of());
    private static final Optional<String> NO_TIME = Optional.empty();

    private Lobby lobby = new Lobby(new LocalNames(), new ScriptedEngine(), ACCESS);

    @AfterEach
    void close() {
        lobby.close();
    }

    private void restart() {
        lobby.close();
        ScriptedEngine engine = new ScriptedEngine(lobby.engine.register());
        lobby = new Lobby(new LocalNames(), engine, ACCESS);
    }

    private static Peer from(String address) {
        return new Peer(new Via("tcp"), InetAddress.ofLiteral(address));
    }

    private Guest enterFrom(String address, String name) {
        Guest guest = lobby.connect(from(address), Optional.of(Guest.joining(name, "main")));
        guest.awaitWelcome();
        guest.forget();
        return guest;
    }

    private Guest operator(String name) {
        return lobby.operator(name, TOKEN);
    }

    private Reason refusedPost(Peer peer, String name) {
        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> lobby.chat
                        .post(peer, RoomName.MAIN, new Name(name), new Text("hi"), Optional.empty())
                        .toCompletableFuture()
                        .join());
        return ((Refused) failure.getCause()).reason();
    }

    @Test
    void onlyWhoShowsTheTokenMay() {
        Guest eve = lobby.enter("Eve");
        lobby.enter("Ana");
        eve.act(new Act.Kick("Ana"));
        eve.awaitLine("refused not-operator a");
        eve.hear(new Command.Op(Secret.shown("token", "a guess"), Optional.of("o")));
        eve.awaitLine("refused not-operator o");
        eve.forget();
        eve.act(new Act.Acts());
        eve.awaitLine("refused not-operator a");
    }

    @Test
    void whoGuessesTooOftenIsToldSoAndWhoIsRightPasses() {
        Guest eve = lobby.enter("Eve");
        for (int i = 0; i < Guesses.MOST; i++) {
            eve.hear(new Command.Op(Secret.shown("token", "guess " + i), Optional.empty()));
        }
        lobby.settle();
        eve.forget();
        eve.hear(new Command.Op(Secret.shown("token", "one more"), Optional.empty()));
        eve.awaitLine("refused too-fast");
        eve.hear(new Command.Op(TOKEN, Optional.empty()));
        eve.awaitLine("operator");
    }

    @Test
    void whereThereIsNoTokenThereAreNoOperators() {
        try (Lobby without = new Lobby()) {
            Guest eve = without.enter("Eve");
            eve.hear(new Command.Op(TOKEN, Optional.empty()));
            eve.awaitLine("refused not-operator");
        }
    }

    @Test
    void whoIsKickedIsToldByWhomAndMayComeBack() {
        Guest eve = lobby.enter("Eve");
        Guest ana = operator("Ana");
        lobby.settle();
        eve.forget();
        ana.act(new Act.Kick("eve"));
        ana.awaitLine("acted Ana kick Eve in main");
        ana.awaitLine("done Ana kick Eve in main");
        ana.awaitLine("left main Eve ws");
        eve.awaitClose(CloseReason.EXPELLED);
        assertEquals("acted Ana kick Eve in main", eve.lines().getLast());
        lobby.enter("Eve");
        ana.act(new Act.Kick("Nobody"));
        ana.awaitLine("refused not-here a");
    }

    @Test
    void whoIsMutedSaysNothingUnderAnyName() {
        Guest eve = lobby.enter("Eve");
        Guest ana = operator("Ana");
        ana.act(new Act.Mute("Eve", Optional.of("10m")));
        eve.awaitLine("acted Ana mute Eve until 2026-03-04T05:16:07Z in main");
        eve.say("hi", "s");
        eve.awaitLine("refused muted s");
        eve.hear(new Command.Whisper("Ana", "psst", Optional.of("w")));
        eve.awaitLine("refused muted w");
        eve.hear(new Command.Rename("Eva", Optional.empty()));
        eve.awaitLine("you are Eva, were Eve");
        eve.say("hi", "t");
        eve.awaitLine("refused muted t");
        assertEquals(Reason.MUTED, refusedPost(Lobby.over("http"), "Eve"), "it stays with the name");
        lobby.enter("Bia").say("hello", "b");
        ana.awaitLine("said @1 main Bia: hello");
        lobby.clock.advance(Duration.ofMinutes(10));
        eve.say("again", "u");
        ana.awaitLine("said @2 main Eva: again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Eve", "Eva"})
    void whoIsMutedIsLetSpeakAgainByEitherName(String name) {
        Guest eve = lobby.enter("Eve");
        Guest ana = operator("Ana");
        ana.act(new Act.Mute("Eve", NO_TIME));
        eve.awaitLine("acted Ana mute Eve in main");
        eve.hear(new Command.Rename("Eva", Optional.empty()));
        lobby.settle();
        ana.act(new Act.Unmute(name));
        eve.awaitLine("acted Ana unmute " + name + " in main");
        eve.say("hi", "s");
        ana.awaitLine("said @1 main Eva: hi");
    }

    @Test
    void inAQuietRoomOnlyOperatorsSpeak() {
        Guest eve = lobby.enter("Eve");
        Guest ana = operator("Ana");
        ana.act(new Act.Quiet());
        eve.awaitLine("acted Ana quiet in main");
        eve.say("hi", "s");
        eve.awaitLine("refused muted s");
        eve.hear(new Command.Whisper("Ana", "a question", Optional.empty()));
        ana.awaitLine("whisper Eve to Ana: a question");
        ana.say("listen", "t");
        eve.awaitLine("said @1 main Ana: listen");
        assertEquals(Reason.MUTED, refusedPost(Lobby.over("http"), "Bia"));
        restart();
        assertEquals(Reason.MUTED, refusedPost(Lobby.over("http"), "Bia"), "after a restart as well");
        operator("Ana").act(new Act.Unquiet());
        lobby.settle();
        lobby.enter("Eve").say("hi", "u");
        lobby.settle();
        assertEquals(1, lobby.engine.head());
    }

    @Test
    void whoIsBannedNeitherComesNorSpeaksFromThatAddress() {
        Guest eve = enterFrom("192.0.2.1", "Eve");
        Guest pupil = enterFrom("192.0.2.1", "Pupil");
        Guest ana = operator("Ana");
        lobby.settle();
        eve.forget();
        ana.act(new Act.Ban("Eve", NO_TIME));
        eve.awaitClose(CloseReason.EXPELLED);
        assertEquals(
                "acted Ana ban Eve until 2026-03-04T06:06:07Z in main",
                eve.lines().getLast());
        pupil.say("hi", "s");
        pupil.awaitLine("refused banned s");
        Guest again = lobby.connect(from("192.0.2.1"), Optional.of(Guest.joining("Eva", "main")));
        again.awaitLine("refused banned");
        assertEquals(Reason.BANNED, refusedPost(from("192.0.2.1"), "Eve"));
        enterFrom("192.0.2.2", "Bia");
        ana.forget();
        ana.act(new Act.Bans());
        ana.awaitLine("bans @192.0.2.1 by Ana until 2026-03-04T06:06:07Z");
        restart();
        assertEquals(Reason.BANNED, refusedPost(from("192.0.2.1"), "Eve"), "after a restart as well");
        lobby.clock.advance(Duration.ofHours(1));
        enterFrom("192.0.2.1", "Eve");
    }

    @Test
    void anAddressIsBannedUnseenAndLetInAgain() {
        Guest ana = operator("Ana");
        ana.act(new Act.Ban("@2001:db8::7", Optional.of("7d")));
        ana.awaitLine("acted Ana ban until 2026-03-11T05:06:07Z in main");
        assertEquals(Reason.BANNED, refusedPost(from("2001:db8::8"), "Eve"), "of the same household");
        ana.act(new Act.Unban("@2001:db8::9"));
        ana.awaitLine("acted Ana unban in main");
        enterFrom("2001:db8::8", "Eve");
        ana.act(new Act.Unban("@2001:db8::9"));
        ana.awaitLine("refused not-here a");
        ana.act(new Act.Ban("@example.org", NO_TIME));
        ana.awaitLine("refused malformed a");
    }

    @Test
    void aClaimedNameIsBannedItselfAndMadeNobodysAgain() {
        Guest eve = enterFrom("192.0.2.1", "Eve");
        eve.hear(new Command.Claim(Optional.empty()));
        lobby.settle();
        Guest ana = operator("Ana");
        ana.act(new Act.Ban("Eve", NO_TIME));
        ana.awaitLine("acted Ana ban Eve until 2026-03-04T06:06:07Z in main");
        enterFrom("192.0.2.1", "Bia");
        ana.forget();
        ana.act(new Act.Bans());
        ana.awaitLine("bans Eve by Ana until 2026-03-04T06:06:07Z");
        ana.act(new Act.Unban("Eve"));
        ana.awaitLine("acted Ana unban Eve in main");
        lobby.connect(from("192.0.2.2"), Optional.of(Guest.joining("Eve", "main")))
                .awaitLine("refused name-claimed");
        ana.act(new Act.Release("Eve"));
        ana.awaitLine("acted Ana release Eve in main");
        enterFrom("192.0.2.2", "Eve");
        ana.act(new Act.Release("Eva"));
        ana.awaitLine("refused not-here a");
    }

    @Test
    void anOperatorIsNotLockedOut() {
        Guest ana = operator("Ana");
        ana.act(new Act.Ban("@127.0.0.1", NO_TIME));
        ana.awaitLine("acted Ana ban until 2026-03-04T06:06:07Z in main");
        ana.say("still here", "s");
        ana.awaitLine("ack s @1");
        Peer shown = new Peer(
                new Via("ws"),
                InetAddress.getLoopbackAddress(),
                new Credentials(Map.of(), Optional.empty(), Optional.of(TOKEN)));
        Guest bia = lobby.connect(shown, Optional.of(Guest.joining("Bia", "main")));
        bia.awaitWelcome();
    }

    @Test
    void whatOperatorsDidIsKept() {
        Guest ana = operator("Ana");
        ana.act(new Act.Quiet());
        ana.act(new Act.Mute("Eve", NO_TIME));
        ana.awaitLine("done Ana mute Eve in main");
        ana.hear(new Command.Perform(new Act.Quiet(), Optional.of("den"), Optional.empty()));
        ana.awaitLine("done Ana quiet in den");
        restart();
        Guest bia = operator("Bia");
        bia.act(new Act.Acts());
        bia.awaitLine("acts Ana quiet in main, Ana mute Eve in main, Ana quiet in den");
    }

    @Test
    void whatCantBeKeptIsNotDone() {
        Guest eve = lobby.enter("Eve");
        Guest ana = operator("Ana");
        lobby.engine.register().setFull(true);
        ana.act(new Act.Mute("Eve", NO_TIME));
        ana.awaitLine("refused unavailable a");
        eve.say("hi", "s");
        ana.awaitLine("said @1 main Eve: hi");
    }

    @Test
    void overHttpTheTokenComesWithEachAct() {
        Guest eve = lobby.enter("Eve");
        Peer shown = new Peer(
                new Via("http"),
                InetAddress.getLoopbackAddress(),
                new Credentials(Map.of(), Optional.empty(), Optional.of(TOKEN)));
        lobby.chat
                .act(shown, RoomName.MAIN, new Name("Ana"), new Act.Kick("Eve"))
                .toCompletableFuture()
                .join();
        eve.awaitClose(CloseReason.EXPELLED);
        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> lobby.chat
                        .act(Lobby.over("http"), RoomName.MAIN, new Name("Ana"), new Act.Acts())
                        .toCompletableFuture()
                        .join());
        assertEquals(Reason.NOT_OPERATOR, ((Refused) failure.getCause()).reason());
    }

    @Test
    void whatSomebodySaidLastIsTakenAwayAndKeptAsADeed() {
        Guest eve = lobby.enter("Eve");
        Guest ana = operator("Ana");
        for (int i = 1; i <= 3; i++) {
            eve.say("n" + i, "s" + i);
        }
        ana.awaitLine("said @3 main Eve: n3");
        ana.act(new Act.RemoveLast("eve", Optional.of("2")));
        ana.awaitLine("done Ana remove Eve in main");
        ana.act(new Act.RemoveLast("eve", Optional.empty()));
        ana.act(new Act.Clear());
        ana.awaitLine("done Ana clear in main");
        for (Act wrong : List.of(
                new Act.Remove("here"),
                new Act.RemoveLast("Eve", Optional.of("0")),
                new Act.RemoveLast("Eve", Optional.of("-1")))) {
            ana.forget();
            ana.act(wrong);
            ana.awaitLine("refused malformed a");
        }
        ana.act(new Act.Acts());
        ana.awaitLine("acts Ana remove Eve in main, Ana remove Eve in main, Ana clear in main");
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        Guest ana = operator("Ana");
        ana.act(new Act.Mute("Eve", Optional.of("soon")));
        ana.awaitLine("refused malformed a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "@nowhere", "@1", "@0x7f000001", "@fe80::1%1", "@192.0.2.1/24"})
    void whatIsNoAddressIsRefused(String whom) {
        Refused refused = assertThrows(Refused.class, () -> Bans.address(whom));
        assertEquals(Optional.of(new Fault.NotAddress("address")), refused.fault());
    }
}
