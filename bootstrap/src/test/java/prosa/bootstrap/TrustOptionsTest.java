package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import prosa.application.port.Origin;
import prosa.application.port.Proxies;
import prosa.application.port.Subnet;
import prosa.application.port.Trust;
import prosa.application.port.UserHeader;

/** Who is believed what. */
class TrustOptionsTest {
    private static Trust run(Map<String, String> env, String... args) {
        Parsed parsed = Options.parse(List.of(args), env);
        return assertInstanceOf(Parsed.Run.class, parsed, parsed::toString)
                .options()
                .trust();
    }

    private static Proxies proxies(String... subnets) {
        return new Proxies(List.of(subnets).stream()
                .map(text -> Subnet.parse(text).orElseThrow())
                .toList());
    }

    @Test
    void nobodyIsBelievedAnythingByDefault() {
        assertEquals(Trust.NONE, run(Map.of()));
    }

    @Test
    void proxiesAndOriginsMayBeSeveral() {
        Trust expected = new Trust(
                proxies("10.0.0.0/8", "::1"),
                Set.of(new Origin("https://chat.example"), new Origin("null")),
                Optional.empty());
        assertEquals(
                expected,
                run(
                        Map.of("PROSA_TRUST_PROXY", "192.0.2.1"),
                        "--trust-proxy=10.0.0.0/8",
                        "--trust-proxy",
                        "::1",
                        "--allow-origin=https://chat.example",
                        "--allow-origin=null"));
        assertEquals(
                expected,
                run(Map.of("PROSA_TRUST_PROXY", "10.0.0.0/8, ::1", "PROSA_ALLOW_ORIGIN", "https://chat.example,null")));
    }

    @Test
    void aTrustedProxyMayVouchForNames() {
        assertEquals(
                Optional.of(new UserHeader("X-User", Optional.empty())),
                run(Map.of(), "--trust-proxy=::1", "--user-header=X-User").userHeader());
        assertEquals(
                Optional.of(new UserHeader("X-User", Optional.of(new UserHeader.Strip("@", true)))),
                run(Map.of("PROSA_USER_HEADER", "X-User", "PROSA_USER_HEADER_STRIP", "@*"), "--trust-proxy=::1")
                        .userHeader());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--trust-proxy=chat.example|--trust-proxy: \"chat.example\" is neither an address nor a subnet, such as"
                        + " 10.0.0.0/8 or 2001:db8::/32",
                "--trust-proxy=|--trust-proxy: \"\" is neither an address nor a subnet, such as 10.0.0.0/8 or"
                        + " 2001:db8::/32",
                "--allow-origin=https://chat.example/|--allow-origin: \"https://chat.example/\" is not an origin, such as"
                        + " https://chat.example, nor null",
                "--user-header=X-User|--user-header: needs --trust-proxy too",
                "--user-header-strip=@*|--user-header-strip: needs --user-header too",
                "--trust-proxy=::1 --user-header=X:User|--user-header: \"X:User\" is not the name of a header",
                "--trust-proxy=::1 --user-header=X --user-header-strip=@|--user-header-strip: \"@\" is not a text with *"
                        + " before or behind it, such as @*"
            })
    void whatMakesNoSenseIsNamed(String args, String line) {
        Parsed parsed = Options.parse(List.of(args.split(" ")), Map.of());
        assertEquals(new Parsed.Bad("prosa: " + line), parsed);
    }
}
