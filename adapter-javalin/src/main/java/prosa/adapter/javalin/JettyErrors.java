package prosa.adapter.javalin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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
        String json = json(code, Refusals.language(request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE)));
        response.write(true, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), callback);
    }

    private static String json(int code, Language language) {
        Optional<Denial> denial = Stream.of(Denial.values())
                .filter(known -> known.status().getCode() == code)
                .findFirst();
        if (denial.isPresent()) {
            return JsonDialect.error(denial.get().word(), denial.get().sentence(language));
        }
        if (code >= HttpStatus.INTERNAL_SERVER_ERROR_500) {
            return new JsonDialect(language).error(Reason.UNAVAILABLE, Optional.empty());
        }
        return JsonDialect.error(Reason.MALFORMED.word(), HttpStatus.getMessage(code));
    }
}
