package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.adapter.javalin.RunningHttp.Answer;
import prosa.test.wire.client.Json;

/** Whoever is told no is told so in their language, wherever in the server it is said. */
@Timeout(60)
class RefusalsLanguageTest {
    private static RunningHttp http;

    @BeforeAll
    static void open() {
        http = new RunningHttp();
    }

    @AfterAll
    static void shut() {
        http.close();
    }

    /** Of a request its line, its headers and its body, between bars. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "404; GET /nowhere; There is nothing here.; Não há nada aqui.",
                "405; DELETE /messages; This can't be done here.; Isso não pode ser feito aqui.",
                "405; POST /feed|Content-Length: 0; This can't be done here.; Isso não pode ser feito aqui.",
                "405; PUT /css/prosa.css|Content-Length: 0; This can't be done here.; Isso não pode ser feito aqui.",
                "406; GET /feed|Accept: application/json; This is a text/event-stream; Isto é um text/event-stream",
                "415; POST /messages?name=Ana|Content-Type: image/png|Content-Length: 2; A message is text/plain"
                        + "; Uma mensagem é text/plain",
                "426; GET /chat; This address speaks WebSocket; Este endereço fala WebSocket",
                "426; GET /testing; This address speaks WebSocket; Este endereço fala WebSocket",
                "403; GET /rooms|Host: rebound.example; Pages of other sites; Páginas de outros sites",
                "403; POST /messages?name=Ana|Origin: https://evil.example|Content-Length: 2; Pages of other sites"
                        + "; Páginas de outros sites",
                "403; GET /chat?name=Ana|Origin: https://evil.example|Connection: Upgrade, close|Upgrade: websocket"
                        + "|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg=="
                        + "; Pages of other sites; Páginas de outros sites",
                "400; GET /messages?limit=0; limit must be; limit tem de ser",
                "400; POST /messages?name=Ana|Content-Length: ten; This is not a request; Isto não é uma requisição",
                "431; GET /|X: LONG; The headers of the request are too large; Os cabeçalhos da requisição são grandes",
                "413; POST /messages?name=Ana|Content-Length: 5000|; A message may have at most 4,000 characters"
                        + "; Uma mensagem pode ter no máximo 4.000 caracteres",
                "413; POST /messages?name=Ana|Content-Length: 70000|; A message may have at most 4,000 characters"
                        + "; Uma mensagem pode ter no máximo 4.000 caracteres",
            })
    void everyNoIsSaidInTheReadersLanguage(int status, String request, String english, String portuguese)
            throws IOException {
        for (String[] expected : new String[][] {
            {english}, {portuguese, "Accept-Language: pt-BR"}, {english, "Accept-Language: en, pt;q=0.9"}
        }) {
            String message = refused(status, request, Arrays.copyOfRange(expected, 1, expected.length));
            assertTrue(message.startsWith(expected[0]), message);
        }
    }

    /** Jetty refuses such a line before it reads the headers: which language it is to be in is not known. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Accept-Language: pt-BR"})
    void whatIsRefusedBeforeItsHeadersIsSaidInBoth(String language) throws IOException {
        assertEquals(
                "This is not a request as HTTP has them. / Isto não é uma requisição como o HTTP manda.",
                refused(400, "GET /%zz", language));
    }

    private static String refused(int status, String request, String... languages) throws IOException {
        String[] parts = request.replace("LONG", "x".repeat(20_000)).split("\\|", -1);
        String[] headers = Stream.concat(
                        Stream.of(languages), Arrays.stream(parts).skip(1))
                .filter(header -> !header.isEmpty())
                .toArray(String[]::new);
        Answer answer = http.ask(parts[0], body(headers), headers);
        assertEquals(status, answer.status(), answer::toString);
        assertEquals("application/json", answer.header("Content-Type"));
        return Json.parse(answer.body()).text("message");
    }

    private static byte[] body(String... headers) {
        return Stream.of(headers)
                .filter(header -> header.matches("Content-Length: [0-9]+"))
                .map(header -> "a".repeat(Integer.parseInt(header.replaceAll("\\D", ""))))
                .findFirst()
                .orElse("")
                .getBytes(StandardCharsets.UTF_8);
    }
}
