package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Command;
import prosa.application.port.Limits;
import prosa.application.port.Peer;
import prosa.application.port.Proxies;
import prosa.application.port.Rate;
import prosa.application.port.Subnet;
import prosa.delivery.Await;
import prosa.delivery.CloseReason;
import prosa.delivery.FakeSubscriber;
import prosa.domain.Fault;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** How much people and addresses may do. */
class LimitsTest {
    private static final Proxies PROXY =
            new Proxies(List.of(Subnet.parse("10.0.0.1").orElseThrow()));
    private static final Limits USUAL = Limits.usual(1L << 30, PROXY);
    private static final String ADDRESS = "192.0.2.1";

    private Lobby lobby = new Lobby(USUAL);

    private void limit(Limits limits) {
        lobby.close();
        lobby = new Lobby(limits);
    }

    @AfterEach
    void close() {
        lobby.close();
    }

    private Guest enter(String address, String name, String room) {
        Guest guest = lobby.from(address, name, room);
        guest.awaitWelcome();
        return guest;
    }

    private static void awaitBeginning(Guest guest, String beginning) {
        Await.until(
                guest,
                () -> guest.lines().stream().anyMatch(line -> line.startsWith(beginning)),
                () -> beginning + ", but " + guest.lines());
    }

    private Optional<Refused> post(String address, String room, String text) {
        Peer peer = new Peer(new Via("http"), InetAddress.ofLiteral(address));
        try {
            lobby.chat
                    .post(peer, new RoomName(room), new Name("Poster"), new Text(text), Optional.empty())
                    .toCompletableFuture()
                    .join();
            return Optional.empty();
        } catch (CompletionException e) {
            return Chat.refusalOf(e);
        }
    }

    private static Duration retryAfter(Refused refused) {
        assertEquals(Reason.TOO_FAST, refused.reason());
        return ((Fault.TooSoon) refused.fault().orElseThrow()).retryAfter();
    }

    @Test
    void aPersonSaysTwentyAtOnceAndFiveASecond() {
        Guest ana = enter(ADDRESS, "Ana", "main");
        Guest bia = enter(ADDRESS, "Bia", "main");
        for (int i = 1; i <= 25; i++) {
            ana.say("n" + i, "r" + i);
        }
        ana.awaitLine("refused too-fast r25");
        assertEquals(
                5,
                ana.lines().stream()
                        .filter(line -> line.startsWith("refused too-fast"))
                        .count());
        bia.say("me too", "b");
        bia.awaitLine("ack b @21");
        lobby.clock.advance(Duration.ofSeconds(1));
        for (int i = 1; i <= 6; i++) {
            ana.say("again", "s" + i);
        }
        ana.awaitLine("refused too-fast s6");
        ana.awaitLine("ack s5 @26");
        assertEquals(Optional.empty(), ana.farewell());
    }

    @Test
    void whatIsSaidToOneCountsAsWell() {
        Guest ana = enter(ADDRESS, "Ana", "main");
        enter(ADDRESS, "Bia", "main");
        for (int i = 1; i <= 21; i++) {
            ana.hear(new Command.Whisper("Bia", "psst", Optional.of("w" + i)));
        }
        ana.awaitLine("refused too-fast w21");
    }

    @Test
    void longTextsCountByTheirBytes() {
        Guest ana = enter(ADDRESS, "Ana", "main");
        String long16k = "\uD83D\uDC4B".repeat(4_000);
        for (int i = 1; i <= 17; i++) {
            ana.say(long16k, "r" + i);
        }
        ana.awaitLine("refused too-fast r17");
        assertTrue(ana.lines().stream().noneMatch(line -> line.startsWith("refused too-fast r16")));
    }

    @Test
    void aLoopEndsTheConnectionAfterAll() {
        Guest ana = enter(ADDRESS, "Ana", "main");
        // 1,000 at once and 100 a second are forgiven, by a clock that nobody sets.
        for (int i = 1; i <= 50_000 && ana.farewell().isEmpty(); i++) {
            ana.say("n", "r" + i);
        }
        ana.awaitClose(CloseReason.TOO_FAST);
    }

    @Test
    void aClassBehindOneAddressNoticesNothing() {
        List<Guest> pupils = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lobby.chat.arrivals().comeToTalk(InetAddress.ofLiteral(ADDRESS));
            pupils.add(enter(ADDRESS, "Pupil " + i, "main"));
        }
        for (Guest pupil : pupils) {
            for (int i = 1; i <= 20; i++) {
                pupil.say("n" + i, "r" + i);
            }
        }
        for (Guest pupil : pupils) {
            awaitBeginning(pupil, "ack r20 ");
            assertTrue(pupil.lines().stream().noneMatch(line -> line.startsWith("refused")));
        }
        for (int second = 1; second <= 3; second++) {
            lobby.clock.advance(Duration.ofSeconds(1));
            int now = second;
            for (Guest pupil : pupils) {
                IntStream.range(0, 5).forEach(i -> pupil.say("more", "s" + now + i));
            }
        }
        awaitBeginning(pupils.getLast(), "ack s34 ");
        pupils.forEach(pupil -> assertTrue(pupil.lines().stream().noneMatch(line -> line.startsWith("refused"))));
    }

    @Test
    void whatIsPostedCountsByItsAddressAlone() {
        limit(USUAL.withAddress(Rate.perSecond(2, 3), Rate.UNLIMITED));
        enter("192.0.2.9", "Zoe", "main");
        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), post(ADDRESS, "main", "n"));
        }
        assertEquals(
                Duration.ofMillis(500), retryAfter(post(ADDRESS, "main", "n").orElseThrow()));
        assertEquals(Optional.empty(), post("192.0.2.2", "main", "n"));
        lobby.clock.advance(Duration.ofMillis(500));
        assertEquals(Optional.empty(), post(ADDRESS, "main", "n"));
    }

    @Test
    void ofIpv6ALinkIsOneAddress() {
        limit(USUAL.withAddress(Rate.perSecond(1, 1), Rate.UNLIMITED));
        enter(ADDRESS, "Zoe", "main");
        assertEquals(Optional.empty(), post("2001:db8::1", "main", "n"));
        assertEquals(
                Reason.TOO_FAST,
                post("2001:db8::ffff:1", "main", "n").orElseThrow().reason());
        assertEquals(Optional.empty(), post("2001:db8:0:1::1", "main", "n"));
    }

    @Test
    void aTrustedProxysOwnAddressHasNone() {
        limit(USUAL.withAddress(Rate.perSecond(1, 1), Rate.UNLIMITED).withAddressRooms(Rate.perHour(1, 1)));
        for (int i = 0; i < 10; i++) {
            assertEquals(Optional.empty(), post("10.0.0.1", "room-" + i, "n"));
            lobby.chat.arrivals().comeToTalk(InetAddress.ofLiteral("10.0.0.1"));
        }
    }

    @Test
    void anAddressMakesTwentyRoomsAnHour() {
        for (int i = 1; i <= 10; i++) {
            enter(ADDRESS, "Ana", "room-" + i);
            assertEquals(Optional.empty(), post(ADDRESS, "posted-" + i, "n"));
        }
        Guest late = lobby.from(ADDRESS, "Ana", "room-21");
        awaitBeginning(late, "refused too-fast");
        assertEquals(
                Duration.ofMinutes(3),
                retryAfter(post(ADDRESS, "posted-21", "n").orElseThrow()));
        // What is there is not made: somebody is in it, or something was said.
        enter(ADDRESS, "Bia", "room-1");
        assertEquals(Optional.empty(), post(ADDRESS, "room-2", "n"));
        assertEquals(Optional.empty(), post(ADDRESS, "posted-1", "again"));
        enter(ADDRESS, "Caio", "posted-2");
        enter("192.0.2.2", "Dora", "room-21");
        enter(ADDRESS, "Ana", "room-21");
        lobby.clock.advance(Duration.ofMinutes(3));
        enter(ADDRESS, "Ana", "room-22");
    }

    @Test
    void aClassInTheLabMakesAsManyRoomsAsItNeeds() {
        for (int i = 10; i < 70; i++) {
            enter("127.0.0.1", "Ana", "lab--" + "x".repeat(23) + i);
        }
    }

    @Test
    void noMoreRoomsAreOpenThanTheServerHoldsWell() {
        limit(USUAL.withRooms(2));
        enter(ADDRESS, "Ana", "one");
        enter(ADDRESS, "Bia", "two");
        awaitBeginning(lobby.from(ADDRESS, "Caio", "three"), "refused busy");
        assertEquals(Reason.BUSY, post(ADDRESS, "three", "n").orElseThrow().reason());
        assertEquals(Optional.empty(), post(ADDRESS, "two", "n"));
        FakeSubscriber listener = lobby.follow(Optional.empty(), OptionalInt.empty(), "one", "three");
        listener.awaitClose(CloseReason.UNAVAILABLE);
        lobby.follow(Optional.empty(), OptionalInt.empty(), "one", "two");
        enter(ADDRESS, "Dora", "one");
    }

    @Test
    void withoutLimitsNothingIsCounted() {
        limit(Limits.NONE);
        Guest ana = enter(ADDRESS, "Ana", "main");
        for (int i = 1; i <= 1_000; i++) {
            ana.say("n", "r" + i);
        }
        ana.awaitLine("ack r1000 @1000");
    }

    @Test
    void soManyWaitFromOneAddressAtATime() {
        limit(USUAL.withAddressWaiting(2));
        InetAddress here = InetAddress.getLoopbackAddress();
        FakeSubscriber first = lobby.follow(Optional.empty(), OptionalInt.empty(), "main");
        PendingExcerpt poll = poll();
        Arrivals arrivals = lobby.chat.arrivals();
        assertEquals(
                Reason.TOO_FAST,
                assertThrows(Refused.class, () -> arrivals.comeToListen(here)).reason());
        assertEquals(
                Optional.of(Reason.TOO_FAST),
                Chat.refusalOf(assertThrows(
                                CompletionException.class,
                                () -> poll().excerpt().toCompletableFuture().join()))
                        .map(Refused::reason));
        poll.enough().run();
        poll.excerpt().toCompletableFuture().join();
        arrivals.comeToListen(here);
        poll();
        assertThrows(Refused.class, () -> arrivals.comeToListen(here));
        assertEquals(Optional.empty(), first.farewell());
    }

    private PendingExcerpt poll() {
        return lobby.chat.readOn(Lobby.over("http"), RoomName.MAIN, Optional.empty(), 10, Duration.ofSeconds(30));
    }

    @Test
    void whoHasLeftIsNoVisitorAnyMore() {
        limit(USUAL.withAddressConnections(2));
        InetAddress here = InetAddress.ofLiteral(ADDRESS);
        Guest ana = enter(ADDRESS, "Ana", "main");
        enter(ADDRESS, "Bia", "main");
        assertThrows(Refused.class, () -> lobby.chat.arrivals().comeToTalk(here));
        ana.hear(new Command.Quit());
        ana.awaitClose(CloseReason.QUIT);
        lobby.settle();
        lobby.chat.arrivals().comeToTalk(here);
    }
}
