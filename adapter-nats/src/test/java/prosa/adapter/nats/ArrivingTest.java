package prosa.adapter.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nats.client.JetStreamSubscription;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the library does while its connection is closed under it. */
class ArrivingTest {
    @TempDir
    Path folder;

    /** As jnats 2.26 throws it when it makes an ordered consumer anew for a connection that ends just then. */
    @Test
    void aSubscriptionThatFailsInAnyWayEndsItsLinkAndNotTheHouse() throws Exception {
        JetStreamSubscription failing = (JetStreamSubscription) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {JetStreamSubscription.class}, (self, method, args) -> {
                    throw new NullPointerException("\"ses\" is null");
                });
        try (NatsServer server = NatsServer.start(folder.resolve("engine"));
                Link link = Link.open(server.log("prosa"), 1)) {
            assertEquals(List.of(), Arriving.next(link, failing));
            assertFalse(link.isOpen());
            assertEquals("the connection has ended", link.why());
        }
    }
}
