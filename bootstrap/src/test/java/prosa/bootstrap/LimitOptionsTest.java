package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.application.port.Limits;
import prosa.application.port.Proxies;
import prosa.application.port.Rate;
import prosa.application.port.Subnet;

/** How much people and addresses may do. */
class LimitOptionsTest {
    private static final Limits USUAL = Limits.usual(Runtime.getRuntime().maxMemory(), Proxies.NONE);

    private static Limits run(Map<String, String> env, String... args) {
        Parsed parsed = Options.parse(List.of(args), env);
        return assertInstanceOf(Parsed.Run.class, parsed, parsed::toString)
                .options()
                .limits();
    }

    @Test
    void theyHoldWhereOthersCanCome() {
        assertEquals(Limits.NONE, run(Map.of()));
        assertEquals(Limits.NONE, run(Map.of(), "--bind=127.0.0.1"));
        assertEquals(USUAL, run(Map.of(), "--bind=0.0.0.0"));
        Proxies proxy = new Proxies(List.of(Subnet.parse("::1").orElseThrow()));
        assertEquals(Limits.usual(Runtime.getRuntime().maxMemory(), proxy), run(Map.of(), "--trust-proxy=::1"));
        assertEquals(Limits.NONE, run(Map.of(), "--bind=0.0.0.0", "--limits=off"));
        assertEquals(USUAL, run(Map.of("PROSA_LIMITS", "on")));
    }

    @Test
    void eachCanBeChanged() {
        assertEquals(
                USUAL.withPerson(Rate.perSecond(10, 40), Rate.perSecond(128 << 10, 1 << 20))
                        .withAddress(Rate.UNLIMITED, Rate.perSecond(4 << 20, 4 << 20))
                        .withArrivals(Rate.perSecond(1, 2))
                        .withAddressConnections(3)
                        .withAddressRooms(Rate.perHour(100, 100))
                        .withAddressWaiting(Integer.MAX_VALUE)
                        .withConnections(10_000)
                        .withRooms(5_000),
                run(
                        Map.of("PROSA_LIMIT", "rooms=1"),
                        "--limit=person-messages=10/40",
                        "--limit=person-bytes=128k/1M",
                        "--limit=address-messages=off",
                        "--limit=address-bytes=4m",
                        "--limit=address-arrivals=1/2",
                        "--limit=address-connections=3",
                        "--limit=address-rooms=100",
                        "--limit=address-waiting=off",
                        "--limit=connections=10000",
                        "--limit=rooms=5000"));
        assertEquals(USUAL.withConnections(7).withRooms(8), run(Map.of("PROSA_LIMIT", "connections=7, rooms=8")));
    }

    @ParameterizedTest
    @CsvSource({
        "--limit=rooms",
        "--limit=rooms=",
        "--limit=rooms=0",
        "--limit=rooms=-1",
        "--limit=rooms=1/2",
        "--limit=rooms=1g",
        "--limit=doors=1",
        "--limit=person-messages=5/",
        "--limit=person-messages=/5",
        "--limit=person-messages=5/20/60",
        "--limit==",
        "--limits=maybe",
        "--limits=off --limit=rooms=1"
    })
    void whatMakesNoSenseIsNamed(String args) {
        Parsed parsed = Options.parse(List.of(args.split(" ")), Map.of());
        String line = assertInstanceOf(Parsed.Bad.class, parsed, args).line();
        assertEquals(0, line.indexOf("prosa: --limit"), line);
    }
}
