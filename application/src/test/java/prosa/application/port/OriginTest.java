package prosa.application.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
    @ParameterizedTest
    @CsvSource({
        "https://chat.example, https://chat.example",
        "HTTPS://Chat.Example:443, https://chat.example",
        "http://chat.example:80, http://chat.example",
        "http://chat.example:443, http://chat.example:443",
        "https://chat.example:8443, https://chat.example:8443",
        "http://[::1]:8080, http://[0:0:0:0:0:0:0:1]:8080",
        "capacitor://localhost, capacitor://localhost",
        "null, 'null'"
    })
    void oneOriginIsSpelledInOneWay(String text, String spelled) {
        assertEquals(Optional.of(new Origin(spelled)), Origin.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "chat.example",
                "https://",
                "https://chat.example/",
                "https://chat.example/chat",
                "https://a@chat.example",
                "https://chat.example:99999",
                "https://*.example?",
                "*",
                "NULL",
                "https://a b"
            })
    void nothingElseIsOne(String text) {
        assertEquals(Optional.empty(), Origin.parse(text));
    }
}
