package prosa.bootstrap;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import prosa.adapter.nats.NatsServer;
import prosa.application.port.Act;
import prosa.application.port.SharedLog;
import prosa.test.wire.House;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.Place;
import prosa.test.wire.client.Wire;
import prosa.test.wire.client.WireClient;
import prosa.test.wire.client.Witness;

/** Two whole Prosas that share their rooms: who comes over one wire is at the first, and all others are at the second, the operator too. */
final class TwoNodes implements House {
    private static final Duration PROMISED = Duration.ofSeconds(30);

    private final Wire tried;
    private final NatsServer server;
    private final RunningHouse first;
    private final RunningHouse second;

    private TwoNodes(Wire tried, NatsServer server, Path folder) {
        this.tried = tried;
        this.server = server;
        SharedLog log = server.log("prosa");
        first = RunningHouse.sharing(log, folder.resolve("first"));
        second = RunningHouse.sharing(log, folder.resolve("second"));
    }

    /** @param tried the wire that leads to the first */
    static TwoNodes open(Wire tried, Path folder) {
        try {
            TwoNodes nodes = new TwoNodes(tried, NatsServer.start(folder.resolve("engine")), folder);
            nodes.awaitReady(nodes.first);
            nodes.awaitReady(nodes.second);
            return nodes;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void awaitReady(RunningHouse house) {
        Waiting.await("it is ready", PROMISED, () -> house.http().get("/ready").status() == 200);
    }

    @Override
    public Place place() {
        return first.place();
    }

    @Override
    public WireClient connect(Wire over, String room, @Nullable String since, String language) {
        return (over == tried ? first : second).connect(over, room, since, language);
    }

    @Override
    public Witness witness() {
        return second.witness();
    }

    @Override
    public void act(String room, Act act) {
        second.act(room, act);
    }

    @Override
    public void close() {
        first.close();
        second.close();
        try {
            server.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
