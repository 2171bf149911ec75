package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import prosa.application.port.Limits;
import prosa.application.port.Proxies;
import prosa.domain.Fault;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** Who may come, and how many at a time. */
class ArrivalsTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress THERE = InetAddress.ofLiteral("192.0.2.2");

    private final SettableClock clock = new SettableClock(Lobby.NOW);

    private Arrivals arrivals(Limits limits) {
        return new Arrivals(limits, clock);
    }

    private static Limits usual() {
        return Limits.usual(1L << 30, Proxies.NONE);
    }

    @Test
    void twoHundredComeAtOnceAndTenASecond() {
        Arrivals arrivals = arrivals(usual());
        for (int i = 0; i < 200; i++) {
            arrivals.comeToTalk(HERE);
        }
        Refused refused = assertThrows(Refused.class, () -> arrivals.comeToListen(HERE));
        assertEquals(Reason.TOO_FAST, refused.reason());
        assertEquals(new Fault.TooSoon(Duration.ofMillis(100)), refused.fault().orElseThrow());
        arrivals.comeToTalk(THERE);
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 10; i++) {
            arrivals.comeToTalk(HERE);
        }
        assertThrows(Refused.class, () -> arrivals.comeToTalk(HERE));
    }

    @Test
    void fiveHundredAreConnectedAtATime() {
        Arrivals arrivals = arrivals(usual());
        List<Arrivals.Place> places = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            places.add(arrivals.connect(HERE));
        }
        assertEquals(
                Reason.TOO_FAST,
                assertThrows(Refused.class, () -> arrivals.connect(HERE)).reason());
        arrivals.connect(THERE);
        places.getFirst().leave();
        places.getFirst().leave();
        arrivals.connect(HERE);
        assertThrows(Refused.class, () -> arrivals.connect(HERE));
    }

    @Test
    void aPagesSixSocketsComeForEachThatMayComeAndNoMore() {
        Arrivals arrivals = arrivals(usual());
        for (int i = 0; i < 1_200; i++) {
            arrivals.connect(HERE).leave();
        }
        Refused refused = assertThrows(Refused.class, () -> arrivals.connect(HERE));
        assertEquals(Reason.TOO_FAST, refused.reason());
        arrivals.connect(THERE);
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 60; i++) {
            arrivals.connect(HERE).leave();
        }
        assertThrows(Refused.class, () -> arrivals.connect(HERE));
    }

    @Test
    void theServerHasABoundOfItsOwn() {
        Arrivals arrivals = arrivals(usual().withConnections(2));
        arrivals.connect(HERE);
        Arrivals.Place place = arrivals.connect(THERE);
        assertEquals(
                Reason.BUSY,
                assertThrows(Refused.class, () -> arrivals.connect(THERE)).reason());
        place.leave();
        arrivals.connect(THERE);
    }

    @Test
    void withoutLimitsNobodyIsCounted() {
        Arrivals arrivals = Arrivals.unlimited();
        for (int i = 0; i < 1_000; i++) {
            arrivals.comeToTalk(HERE);
            assertEquals(Arrivals.Place.NONE, arrivals.connect(HERE));
        }
    }

    @Test
    void whatSaysNothingIsForgottenAndNoMoreIsKeptThanTheBound() {
        ByNetwork<Budget> networks = new ByNetwork<>(
                () -> Budget.of(usual().addressArrivals(), clock.nanoTime()),
                budget -> budget.isFull(clock.nanoTime()));
        for (int i = 0; i < ByNetwork.MOST + 100; i++) {
            networks.of(InetAddress.ofLiteral("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)))
                    .take(1, clock.nanoTime());
        }
        assertEquals(ByNetwork.MOST, networks.size());
        networks.forget(ByNetwork.MOST);
        assertEquals(ByNetwork.MOST, networks.size());
        clock.advance(Duration.ofSeconds(1));
        networks.forget(1_000);
        assertEquals(ByNetwork.MOST - 1_000, networks.size());
        networks.forget(Integer.MAX_VALUE);
        assertTrue(networks.size() == 0);
    }
}
