package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorkeeperTest {
    private final Doorkeeper onLoopback =
            new Doorkeeper(List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")));
    private final Doorkeeper onNetwork = new Doorkeeper(List.of(InetAddress.ofLiteral("0.0.0.0")));

    private static Context request(@Nullable String host, @Nullable String origin) {
        Context request = mock(Context.class);
        when(request.header("Host")).thenReturn(host);
        when(request.header("Origin")).thenReturn(origin);
        return request;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:8080", "LOCALHOST", "a.localhost:1", "127.0.0.1:8080", "127.1.2.3", "[::1]:8080"})
    void aLoopbackNameIsLetIn(String host) {
        assertDoesNotThrow(() -> onLoopback.checkHost(request(host, null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.0.1:8080", "[::2]"})
    void anotherNameIsDnsRebinding(String host) {
        assertThrows(Forbidden.class, () -> onLoopback.checkHost(request(host, null)));
        assertDoesNotThrow(() -> onNetwork.checkHost(request(host, null)));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://localhost:8080",
        "Chat.Example, https://chat.example",
        "chat.example:443, https://chat.example",
        "[::1]:8080, http://[::1]:8080"
    })
    void theServersOwnPagesMaySpeak(String host, String origin) {
        assertDoesNotThrow(() -> onNetwork.checkOrigin(request(host, origin)));
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
        assertThrows(Forbidden.class, () -> onLoopback.checkOrigin(request(host, origin)));
    }

    @Test
    void aPageFromDiskMaySpeakOnlyOnLoopback() {
        assertDoesNotThrow(() -> onLoopback.checkOrigin(request("localhost:8080", "null")));
        assertThrows(Forbidden.class, () -> onNetwork.checkOrigin(request("chat.example", "null")));
    }

    @Test
    void aProgramSaysNothingOfItsOrigin() {
        assertDoesNotThrow(() -> onNetwork.checkOrigin(request("chat.example", null)));
    }
}
