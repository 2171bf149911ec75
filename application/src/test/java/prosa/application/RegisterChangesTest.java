package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Act;
import prosa.application.port.Command;
import prosa.application.port.Excerpt;
import prosa.application.port.Names;
import prosa.application.port.Network;
import prosa.application.port.Peer;
import prosa.application.port.Register.Kind;
import prosa.application.port.Secret;
import prosa.delivery.Await;
import prosa.delivery.CloseReason;
import prosa.delivery.FakeSubscriber;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** What another machine does, with which this one shares its register. */
class RegisterChangesTest {
    private static final Secret TOKEN = Secret.shown("token", "the token");
    private static final Secret SECRET = Secret.shown("claim", "prosa_claim_AAAAAAAAAAAAAAAAAAAAAA");
    private static final Secret OTHER = Secret.shown("claim", "prosa_claim_BBBBBBBBBBBBBBBBBBBBBB");
    private static final RoomName MAIN = RoomName.MAIN;
    private static final Name ANA = new Name("Ana");

    /** Some names are held elsewhere. */
    private static final class NamesElsewhere implements Names {
        private final LocalNames here = new LocalNames();
        private final Set<String> elsewhere = ConcurrentHashMap.newKeySet();

        @Override
        public CompletionStage<Hold> take(Wanted wanted) {
            return here.take(wanted);
        }

        @Override
        public boolean isTakenElsewhere(RoomName room, Name name) {
            return elsewhere.contains(name.key());
        }

        @Override
        public boolean isTakenElsewhere(Name name) {
            return elsewhere.contains(name.key());
        }
    }

    private final NamesElsewhere names = new NamesElsewhere();
    private final Lobby lobby = new Lobby(names, new ScriptedEngine(), new Access(Optional.of(TOKEN.hash()), Map.of()));
    private final ScriptedRegister register = lobby.engine.register();

    @AfterEach
    void close() {
        lobby.close();
    }

    private void kept(Kind kind, String key, String value) {
        register.changeElsewhere(kind, key, Optional.of(value));
        lobby.settle();
    }

    private void forgotten(Kind kind, String key) {
        register.changeElsewhere(kind, key, Optional.empty());
        lobby.settle();
    }

    private static String claim(Name name, Secret secret) {
        Network network = new Network(InetAddress.ofLiteral("192.0.2.9"));
        return new Claim(name, secret.hash(), Optional.of(network), Lobby.NOW, Lobby.NOW).fact();
    }

    private static String deed(String kind, String name, Instant at) {
        return String.join("\t", kind, "main", "Olga", name, "", Long.toString(at.toEpochMilli()));
    }

    private Reason refusal(CompletionStage<?> stage) {
        return Chat.reasonOf(Await.failure(stage));
    }

    private CompletionStage<?> post(String name) {
        return lobby.chat.post(Lobby.over("http"), MAIN, new Name(name), new Text("hi"), Optional.empty());
    }

    @Test
    void aNameThatIsClaimedElsewhereIsClaimedHere() {
        kept(Kind.CLAIM, "Ana", claim(ANA, SECRET));
        lobby.connect(Guest.joining("ANA", "main")).awaitLines("refused name-claimed", "ask");
        assertEquals(Reason.NAME_CLAIMED, refusal(post("Ana")));
        lobby.connect(Guest.joining("Ana", "main").showing(SECRET)).awaitWelcome();
        forgotten(Kind.CLAIM, "Ana");
        lobby.enter("ana", "den");
    }

    @Test
    void whoIsCalledSoAndHasNotShownTheSecretIsSentAway() {
        Guest ana = lobby.enter("ana");
        kept(Kind.CLAIM, "Ana", claim(ANA, SECRET));
        ana.awaitClose(CloseReason.UNAVAILABLE);
    }

    @Test
    void whoHasShownItStaysWhenItIsClaimedAnew() {
        kept(Kind.CLAIM, "Ana", claim(ANA, SECRET));
        Guest ana = lobby.connect(Guest.joining("Ana", "main").showing(SECRET));
        ana.awaitWelcome();
        ana.forget();
        forgotten(Kind.CLAIM, "Ana");
        ana.awaitLine("renamed main Ana Ana");
        kept(Kind.CLAIM, "Ana", claim(ANA, SECRET));
        ana.awaitLine("renamed main Ana Ana claimed");
    }

    @Test
    void whatIsHeldElsewhereCantBeClaimed() {
        Guest ana = lobby.enter("Ana");
        names.elsewhere.add(ANA.key());
        ana.hear(new Command.Claim(Optional.of("r")));
        ana.awaitLines("refused name-taken r");
    }

    @Test
    void ofTwoWhoClaimANameTheFasterHasIt() {
        Guest ana = lobby.enter("Ana");
        register.beforeTheNext(() -> register.changeElsewhere(Kind.CLAIM, "Ana", Optional.of(claim(ANA, SECRET))));
        ana.hear(new Command.Claim(Optional.of("r")));
        ana.awaitLine("refused name-claimed r");
        assertEquals(claim(ANA, SECRET), register.read(Kind.CLAIM).get("Ana"));
        lobby.connect(Guest.joining("Ana", "den").showing(SECRET)).awaitWelcome();
    }

    /** They are one by what makes names one, and two by what they are kept under. */
    @Test
    void ofTwoWhoWriteItOtherwiseTheFasterHasItToo() {
        Guest ana = lobby.enter("Ana");
        Name capitals = new Name("ANA");
        register.beforeTheNext(() -> register.changeElsewhere(Kind.CLAIM, "ANA", Optional.of(claim(capitals, SECRET))));
        ana.hear(new Command.Claim(Optional.of("r")));
        ana.awaitLine("refused name-claimed r");
        assertEquals(Map.of("ANA", claim(capitals, SECRET)), register.read(Kind.CLAIM));
        // And whoever comes behind the first is passed over.
        kept(Kind.CLAIM, "Ana", claim(ANA, OTHER));
        lobby.connect(Guest.joining("ana", "den").showing(OTHER)).awaitLines("refused name-claimed", "ask");
        forgotten(Kind.CLAIM, "Ana");
        lobby.connect(Guest.joining("ana", "den").showing(SECRET)).awaitWelcome();
    }

    /** Its use is kept a day later; what was done elsewhere meanwhile is not undone by that. */
    @Test
    void toUseANameDoesNotBringItBack() {
        kept(Kind.CLAIM, "Ana", claim(ANA, SECRET));
        lobby.clock.advance(Duration.ofDays(2));
        register.beforeTheNext(() -> register.changeElsewhere(Kind.CLAIM, "Ana", Optional.empty()));
        lobby.connect(Guest.joining("Ana", "main").showing(SECRET)).awaitWelcome();
        lobby.settle();
        assertEquals(Map.of(), register.read(Kind.CLAIM));
    }

    @Test
    void aClaimOfElsewhereIsCountedForItsNetwork() {
        for (int i = 0; i < ClaimBounds.NEW_A_DAY; i++) {
            Name name = new Name("n" + i);
            kept(Kind.CLAIM, name.value(), claim(name, SECRET));
        }
        Guest more = lobby.from("192.0.2.9", "more", "main");
        more.awaitWelcome();
        more.forget();
        more.hear(new Command.Claim(Optional.of("r")));
        more.awaitLine("refused too-fast r");
    }

    @Test
    void aRoomThatIsClosedElsewhereIsClosedHere() {
        FakeSubscriber listener = lobby.follow(Optional.empty(), OptionalInt.empty(), "main");
        Guest bob = lobby.enter("Bob");
        CompletableFuture<Excerpt> polling = lobby.chat
                .readOn(Lobby.over("http"), MAIN, Optional.empty(), 10, Duration.ofMinutes(1))
                .excerpt()
                .toCompletableFuture();
        lobby.settle();
        kept(Kind.CLOSING, "main", SECRET.hash().value());
        listener.awaitClose(CloseReason.EXPELLED);
        assertEquals(Reason.ROOM_CLOSED, refusal(polling));
        lobby.connect(Guest.joining("Eve", "main")).awaitLines("refused room-closed", "ask");
        assertTrue(bob.visitor != null);
        bob.say("still here", "r");
        bob.awaitLine("ack r @1");
        forgotten(Kind.CLOSING, "main");
        lobby.enter("Eve");
    }

    @Test
    void whoIsBannedElsewhereIsBannedHere() {
        String until = Long.toString(Lobby.NOW.plusSeconds(60).toEpochMilli());
        kept(Kind.BAN, "net 192.0.2.7", "@192.0.2.7\tOlga\t" + until);
        lobby.from("192.0.2.7", "Eve", "main").awaitLines("refused banned", "ask");
        Guest olga = lobby.operator("Olga", TOKEN);
        olga.act(new Act.Unban("@192.0.2.7"));
        olga.awaitLine("done Olga unban in main");
        kept(Kind.BAN, "net 192.0.2.7", "@192.0.2.7\tOlga\t" + until);
        forgotten(Kind.BAN, "net 192.0.2.7");
        lobby.from("192.0.2.7", "Eve", "main").awaitWelcome();
    }

    /** What has run out here was renewed there. */
    @Test
    void aBanThatIsRenewedElsewhereIsNotForgotten() {
        String once = "@192.0.2.7\tOlga\t" + Lobby.NOW.plusSeconds(60).toEpochMilli();
        String again = "@192.0.2.7\tOlga\t" + Lobby.NOW.plusSeconds(600).toEpochMilli();
        kept(Kind.BAN, "net 192.0.2.7", once);
        lobby.clock.advance(Duration.ofSeconds(61));
        register.beforeTheNext(() -> register.changeElsewhere(Kind.BAN, "net 192.0.2.7", Optional.of(again)));
        lobby.from("192.0.2.7", "Eve", "main").awaitWelcome();
        lobby.settle();
        assertEquals(again, register.read(Kind.BAN).get("net 192.0.2.7"));
        lobby.from("192.0.2.7", "Eva", "main").awaitLines("refused banned", "ask");
    }

    @Test
    void whoIsMutedElsewhereIsMutedHereUnderEachName() {
        Guest eve = lobby.enter("Eve");
        kept(Kind.MUTE, "main\t" + new Name("Eve").key(), Long.toString(Long.MAX_VALUE));
        kept(Kind.ACT, "%019d".formatted(1), deed("MUTE", "Eve", Lobby.NOW));
        eve.awaitLine("acted Olga mute Eve in main");
        eve.hear(new Command.Rename("Eva", Optional.empty()));
        eve.say("hello", "r");
        eve.awaitLine("refused muted r");
        forgotten(Kind.MUTE, "main\t" + new Name("Eve").key());
        eve.say("hello", "s");
        eve.awaitLine("ack s @1");
    }

    @Test
    void aRoomThatIsQuietElsewhereIsQuietHere() {
        Guest eve = lobby.enter("Eve");
        kept(Kind.QUIET, "main", "");
        eve.say("hello", "r");
        eve.awaitLine("refused muted r");
        forgotten(Kind.QUIET, "main");
        eve.say("hello", "s");
        eve.awaitLine("ack s @1");
    }

    @Test
    void thatSomebodyWasKickedElsewhereIsTold() {
        Guest eve = lobby.enter("Eve");
        kept(Kind.ACT, "%019d".formatted(1), deed("KICK", "eve", Lobby.NOW));
        eve.awaitLine("acted Olga kick eve in main");
        assertEquals(Optional.empty(), eve.farewell(), "she may have come here since");
    }

    /** It is read again after an outage. */
    @Test
    void whatWasDoneLongAgoIsListedAndNotTold() {
        Guest eve = lobby.enter("Eve");
        kept(Kind.ACT, "%019d".formatted(1), deed("KICK", "Eve", Lobby.NOW.minusSeconds(90)));
        Guest olga = lobby.operator("Olga", TOKEN);
        olga.act(new Act.Acts());
        olga.awaitLine("acts Olga kick Eve in main");
        assertFalse(eve.text().contains("kick"), eve.text());
    }

    @Test
    void ofTwoDeedsUnderOneNumberBothAreKept() {
        Guest olga = lobby.operator("Olga", TOKEN);
        String first = "%019d".formatted(1);
        register.beforeTheNext(
                () -> register.changeElsewhere(Kind.ACT, first, Optional.of(deed("UNQUIET", "", Lobby.NOW))));
        olga.act(new Act.Quiet());
        olga.awaitLine("done Olga quiet in main");
        Await.until(register, () -> register.read(Kind.ACT).size() == 2, () -> "two, but " + register.read(Kind.ACT));
        List<String> kinds = new ArrayList<>();
        register.read(Kind.ACT).values().forEach(value -> kinds.add(value.split("\t")[0]));
        assertEquals(List.of("UNQUIET", "QUIET"), kinds);
        lobby.settle();
        olga.act(new Act.Acts());
        olga.awaitLine("acts Olga unquiet in main, Olga quiet in main");
    }

    @Test
    void whatALaterProsaKeepsIsPassedOver() {
        kept(Kind.ACT, "%019d".formatted(1), deed("PIN", "Eve", Lobby.NOW));
        kept(Kind.BAN, "net 192.0.2.7", "otherwise");
        kept(Kind.CLAIM, "Ana", "otherwise");
        lobby.enter("Ana");
        Peer peer = new Peer(new Via("tcp"), InetAddress.ofLiteral("192.0.2.7"));
        lobby.connect(peer, Optional.of(Guest.joining("Eve", "main"))).awaitWelcome();
    }
}
