package prosa.application.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::1, 2001:db8::1, true",
        "2001:db8::1, 2001:db8::2, false",
        "::/0, ::ffff:192.0.2.1, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "fe80::/10, fe80::1, true"
    })
    void whatBeginsAlikeIsInIt(String subnet, String address, boolean contained) {
        Subnet parsed = Subnet.parse(subnet).orElseThrow();
        assertEquals(contained, parsed.contains(InetAddress.ofLiteral(address)));
        assertEquals(Optional.of(parsed), Subnet.parse(parsed.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "localhost",
                "chat.example/24",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0.0/+8",
                "10/8",
                "1",
                "2001:db8::/129",
                "::ffff:10.0.0.0/104",
                "[::1]",
                "fe80::1%lo",
                ":",
                "1:2",
                "::10.0.0.256",
                "256.0.0.1"
            })
    void nothingElseIsOneAndNothingIsLookedUp(String text) {
        assertEquals(Optional.empty(), Subnet.parse(text));
    }

    @Test
    void aPrefixThatIsTooLongCanNotBeMade() {
        assertThrows(IllegalArgumentException.class, () -> new Subnet(InetAddress.ofLiteral("10.0.0.1"), 33));
    }

    @Test
    void proxiesAreTrustedWhereverTheyWereNamed() {
        Proxies proxies = new Proxies(List.of(
                Subnet.parse("10.0.0.0/8").orElseThrow(), Subnet.parse("::1").orElseThrow()));
        assertEquals(true, proxies.trusts(InetAddress.ofLiteral("::1")));
        assertEquals(true, proxies.trusts(InetAddress.ofLiteral("10.2.3.4")));
        assertEquals(false, proxies.trusts(InetAddress.ofLiteral("127.0.0.1")));
        assertEquals(false, Proxies.NONE.trusts(InetAddress.ofLiteral("127.0.0.1")));
    }
}
