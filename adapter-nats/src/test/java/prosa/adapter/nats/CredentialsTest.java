package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.NKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.Register.Kind;
import prosa.application.port.SharedLog;
import prosa.domain.Message;

/** An engine that does not let everybody in. */
class CredentialsTest {
    @TempDir
    Path folder;

    @Test
    void whoHasCredentialsIsLetInAndNobodyElse() throws Exception {
        NKey user = NKey.createUser(new SecureRandom());
        Path settings = Files.writeString(
                folder.resolve("nats.conf"),
                "authorization { users = [ { nkey: %s } ] }\n".formatted(new String(user.getPublicKey())));
        Path credentials = Files.writeString(folder.resolve("prosa.creds"), """
                -----BEGIN NATS USER JWT-----
                none
                ------END NATS USER JWT------
                -----BEGIN USER NKEY SEED-----
                %s
                ------END USER NKEY SEED------
                """.formatted(new String(user.getSeed())));
        try (NatsServer server = NatsServer.start(folder.resolve("engine"), "-c", settings.toString())) {
            SharedLog log = server.log("prosa");
            SharedLog known = new SharedLog(log.servers(), Optional.of(credentials), "prosa", 1);
            try (Node stranger = Node.open(log, folder.resolve("stranger"));
                    Node one = Node.open(known, folder.resolve("one"))) {
                one.sayOnceItCan("hello");
                assertEquals(List.of("hello"), one.texts());
                assertTrue(stranger.engine.outage().isPresent());
            }
        }
    }

    @Test
    void whoMayNotDoWhatItNeedsSaysSo() throws Exception {
        Path settings = Files.writeString(folder.resolve("nats.conf"), """
                authorization { users = [ { user: p, password: q, permissions: { publish: [ "nothing" ] } } ] }
                no_auth_user: p
                """);
        try (NatsServer server = NatsServer.start(folder.resolve("engine"), "-c", settings.toString());
                Node one = Node.open(server.log("prosa"), folder.resolve("one"))) {
            String why = one.engine.outage().orElseThrow();
            assertTrue(why.contains("Permissions Violation for Publish to \"$JS.API.STREAM.INFO"), why);
        }
    }

    /** What {@code docs/scaling.md} says that an account must let a Prosa do is enough for all that it does. */
    @Test
    void whoMayDoWhatIsDocumentedCanDoAll() throws Exception {
        String document = Files.readString(Path.of("..", "docs", "scaling.md"));
        int begin = document.indexOf("permissions: {");
        Path settings = Files.writeString(
                folder.resolve("nats.conf"), """
                authorization { users = [ { user: p, password: q
                %s } ] }
                no_auth_user: p
                """.formatted(document.substring(begin, document.indexOf("```", begin))));
        try (NatsServer server = NatsServer.start(folder.resolve("engine"), "-c", settings.toString());
                Node one = Node.withNames(server.log("prosa"), folder.resolve("one"))) {
            Message gone = one.sayOnceItCan("to be removed");
            for (int i = 0; i < 3 * CatchingUp.HELPING; i++) {
                var unused = one.saying("n" + i);
            }
            one.say("the last", "with a key");
            Node.get(one.removing(gone));
            assertTrue(Node.get(one.engine.register().replace(Kind.CLAIM, "Ana", Optional.empty(), Optional.of("a"))));
            Node.get(one.engine.register().forget(Kind.CLAIM, "Ana"));
            try (Node two = Node.withNames(server.log("prosa"), folder.resolve("two"))) {
                two.sayOnceItCan("and on");
                Node.awaitThat(() -> one.engine.head() == two.engine.head());
                assertEquals(one.history(), two.history());
            }
            Path log = folder.resolve("engine.log");
            assertEquals(List.of(), refused(log));
        }
    }

    private static List<String> refused(Path log) throws Exception {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("Violation")).toList();
        }
    }
}
