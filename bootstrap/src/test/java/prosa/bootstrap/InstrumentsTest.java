package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import prosa.lab.Wire;
import prosa.lab.client.Address;
import prosa.lab.figures.Disturbance;
import prosa.lab.figures.Disturbance.Kind;
import prosa.lab.figures.Latency;
import prosa.lab.figures.Settings;
import prosa.lab.measure.WireMeasurement;
import prosa.lab.measure.WireMeasurement.Step;
import prosa.lab.relay.Direction;
import prosa.lab.relay.Fault;
import prosa.lab.relay.Relay;
import prosa.lab.server.Server;

/** What {@code compare} shows of a fault whose size is known: the whole way from the speaker through Prosa to the figures. */
@Isolated("It measures.")
class InstrumentsTest {
    private static final Settings SETTINGS = new Settings(4, 40, Duration.ofSeconds(1), Duration.ofMillis(200), 64, 0);

    @TempDir
    Path folder;

    /** Over TCP, whose messages are lines; the fault is there while messages count, on the way to the followers. */
    private WireMeasurement measured(Fault fault) throws Exception {
        try (RunningProsa prosa = new RunningProsa(folder);
                Relay relay = Relay.to(new InetSocketAddress("127.0.0.1", prosa.port("tcp")))) {
            Address address = Address.plain(new InetSocketAddress("127.0.0.1", prosa.port("http")), relay.listening());
            return WireMeasurement.take(Wire.TCP, new Server(address, Optional.empty()), false, SETTINGS, step -> {
                if (step == Step.LOAD) {
                    relay.links().forEach(link -> link.set(Direction.DOWN, fault));
                }
            });
        }
    }

    @Test
    void aRelayThatAddsFiftyMillisecondsShowsFifty() throws Exception {
        Latency direct = measured(Fault.NONE).figures().latency();
        Latency delayed =
                measured(new Fault.Delay(Duration.ofMillis(50))).figures().latency();
        assertEquals(160, delayed.count());
        assertTrue(delayed.points().getFirst().micros() >= 50_000, delayed::toString);
        long added = delayed.p50() - direct.p50();
        assertTrue(added > 40_000 && added < 60_000, () -> direct + "\n" + delayed);
    }

    @Test
    void aRelayThatDropsEveryTenthMessageShowsTenPerCentLost() throws Exception {
        WireMeasurement measured = measured(new Fault.DropEvery(10, Fault.DropEvery.Unit.LINE));
        assertEquals(144, measured.figures().latency().count());
        assertEquals(
                List.of(new Disturbance(Kind.DELIVERIES_MISSING, Optional.of(Wire.TCP), 10)),
                measured.disturbances().stream()
                        .filter(one -> one.kind() == Kind.DELIVERIES_MISSING)
                        .toList());
    }
}
