package prosa.adapter.javalin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import prosa.delivery.Collapse;
import prosa.dialect.JsonDialect;
import prosa.dialect.Phrases;
import prosa.domain.Reason;
import prosa.language.Language;

/** What Jetty refuses before Javalin sees it (a request that is none, one that is too large) is told in the same form as all else. */
final class JettyErrors extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        Collapse.ifOutOfMemory(cause);
        answer(request, response, code, callback);
    }

    /** The same, where the request has already reached the servlets. */
    static final class InContext extends ErrorPageErrorHandler {
        @Override
        protected void generateResponse(
                Request request,
                Response response,
                int code,
                @Nullable String message,
                @Nullable Throwable cause,
                Callback callback) {
            Collapse.ifOutOfMemory(cause);
            answer(request, response, code, callback);
        }
    }

    private static void answer(Request request, Response response, int code, Callback callback) {
        SecurityHeaders.addTo(response);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.VARY, "Accept-Language");
        String json = JsonDialect.error(
                word(code),
                languages(request).stream()
                        .map(language -> sentence(code, language))
                        .collect(Collectors.joining(" / ")));
        response.write(true, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), callback);
    }

    private static List<Language> languages(Request request) {
        String accepted = request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE);
        return accepted == null
                        && request.getConnectionMetaData().getConnection() instanceof RequestConnection connection
                ? connection.languages()
                : List.of(Refusals.language(accepted));
    }

    private static String word(int code) {
        return denial(code).map(Denial::word).orElse(reason(code).word());
    }

    private static Optional<Denial> denial(int code) {
        return Stream.of(Denial.values())
                .filter(known -> known.status().getCode() == code)
                .findFirst();
    }

    private static Reason reason(int code) {
        return code >= HttpStatus.INTERNAL_SERVER_ERROR_500 ? Reason.UNAVAILABLE : Reason.MALFORMED;
    }

    private static String sentence(int code, Language language) {
        Optional<Denial> denial = denial(code);
        if (denial.isPresent()) {
            return denial.get().sentence(language);
        }
        return reason(code) == Reason.UNAVAILABLE
                ? new Phrases(language).refusal(Reason.UNAVAILABLE)
                : malformed(code, language);
    }

    private static String malformed(int code, Language language) {
        boolean large = code == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 || code == HttpStatus.URI_TOO_LONG_414;
        return switch (language) {
            case ENGLISH ->
                large ? "The headers of the request are too large." : "This is not a request as HTTP has them.";
            case PORTUGUESE ->
                large
                        ? "Os cabeçalhos da requisição são grandes demais."
                        : "Isto não é uma requisição como o HTTP manda.";
        };
    }
}
