package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnNamesTest {
    private static List<String> names(InetAddress... addresses) {
        return List.copyOf(OwnNames.of(new Bind(List.of(addresses))));
    }

    @Test
    void theLoopbacksNamesAreAlwaysAmongThem() throws Exception {
        for (Bind bind : List.of(Bind.to("localhost"), Bind.to("0.0.0.0"))) {
            List<String> names = List.copyOf(OwnNames.of(bind));
            assertTrue(names.containsAll(List.of("localhost", "127.0.0.1", "::1")), names::toString);
            assertTrue(names.stream().noneMatch(name -> name.equals("0.0.0.0") || name.contains("%")), names::toString);
        }
    }

    @Test
    void allAddressesMeansAllThatOthersReach() throws Exception {
        Bind all = Bind.to("0.0.0.0");
        List<String> names = List.copyOf(OwnNames.of(all));
        for (InetAddress address : all.forOthers()) {
            assertTrue(names.contains(address.getHostAddress()), names::toString);
        }
    }

    @Test
    void theNameThatWasBoundToComesFirst() throws Exception {
        byte[] address = {(byte) 192, 0, 2, 7};
        List<String> names = names(InetAddress.getByAddress("chat.example", address));
        assertEquals("chat.example", names.getFirst());
        assertTrue(names.contains("192.0.2.7"), names::toString);
        assertTrue(names(InetAddress.getByAddress(address)).contains("192.0.2.7"));
    }
}
