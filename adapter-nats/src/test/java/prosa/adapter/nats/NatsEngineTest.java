package prosa.adapter.nats;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import prosa.adapter.sqlite.SqliteCopy;
import prosa.application.RemovalContract;
import prosa.application.port.HouseClock;
import prosa.application.port.MessageEngine;

/** What every engine promises, by one on a real server, with a real copy. */
class NatsEngineTest extends RemovalContract {
    @TempDir
    static Path parent;

    private static NatsServer server;
    private static int opened;

    @BeforeAll
    static void startServer() throws Exception {
        server = NatsServer.start(parent.resolve("engine"));
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected MessageEngine open(HouseClock clock) throws Exception {
        opened++;
        SqliteCopy copy = SqliteCopy.open(parent.resolve("data" + opened), clock);
        return NatsEngine.open(server.log("t" + opened), copy, copy.register(), clock);
    }
}
