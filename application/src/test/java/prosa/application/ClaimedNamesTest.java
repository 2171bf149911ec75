package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import prosa.application.port.Network;
import prosa.application.port.Register.Kind;
import prosa.application.port.Secret;
import prosa.delivery.WithTheTurn;
import prosa.domain.Fault;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;

@ExtendWith(WithTheTurn.class)
class ClaimedNamesTest {
    private static final Duration LAPSE = Duration.ofDays(180);
    private static final Name ANA = new Name("Ana Maria");

    private final SettableClock clock = new SettableClock(Lobby.NOW);
    private final ScriptedRegister register = new ScriptedRegister();
    private final Random random = new Random(1);
    private ClaimedNames names = start();

    private ClaimedNames start() {
        return new ClaimedNames(register, clock, LAPSE);
    }

    private static Network network(String address) {
        return new Network(InetAddress.ofLiteral(address));
    }

    private Secret claim(Name name, String address) {
        Secret secret = Secret.made(Secret.Kind.CLAIM, random);
        assertTrue(names.add(name, secret.hash(), network(address))
                .toCompletableFuture()
                .join());
        assertTrue(names.added(name, secret.hash()));
        return secret;
    }

    private void release(Name name) {
        Claim claim = names.find(name).orElseThrow();
        names.end(claim).toCompletableFuture().join();
        names.ended(claim, true);
    }

    private void assertTooFast(String name, String address, Fault fault) {
        Refused refused = assertThrows(Refused.class, () -> claim(new Name(name), address));
        assertEquals(Reason.TOO_FAST, refused.reason());
        assertEquals(Optional.of(fault), refused.fault());
    }

    @Test
    void aClaimOutlivesARestart() {
        Secret secret = claim(ANA, "192.0.2.1");
        names = start();
        Claim claim = names.find(new Name("ana  MARIA")).orElseThrow();
        assertEquals(ANA, claim.name());
        assertTrue(claim.hash().isOf(secret));
        assertTrue(names.isOfAny(secret));
    }

    @Test
    void theRegisterHoldsNoSecret() {
        Secret secret = claim(ANA, "192.0.2.1");
        Map<String, String> facts = register.read(Kind.CLAIM);
        assertEquals(1, facts.size());
        assertFalse(facts.toString().contains(secret.reveal()), facts.toString());
        assertFalse(names.find(ANA).orElseThrow().toString().contains(secret.reveal()));
    }

    @Test
    void whatIsGivenUpIsGivenUpForGood() {
        Secret secret = claim(ANA, "192.0.2.1");
        release(ANA);
        assertEquals(Optional.empty(), names.find(ANA));
        assertFalse(names.isOfAny(secret));
        assertEquals(Optional.empty(), start().find(ANA));
    }

    @Test
    void whatNobodyUsesLapses() {
        claim(ANA, "192.0.2.1");
        clock.advance(LAPSE.minusSeconds(1));
        assertTrue(names.find(ANA).isPresent());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), names.find(ANA));
        assertEquals(Map.of(), register.read(Kind.CLAIM));
    }

    @Test
    void whatIsLookedForByNobodyLapsesAsWell() {
        claim(ANA, "192.0.2.1");
        clock.advance(LAPSE);
        names.inspect();
        assertEquals(Map.of(), register.read(Kind.CLAIM));
    }

    @Test
    void whatIsUsedDoesNotLapse() {
        claim(ANA, "192.0.2.1");
        clock.advance(Duration.ofDays(179));
        names.use(names.find(ANA).orElseThrow());
        clock.advance(Duration.ofDays(179));
        assertTrue(names.find(ANA).isPresent());
        assertTrue(start().find(ANA).isPresent(), "that it was used is kept");
    }

    @Test
    void thatItIsUsedIsKeptOnceADay() {
        claim(ANA, "192.0.2.1");
        String fact = register.read(Kind.CLAIM).get(ANA.value());
        clock.advance(Duration.ofHours(23));
        names.use(names.find(ANA).orElseThrow());
        assertEquals(fact, register.read(Kind.CLAIM).get(ANA.value()));
        clock.advance(Duration.ofHours(1));
        names.use(names.find(ANA).orElseThrow());
        assertFalse(fact.equals(register.read(Kind.CLAIM).get(ANA.value())));
    }

    @Test
    void whatIsBeingGivenUpIsNotKeptAgain() {
        claim(ANA, "192.0.2.1");
        clock.advance(Duration.ofDays(2));
        Claim claim = names.find(ANA).orElseThrow();
        names.end(claim).toCompletableFuture().join();
        names.use(claim); // before anybody knows that it is over
        names.ended(claim, true);
        assertEquals(Map.of(), register.read(Kind.CLAIM));
    }

    @Test
    void aNetworkClaimsThreeADayAndFiveInAll() {
        claim(new Name("a1"), "192.0.2.1");
        claim(new Name("a2"), "192.0.2.1");
        claim(new Name("a3"), "192.0.2.1");
        assertTooFast("a4", "192.0.2.1", new Fault.TooSoon(Duration.ofDays(1)));
        claim(new Name("b1"), "192.0.2.2");
        clock.advance(Duration.ofDays(1));
        claim(new Name("a4"), "192.0.2.1");
        claim(new Name("a5"), "192.0.2.1");
        clock.advance(Duration.ofDays(1));
        assertTooFast("a6", "192.0.2.1", new Fault.TooManyNames(5));
        release(new Name("a1"));
        claim(new Name("a6"), "192.0.2.1");
    }

    @Test
    void whoHasClaimedThreeWaitsForTheOldestOfThem() {
        claim(new Name("a1"), "192.0.2.1");
        clock.advance(Duration.ofHours(5));
        claim(new Name("a2"), "192.0.2.1");
        claim(new Name("a3"), "192.0.2.1");
        clock.advance(Duration.ofHours(1));
        Fault eighteenHours = new Fault.TooSoon(Duration.ofHours(18));
        assertTooFast("a4", "192.0.2.1", eighteenHours);
        names = start();
        assertTooFast("a4", "192.0.2.1", eighteenHours);
        clock.advance(Duration.ofHours(18));
        claim(new Name("a4"), "192.0.2.1");
    }

    @Test
    void boundsOutliveARestart() {
        for (int i = 1; i <= 3; i++) {
            claim(new Name("a" + i), "192.0.2.1");
        }
        names = start();
        assertTooFast("a4", "192.0.2.1", new Fault.TooSoon(Duration.ofDays(1)));
        clock.advance(Duration.ofDays(1));
        claim(new Name("a4"), "192.0.2.1");
        claim(new Name("a5"), "192.0.2.1");
        clock.advance(Duration.ofDays(1));
        names = start();
        assertTooFast("a6", "192.0.2.1", new Fault.TooManyNames(5));
    }

    @Test
    void givingUpAndClaimingAgainIsNoWayAroundTheBound() {
        for (int i = 1; i <= 3; i++) {
            claim(ANA, "192.0.2.1");
            release(ANA);
        }
        assertTooFast("Ana Maria", "192.0.2.1", new Fault.TooSoon(Duration.ofDays(1)));
    }

    @Test
    void neighboursOnOneLinkAreOneNetwork() {
        claim(new Name("a1"), "2001:db8::1");
        claim(new Name("a2"), "2001:db8::2");
        claim(new Name("a3"), "2001:db8::ffff:3");
        assertTooFast("a4", "2001:db8::4", new Fault.TooSoon(Duration.ofDays(1)));
        claim(new Name("b1"), "2001:db8:0:1::1");
        names = start();
        assertTooFast("a4", "2001:db8::4", new Fault.TooSoon(Duration.ofDays(1)));
    }

    @Test
    void whatWasNotKeptCountsForNothing() {
        register.setFull(true);
        for (int i = 0; i < 10; i++) {
            Secret.Hash hash = Secret.made(Secret.Kind.CLAIM, random).hash();
            assertTrue(names.add(ANA, hash, network("192.0.2.1"))
                    .toCompletableFuture()
                    .isCompletedExceptionally());
            names.undo(ANA, hash);
        }
        assertEquals(Optional.empty(), names.find(ANA));
        register.setFull(false);
        claim(ANA, "192.0.2.1");
    }

    @Test
    void whatCantBeReadIsPassedOver() {
        claim(ANA, "192.0.2.1");
        for (String fact : new String[] {"", "a b c d", "x".repeat(200)}) {
            register.keep(Kind.CLAIM, "Bob" + fact.length(), fact)
                    .toCompletableFuture()
                    .join();
        }
        names = start();
        assertTrue(names.find(ANA).isPresent());
        assertEquals(Optional.empty(), names.find(new Name("Bob0")));
    }
}
