package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Act;
import prosa.application.port.Command;
import prosa.application.port.Credentials;
import prosa.application.port.Peer;
import prosa.application.port.Secret;
import prosa.application.port.Ticket;
import prosa.delivery.Await;
import prosa.delivery.CloseReason;
import prosa.delivery.FakeSubscriber;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** What stands for secrets in an address. */
class TicketsTest {
    private static final RoomName DEN = new RoomName("den");
    private static final Secret KEY = Secret.shown("key", "the key");
    private static final Secret TOKEN = Secret.shown("token", "the token");
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Lobby lobby = new Lobby(
            new LocalNames(), new ScriptedEngine(), new Access(Optional.of(TOKEN.hash()), Map.of(DEN, KEY.hash())));

    @AfterEach
    void close() {
        lobby.close();
    }

    private static Peer showing(Map<RoomName, Secret> keys, Optional<Secret> claim) {
        return new Peer(
                new Via("http"), InetAddress.getLoopbackAddress(), new Credentials(keys, claim, Optional.empty()));
    }

    private static Peer with(Secret ticket) {
        return new Peer(
                new Via("http"),
                InetAddress.getLoopbackAddress(),
                new Credentials(Map.of(), Optional.empty(), Optional.empty(), Optional.of(ticket)));
    }

    /** Who reads or posts with a ticket by a request of their own. */
    private Peer redeemed(Secret ticket) {
        return lobby.chat.redeem(with(ticket));
    }

    private static Reason refusalOf(CompletionStage<?> answer) {
        CompletionException failure = assertThrows(
                CompletionException.class, () -> answer.toCompletableFuture().join());
        return ((Refused) failure.getCause()).reason();
    }

    private Ticket issue(Peer peer, String... name) {
        return lobby.chat
                .issueTicket(peer, List.of(name).stream().findFirst().map(Name::new))
                .toCompletableFuture()
                .join();
    }

    private Secret ticketToTheDen() {
        return issue(showing(Map.of(DEN, KEY), Optional.empty())).secret();
    }

    private boolean reads(Secret ticket, RoomName room) {
        CompletionStage<?> answer =
                lobby.chat.readBack(redeemed(ticket), room, Optional.empty(), 5).excerpt();
        try {
            answer.toCompletableFuture().join();
            return true;
        } catch (CompletionException e) {
            assertEquals(Reason.ROOM_CLOSED, ((Refused) e.getCause()).reason());
            return false;
        }
    }

    private FakeSubscriber listen(Secret ticket) {
        FakeSubscriber listener = new FakeSubscriber();
        var listening = Lobby.listening(Optional.empty(), OptionalInt.empty(), "den");
        lobby.chat.follow(with(ticket), lobby.chat.admit(with(ticket), listening), PlainCodec.PLAIN, listener);
        listener.awaitLine("opening @0");
        return listener;
    }

    private Secret claim(String name) {
        Guest guest = lobby.enter(name);
        guest.hear(new Command.Claim(Optional.empty()));
        Await.until(guest, () -> guest.text().contains("claimed "), () -> "a secret, but " + guest.lines());
        String told = guest.lines().getLast();
        return Secret.shown("claim", told.substring(told.indexOf(" by ") + " by ".length()));
    }

    @Test
    void itStandsForTheKeysThatWereShown() {
        Ticket ticket = issue(showing(Map.of(DEN, KEY), Optional.empty()));
        assertTrue(ticket.secret().reveal().matches("prosa_ticket_[A-Za-z0-9_-]{22}"));
        assertEquals(Lobby.NOW.plus(Tickets.IDLE), ticket.expires());
        assertTrue(reads(ticket.secret(), DEN));
        listen(ticket.secret());
        lobby.chat
                .readOn(redeemed(ticket.secret()), DEN, Optional.empty(), 5, Duration.ZERO)
                .excerpt()
                .toCompletableFuture()
                .join();
        lobby.chat
                .post(redeemed(ticket.secret()), DEN, new Name("Ana"), new Text("hi"), Optional.empty())
                .toCompletableFuture()
                .join();
        Guest guest = lobby.connect(with(ticket.secret()), Optional.of(Guest.joining("Bia", "den")));
        guest.awaitWelcome();
    }

    @Test
    void elsewhereItIsWorthNothing() {
        Guest ana = lobby.operator("Ana", TOKEN);
        ana.act(new Act.Close());
        ana.awaitLine("acted Ana close in main");
        Secret ticket = ticketToTheDen();
        assertTrue(!reads(ticket, RoomName.MAIN));
        assertTrue(!reads(Secret.shown("ticket", "prosa_ticket_AAAAAAAAAAAAAAAAAAAAAA"), DEN));
    }

    @Test
    void whoShowsWhatIsWrongGetsNone() {
        Secret wrong = Secret.shown("key", "a guess");
        assertEquals(
                Reason.ROOM_CLOSED,
                refusalOf(lobby.chat.issueTicket(showing(Map.of(DEN, wrong), Optional.empty()), Optional.empty())));
        claim("Ana");
        assertEquals(
                Reason.NAME_CLAIMED,
                refusalOf(lobby.chat.issueTicket(showing(Map.of(), Optional.of(wrong)), Optional.of(new Name("Ana")))));
    }

    @Test
    void itHoldsForTwoMinutesIfNobodyComes() {
        Secret ticket = ticketToTheDen();
        lobby.clock.advance(Tickets.IDLE.minus(MOMENT));
        assertTrue(reads(ticket, DEN), "who reads by a request of their own does not prolong it");
        lobby.clock.advance(MOMENT);
        assertTrue(!reads(ticket, DEN));
    }

    @Test
    void itHoldsWhileItsConnectionLivesAndTwoMinutesAfterEachEnd() {
        Secret ticket = ticketToTheDen();
        for (int i = 0; i < 3; i++) {
            FakeSubscriber listener = listen(ticket);
            lobby.clock.advance(Duration.ofHours(1));
            assertTrue(reads(ticket, DEN));
            leave(listener, ticket);
            lobby.clock.advance(Tickets.IDLE.minus(MOMENT));
            assertTrue(reads(ticket, DEN));
        }
        lobby.clock.advance(MOMENT);
        assertTrue(!reads(ticket, DEN));
    }

    /** Another comes with the same ticket and goes at once, so that nobody is here with it. */
    private void leave(FakeSubscriber listener, Secret ticket) {
        FakeSubscriber next = new FakeSubscriber();
        var listening = Lobby.listening(Optional.empty(), OptionalInt.empty(), "den");
        var open = lobby.chat.follow(with(ticket), listening, PlainCodec.PLAIN, next);
        listener.awaitClose(CloseReason.REPLACED);
        open.gone();
        lobby.settle();
    }

    @Test
    void twelveHoursAreTheMost() {
        Secret ticket = ticketToTheDen();
        FakeSubscriber listener = listen(ticket);
        lobby.clock.advance(Tickets.LONGEST.minus(MOMENT));
        assertTrue(reads(ticket, DEN));
        lobby.clock.advance(MOMENT);
        assertTrue(!reads(ticket, DEN));
        lobby.settle();
        assertEquals(Optional.empty(), listener.farewell(), "who is here stays");
    }

    @Test
    void whoComesLaterReplacesWhoCameBefore() {
        Secret ticket = ticketToTheDen();
        FakeSubscriber first = listen(ticket);
        Guest second = lobby.connect(with(ticket), Optional.of(Guest.joining("Bia", "den")));
        first.awaitClose(CloseReason.REPLACED);
        second.awaitWelcome();
        listen(ticket);
        second.awaitClose(CloseReason.REPLACED);
    }

    @Test
    void closedAnewARoomIsNotTheTicketsAnyMoreAndNobodyHasGuessed() {
        Guest ana = lobby.operator("Ana", TOKEN);
        ana.act(new Act.Close());
        ana.awaitLine("acted Ana close in main");
        lobby.settle();
        lobby.settle();
        String key = ana.lines().stream()
                .filter(line -> line.startsWith("closed main key="))
                .findFirst()
                .orElseThrow()
                .substring("closed main key=".length());
        Secret ticket = issue(showing(Map.of(DEN, KEY, RoomName.MAIN, Secret.shown("key", key)), Optional.empty()))
                .secret();
        assertTrue(reads(ticket, RoomName.MAIN));
        ana.forget();
        ana.act(new Act.Close());
        ana.awaitLine("acted Ana close in main");
        lobby.settle();
        for (int i = 0; i <= Guesses.MOST; i++) {
            assertTrue(!reads(ticket, RoomName.MAIN));
        }
        assertTrue(reads(ticket, DEN));
    }

    @Test
    void itStandsForTheNameUntilThatIsGivenUp() {
        Secret secret = claim("Ana");
        Secret ticket = issue(showing(Map.of(), Optional.of(secret)), "Ana").secret();
        Guest ana = lobby.connect(with(ticket), Optional.of(Guest.joining("Ana", "main")));
        ana.awaitWelcome();
        assertEquals(
                Reason.NAME_CLAIMED,
                refusalOf(lobby.chat.post(
                        Lobby.over("http"), RoomName.MAIN, new Name("Ana"), new Text("hi"), Optional.empty())));
        post(ticket);
        ana.hear(new Command.Release(Optional.of("r")));
        ana.awaitLine("released Ana");
        claimByBob();
        assertEquals(
                Reason.NAME_CLAIMED,
                refusalOf(lobby.chat.post(
                        redeemed(ticket), RoomName.MAIN, new Name("Ana"), new Text("hi"), Optional.empty())));
    }

    private void post(Secret ticket) {
        lobby.chat
                .post(redeemed(ticket), RoomName.MAIN, new Name("Ana"), new Text("hi"), Optional.empty())
                .toCompletableFuture()
                .join();
    }

    private void claimByBob() {
        lobby.operator("Zoe", TOKEN).act(new Act.Kick("Ana"));
        lobby.settle();
        claim("Ana");
    }

    @Test
    void aNetworkHasABoundedNumberOfThem() {
        for (int i = 0; i < Tickets.MOST_OF_NETWORK; i++) {
            ticketToTheDen();
        }
        Peer peer = showing(Map.of(DEN, KEY), Optional.empty());
        assertEquals(Reason.TOO_FAST, refusalOf(lobby.chat.issueTicket(peer, Optional.empty())));
        lobby.clock.advance(Tickets.IDLE);
        lobby.run(lobby.chat::inspect);
        ticketToTheDen();
    }
}
