package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.application.port.Proxies;
import prosa.application.port.Subnet;

class ForwardedTest {
    private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");
    private static final Proxies TRUSTED = new Proxies(List.of(
            Subnet.parse("10.0.0.0/8").orElseThrow(),
            Subnet.parse("2001:db8:1::/48").orElseThrow()));

    private static Forwarded read(String... fields) {
        HttpFields.Mutable head = HttpFields.build();
        for (int i = 0; i < fields.length; i += 2) {
            head.add(fields[i], fields[i + 1]);
        }
        return Forwarded.by(PROXY, head, TRUSTED);
    }

    private static void assertComesFrom(String client, String... fields) {
        assertEquals(InetAddress.ofLiteral(client), read(fields).client());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1|192.0.2.1",
                "192.0.2.1:4711|192.0.2.1",
                "2001:db8::1|2001:db8::1",
                "[2001:db8::1]|2001:db8::1",
                "[2001:db8::1]:4711|2001:db8::1",
                "::ffff:192.0.2.1|192.0.2.1",
                // What stands to the left of the client is the client's own claim.
                "198.51.100.9, 192.0.2.1|192.0.2.1",
                "10.0.0.9, 192.0.2.1|192.0.2.1",
                "'\", 192.0.2.1'|192.0.2.1",
                // Trusted proxies are passed by.
                "192.0.2.1, 10.0.0.2|192.0.2.1",
                "192.0.2.1,10.0.0.2 ,2001:db8:1::5|192.0.2.1",
                "10.0.0.3, 10.0.0.2|10.0.0.3",
                // What is no address ends the way there.
                "192.0.2.1, unknown|10.0.0.1",
                "unknown, 10.0.0.2|10.0.0.2",
                "192.0.2.1, _hidden, 10.0.0.2|10.0.0.2",
                "localhost|10.0.0.1",
                "chat.example|10.0.0.1",
                "1|10.0.0.1",
                "[::1|10.0.0.1",
                "[]|10.0.0.1",
                "[::1]x|10.0.0.1",
                "fe80::1%eth0|10.0.0.1",
                ",,|10.0.0.1",
                "' '|10.0.0.1",
                "192.0.2.1,|192.0.2.1"
            })
    void theRightmostThatIsNotTrustedIsTheClient(String list, String client) {
        assertComesFrom(client, "X-Forwarded-For", list);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=192.0.2.1|192.0.2.1",
                "For=\"192.0.2.1:4711\";proto=https;by=203.0.113.43|192.0.2.1",
                "proto=http; for=\"[2001:db8::1]:4711\"|2001:db8::1",
                "for=\"[2001:db8::1]\", for=10.0.0.2|2001:db8::1",
                "for=198.51.100.9, for=192.0.2.1|192.0.2.1",
                "for=\"198.51.100.9, for=192.0.2.1|192.0.2.1",
                "for=unknown|10.0.0.1",
                "for=_SEVKISEK, for=10.0.0.2|10.0.0.2",
                "for=192.0.2.1, by=10.0.0.1|10.0.0.1",
                "for|10.0.0.1",
                "=;=|10.0.0.1",
                "for=|10.0.0.1",
                "\"|10.0.0.1"
            })
    void forwardedSaysTheSame(String value, String client) {
        assertComesFrom(client, "Forwarded", value);
    }

    @Test
    void severalLinesAreOneList() {
        assertComesFrom("192.0.2.1", "X-Forwarded-For", "198.51.100.9", "X-Forwarded-For", "192.0.2.1");
        assertComesFrom("192.0.2.1", "X-Forwarded-For", "192.0.2.1", "X-Forwarded-For", "10.0.0.2");
    }

    @Test
    void whatAClientMadeUpBesideXForwardedForCountsForNothing() {
        assertComesFrom("192.0.2.1", "Forwarded", "for=198.51.100.9", "X-Forwarded-For", "192.0.2.1");
        assertComesFrom("192.0.2.1", "X-Forwarded-For", "", "Forwarded", "for=192.0.2.1");
    }

    @Test
    void theSchemeIsTheNearestProxys() {
        assertEquals(Optional.empty(), read().scheme());
        assertEquals(
                Optional.of("https"), read("X-Forwarded-Proto", "http, HTTPS").scheme());
        assertEquals(
                Optional.of("https"),
                read("X-Forwarded-Proto", "https", "X-Forwarded-For", "192.0.2.1")
                        .scheme());
        assertEquals(
                Optional.of("https"),
                read("Forwarded", "for=192.0.2.1;proto=\"https\", for=10.0.0.2;proto=http")
                        .scheme());
        assertEquals(
                Optional.empty(),
                read("Forwarded", "for=192.0.2.1", "X-Forwarded-Proto", "https").scheme());
    }
}
