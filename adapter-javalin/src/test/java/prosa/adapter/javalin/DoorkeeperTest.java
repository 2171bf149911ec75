package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.application.port.Origin;

class DoorkeeperTest {
    private static final int OWN_PORT = 8080;

    private final Set<Origin> others = new HashSet<>();
    private OptionalInt relayPort = OptionalInt.empty();
    private final Doorkeeper onLoopback = doorkeeper("127.0.0.1", "::1");
    private final Doorkeeper onNetwork = doorkeeper("0.0.0.0");

    private Doorkeeper doorkeeper(String... addresses) {
        return new Doorkeeper(
                Stream.of(addresses).map(InetAddress::ofLiteral).toList(), others, () -> relayPort, () -> OWN_PORT);
    }

    private static Context request(@Nullable String host, @Nullable String origin) {
        Context request = mock(Context.class);
        when(request.header("Host")).thenReturn(host);
        when(request.header("Origin")).thenReturn(origin);
        return request;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8080",
                "LOCALHOST",
                "a.localhost:1",
                "127.0.0.1:8080",
                "127.1.2.3",
                "[::1]:8080",
                "localhost.",
                "localhost.:8080",
                "chat.localhost.:8080",
                "[0:0:0:0:0:0:0:1]",
                "[::0001]:8080",
                "127.0.0.1.:8080",
                "[::ffff:127.0.0.1]:8080"
            })
    void aLoopbackNameIsLetIn(String host) {
        assertDoesNotThrow(() -> onLoopback.checkHost(request(host, null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "192.168.0.1:8080",
                "[::2]",
                "localhost..",
                "evil-localhost",
                "127.0.0.256",
                "[::1",
                "[::1%25lo]",
                "localhost:x",
                "localhost:99999",
                "",
                ".",
                "user@localhost"
            })
    void anotherNameIsDnsRebinding(String host) {
        assertThrows(Denied.class, () -> onLoopback.checkHost(request(host, null)));
        assertDoesNotThrow(() -> onNetwork.checkHost(request(host, null)));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://localhost:8080",
        "Chat.Example, https://chat.example",
        "chat.example:443, https://chat.example",
        "[::1]:8080, http://[::1]:8080",
        "localhost.:8080, http://localhost:8080",
        "localhost:8080, http://localhost.:8080",
        "chat.example., https://Chat.Example",
        "[0:0::1]:8080, http://[::1]:8080",
        "[2001:DB8::1]:8080, http://[2001:db8:0:0:0:0:0:1]:8080",
        "[::ffff:192.0.2.1]:80, http://192.0.2.1"
    })
    void theServersOwnPagesMaySpeak(String host, String origin) {
        assertDoesNotThrow(() -> onNetwork.checkOrigin(origin, host, false));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://evil.example",
        "localhost:8080, http://localhost:5500",
        "localhost:8080, http://localhost:8080.evil.example",
        "localhost:8080, nonsense",
        "localhost:8080, 'http://a b'"
    })
    void otherSitesMayNot(String host, String origin) {
        assertThrows(Denied.class, () -> onLoopback.checkOrigin(origin, host, false));
    }

    @Test
    void aPageOfOurOwnMaySpeakThroughTheRelay() {
        assertThrows(Denied.class, () -> onLoopback.checkOrigin("http://localhost:8080", "localhost:40001", false));
        relayPort = OptionalInt.of(40001);
        assertDoesNotThrow(() -> onLoopback.checkOrigin("http://localhost:8080", "localhost:40001", false));
        assertDoesNotThrow(() -> onNetwork.checkOrigin("http://[::1]:8080", "[::1]:40001", false));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:40001, http://evil.example:8080",
        "localhost:40001, http://127.0.0.1:8080",
        "localhost:40001, http://localhost:40001",
        "localhost:40001, http://localhost:8081",
        "localhost:40002, http://localhost:8080",
        "localhost, http://localhost:8080"
    })
    void nobodyElseMaySpeakThroughTheRelay(String host, String origin) {
        relayPort = OptionalInt.of(40001);
        assertThrows(Denied.class, () -> onLoopback.checkOrigin(origin, host, false));
    }

    @Test
    void aPageFromDiskMaySpeakOnlyOnLoopback() {
        assertDoesNotThrow(() -> onLoopback.checkOrigin("null", "localhost:8080", false));
        assertThrows(Denied.class, () -> onNetwork.checkOrigin("null", "chat.example", false));
    }

    @Test
    void aProgramSaysNothingOfItsOrigin() {
        assertDoesNotThrow(() -> onNetwork.checkOrigin(null, "chat.example", false));
    }
}
