package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.adapter.nats.Node.awaitThat;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.HouseClock;
import prosa.application.port.LogUnusable;
import prosa.application.port.LogUnusable.Reason;
import prosa.application.port.SharedLog;

/** Who may move to a stream, or from it, and when. */
class MovesTest {
    private static final HouseClock CLOCK = HouseClock.over(InstantSource.system());

    @TempDir
    Path parent;

    private NatsServer server;
    private SharedLog log;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start(parent.resolve("engine"));
        log = server.log("prosa");
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private Reason refusal() {
        return assertThrows(
                        LogUnusable.class, () -> NatsArrival.open(log, CLOCK).close())
                .reason();
    }

    @Test
    void oneMovesAtATime() throws Exception {
        try (NatsArrival first = NatsArrival.open(log, CLOCK)) {
            assertEquals(Reason.IN_USE, refusal());
            assertEquals(
                    Reason.MOVING,
                    assertThrows(
                                    LogUnusable.class,
                                    () -> NatsDeparture.open(log, CLOCK).close())
                            .reason());
            first.settle(0);
            first.finish();
        }
        NatsDeparture.open(log, CLOCK).close();
    }

    /** As after kill -9: nobody renews what it has said. */
    @Test
    void aMoveThatGoesOnNoMoreIsBegunAnew() throws Exception {
        NatsArrival.open(log, CLOCK).close();
        try (Connection raw = Nats.connect(server.url().toString())) {
            raw.keyValue("PROSA_state").put("moving", "moving");
        }
        try (NatsArrival again = NatsArrival.open(log, CLOCK)) {
            assertTrue(again.isResumed());
            again.settle(0);
            again.finish();
        }
        NatsDeparture.open(log, CLOCK).close();
    }

    /** It has a lease before it has renewed it for the first time. */
    @Test
    void aNodeIsSeenAndGoesOn() throws Exception {
        try (Node node = Node.withNames(log, parent.resolve("node"))) {
            awaitThat(() -> node.engine.outage().isEmpty());
            assertEquals(Reason.IN_USE, refusal());
            node.say("goes on");
        }
        assertEquals(Reason.NOT_EMPTY, refusal());
        NatsDeparture.open(log, CLOCK).close();
    }
}
