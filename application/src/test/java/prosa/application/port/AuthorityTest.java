package prosa.application.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorityTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "::1, [::1]",
        "::, [::]",
        "fe80::1, [fe80::1]",
        "2001:db8::, [2001:db8::]",
        "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]",
        "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]",
        "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]",
        "10:0:0:100::, [10:0:0:100::]",
        "2001:DB8::A0, [2001:db8::a0]",
        "::ffff:192.0.2.1, 192.0.2.1"
    })
    void anAddressIsWrittenInOneWay(String address, String expected) {
        assertEquals(expected, Authority.host(InetAddress.ofLiteral(address)));
    }

    @Test
    void aUriHasThePortBehindIt() {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("::1"), 2323);
        assertEquals("tcp://[::1]:2323", Authority.uri("tcp", address).toString());
    }
}
