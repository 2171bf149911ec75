package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static prosa.adapter.nats.Node.awaitThat;
import static prosa.adapter.nats.Node.get;
import static prosa.adapter.nats.Node.refusal;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.Names;
import prosa.application.port.SharedLog;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.RoomName;

/** Two nodes that renew their leases, and one that does so no more. */
class LeasesTest {
    private static final Name ANA = new Name("Ana");
    private static final Name BOB = new Name("Bob");

    /** All look as often as they renew. Six times that is long enough for a busy machine. */
    private static final Duration RENEWAL = Duration.ofMillis(400);

    @TempDir
    Path folder;

    /** As after kill -9: nobody renews its lease. */
    @Test
    void whoIsNotHeardOfLosesItsNamesAndWhoIsKeepsThem() throws Exception {
        try (NatsServer server = NatsServer.start(folder.resolve("engine"));
                Connection raw = Nats.connect(server.url().toString())) {
            SharedLog log = server.log("prosa");
            try (Node one = open(log, "one");
                    Node two = open(log, "two")) {
                get(taking(one, BOB));
                String bobs = entry(raw, BOB).getValueAsString();
                long gone = raw.jetStream()
                        .publish("prosa.lease", new Headers().put("Prosa-Kind", "lease"), new byte[0])
                        .getSeqno();
                raw.keyValue("PROSA_people").put(key(ANA), one.engine.epoch() + "-" + gone);
                assertEquals(Reason.NAME_TAKEN, refusal(taking(two, ANA)));

                awaitThat(() -> !one.names.isTakenElsewhere(RoomName.MAIN, ANA));
                get(taking(two, ANA));
                awaitThat(() -> one.names.isTakenElsewhere(RoomName.MAIN, ANA));
                assertEquals(Reason.NAME_TAKEN, refusal(taking(one, ANA)));
                assertEquals(bobs, entry(raw, BOB).getValueAsString());
            }
        }
    }

    private Node open(SharedLog log, String name) throws Exception {
        Node node = Node.withNames(log, folder.resolve(name), RENEWAL);
        awaitThat(() -> node.engine.outage().isEmpty());
        return node;
    }

    private static CompletionStage<Names.Hold> taking(Node node, Name name) {
        return node.names.take(new Names.Wanted(RoomName.MAIN, name, Optional.empty(), false));
    }

    private static KeyValueEntry entry(Connection raw, Name name) throws Exception {
        return raw.keyValue("PROSA_people").get(key(name));
    }

    private static String key(Name name) {
        byte[] utf8 = name.key().getBytes(StandardCharsets.UTF_8);
        return "main." + Base64.getUrlEncoder().withoutPadding().encodeToString(utf8);
    }
}
