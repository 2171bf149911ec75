package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.adapter.nats.Node.awaitThat;
import static prosa.adapter.nats.Node.get;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.Names;
import prosa.application.port.Register.Kind;
import prosa.application.port.SharedLog;
import prosa.domain.Name;
import prosa.domain.RoomName;

/** Two nodes on a cluster of three, which does not look at revisions as one server alone does. */
@Timeout(120)
class ClusterRacesTest {
    private static final int SERVERS = 3;
    private static final int RACES = 60;

    @TempDir
    Path folder;

    private final List<NatsServer> servers = new ArrayList<>();

    private SharedLog cluster() throws Exception {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            ports.add(NatsServer.freePort());
        }
        String routes = String.join(
                ",", ports.stream().map(port -> "nats://127.0.0.1:" + port).toList());
        for (int i = 0; i < SERVERS; i++) {
            servers.add(NatsServer.start(
                    folder.resolve("engine" + i),
                    "--name",
                    "engine" + i,
                    "--cluster_name",
                    "three",
                    "--cluster",
                    "nats://127.0.0.1:" + ports.get(i),
                    "--routes",
                    routes));
        }
        return new SharedLog(servers.stream().map(NatsServer::url).toList(), Optional.empty(), "prosa", SERVERS);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (NatsServer server : servers) {
            server.close();
        }
    }

    /** A name that somebody has just given up is wanted by two at once, again and again. */
    @Test
    void ofTwoWhoRaceForANameThatIsGivenUpOneGetsIt() throws Exception {
        SharedLog log = cluster();
        try (Node one = Node.withNames(log, folder.resolve("one"));
                Node two = Node.withNames(log, folder.resolve("two"))) {
            awaitThat(() -> one.engine.outage().isEmpty() && two.engine.outage().isEmpty());
            Names.Wanted wanted = new Names.Wanted(RoomName.MAIN, new Name("Ana"), Optional.empty(), false);
            int taken = 0;
            for (int i = 0; i < RACES; i++) {
                List<CompletionStage<Names.Hold>> race = List.of(one.names.take(wanted), two.names.take(wanted));
                List<Names.Hold> won = new ArrayList<>();
                for (CompletionStage<Names.Hold> runner : race) {
                    runner.handle((hold, failure) -> failure == null ? Optional.of(hold) : Optional.<Names.Hold>empty())
                            .toCompletableFuture()
                            .get()
                            .ifPresent(won::add);
                }
                // The one before may not be given up yet: then nobody gets it.
                assertTrue(won.size() <= 1, "in race " + i);
                won.forEach(Names.Hold::release);
                taken += won.size();
            }
            assertTrue(taken > RACES / 2, "taken: " + taken);
        }
    }

    /** So is what a claim that was just given up leaves. */
    @Test
    void ofTwoWhoRaceForAFactThatWasForgottenOneKeepsIt() throws Exception {
        SharedLog log = cluster();
        try (Node one = Node.open(log, folder.resolve("one"));
                Node two = Node.open(log, folder.resolve("two"))) {
            awaitThat(() -> one.engine.outage().isEmpty() && two.engine.outage().isEmpty());
            for (int i = 0; i < RACES; i++) {
                CompletionStage<Boolean> first = claim(one, "one");
                CompletionStage<Boolean> second = claim(two, "two");
                assertTrue(get(first) ^ get(second), "in race " + i);
                Node faster = get(first) ? one : two;
                get(faster.engine.register().forget(Kind.CLAIM, "Ana"));
                awaitThat(() -> isForgotten(one) && isForgotten(two));
            }
        }
    }

    private static CompletionStage<Boolean> claim(Node node, String by) {
        return node.engine.register().replace(Kind.CLAIM, "Ana", Optional.empty(), Optional.of(by));
    }

    private static boolean isForgotten(Node node) {
        return node.engine.register().find(Kind.CLAIM, "Ana").isEmpty();
    }
}
