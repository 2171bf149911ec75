package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.NKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import prosa.application.port.SharedLog;

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
}
