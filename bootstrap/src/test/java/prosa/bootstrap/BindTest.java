package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST"})
    void localhostIsBothLoopbackAddressesAsFarAsTheMachineHasThem(String host) throws Exception {
        List<InetAddress> addresses = Bind.to(host).addresses();
        List<InetAddress> both = List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
        assertEquals(hasIpv6Loopback() ? both : both.subList(0, 1), addresses);
        assertTrue(Bind.to(host).isLoopback());
    }

    @Test
    void anAddressIsTakenAsItIs() throws Exception {
        assertEquals(
                List.of(InetAddress.ofLiteral("127.0.0.1")),
                Bind.to("127.0.0.1").addresses());
    }

    @Test
    void theAddressOfAllInterfacesIsNoLoopback() throws Exception {
        Bind all = Bind.to("0.0.0.0");
        assertTrue(all.addresses().getFirst().isAnyLocalAddress());
        assertFalse(all.isLoopback());
    }

    @ParameterizedTest
    @CsvSource({
        "'', NO_ADDRESS",
        "' ', NO_ADDRESS",
        "192.0.2.1, FOREIGN",
        "no host, UNKNOWN",
        "[::1, UNKNOWN",
        "256.256.256.256, UNKNOWN"
    })
    void whatIsNoAddressOfThisMachineIsRefused(String host, Bind.NotOurs.Why why) {
        assertEquals(why, assertThrows(Bind.NotOurs.class, () -> Bind.to(host)).why());
    }

    @Test
    void whatWasTriedCanStillBeListenedOn() throws Exception {
        for (InetAddress address : Bind.to("localhost").addresses()) {
            try (ServerSocket socket = new ServerSocket(0, 1, address)) {
                assertTrue(socket.isBound());
            }
        }
    }

    @Test
    void withoutAddressesThereIsNothingToBindTo() {
        assertThrows(IllegalArgumentException.class, () -> new Bind(List.of()));
    }

    private static boolean hasIpv6Loopback() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("::1", 0));
            return true;
        } catch (Exception e) {
            return false;
        }
    }
}
