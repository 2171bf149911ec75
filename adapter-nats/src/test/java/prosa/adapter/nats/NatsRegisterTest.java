package prosa.adapter.nats;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import prosa.adapter.sqlite.SqliteCopy;
import prosa.application.RegisterContract;
import prosa.application.port.HouseClock;
import prosa.application.port.MessageEngine;

/** What every register promises, by one on a real server. */
class NatsRegisterTest extends RegisterContract {
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
    protected MessageEngine open() throws Exception {
        opened++;
        HouseClock clock = HouseClock.over(InstantSource.system());
        SqliteCopy copy = SqliteCopy.open(parent.resolve("data" + opened), clock);
        return NatsEngine.open(server.log("t" + opened), copy, copy.register(), clock);
    }
}
