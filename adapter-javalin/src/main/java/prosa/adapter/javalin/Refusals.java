package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.Chat;
import prosa.application.Collapse;
import prosa.dialect.JsonDialect;
import prosa.dialect.Language;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** How a no is told over HTTP: a status, and {@code {"reason": ..., "message": ...}}. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    static void install(RoutesConfig routes) {
        routes.exception(Refused.class, (refused, request) -> answer(request, refused.reason()));
        routes.exception(
                Forbidden.class,
                (forbidden, request) ->
                        answer(request, HttpStatus.FORBIDDEN, forbidden.reason(), forbidden.sentence()));
        routes.exception(HttpResponseException.class, (status, request) -> {
            request.status(status.getStatus());
            if (status.getStatus() == HttpStatus.CONTENT_TOO_LARGE.getCode()) {
                answer(request, Reason.TEXT_TOO_LONG);
            }
        });
        routes.exception(Exception.class, (failure, request) -> {
            Collapse.ifOutOfMemory(failure);
            if (isTooLate(failure)) {
                answer(request, HttpStatus.REQUEST_TIMEOUT, "request-timeout", "This body comes too slowly.");
                return;
            }
            if (isClients(failure)) {
                answer(request, Reason.MALFORMED);
                return;
            }
            Reason reason = Chat.reasonOf(failure);
            if (reason == Reason.UNAVAILABLE && !isRefused(failure)) {
                LOG.warn("{} {} failed: {}", request.method(), request.path(), failure.toString());
            }
            answer(request, reason);
        });
        routes.error(HttpStatus.NOT_FOUND, request -> answerBare(request, "not-found", "There is nothing here."));
        routes.error(
                HttpStatus.METHOD_NOT_ALLOWED,
                request -> answerBare(request, "method-not-allowed", "This can't be done here."));
    }

    /** What is no exception gets no further in Javalin. */
    static void error(HttpServletResponse response, Error error) {
        Collapse.ifOutOfMemory(error);
        LOG.error("A request failed", error);
        response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.getCode());
    }

    /** A body that didn't come in time ({@link RequestConnection}). */
    private static boolean isTooLate(Throwable failure) {
        return failure instanceof HttpException http && http.getCode() == HttpStatus.REQUEST_TIMEOUT.getCode()
                || failure.getCause() != null && failure.getCause() != failure && isTooLate(failure.getCause());
    }

    /** A body that was cut short, or is badly chunked. */
    private static boolean isClients(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof HttpException
                || failure.getCause() != null && failure.getCause() != failure && isClients(failure.getCause());
    }

    private static boolean isRefused(Throwable failure) {
        return failure instanceof Refused || failure.getCause() instanceof Refused;
    }

    static void answer(Context request, Reason reason) {
        answer(request, statusOf(reason), new JsonDialect(language(request)).error(reason));
    }

    static void answer(Context request, HttpStatus status, String reason, String sentence) {
        answer(request, status, JsonDialect.error(reason, sentence));
    }

    private static void answer(Context request, HttpStatus status, String json) {
        request.status(status).contentType("application/json");
        if (request.header("Sec-WebSocket-Version") == null) {
            request.result(json);
            return;
        }
        // Javalin writes no result where it was asked for a WebSocket.
        try {
            request.res().getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("{} left before the answer", request.ip());
        }
    }

    private static void answerBare(Context request, String reason, String sentence) {
        answer(request, request.status(), reason, sentence);
    }

    static Language language(Context request) {
        String accepted = request.header("Accept-Language");
        return accepted == null ? Language.ENGLISH : Language.preferred(accepted);
    }

    private static HttpStatus statusOf(Reason reason) {
        return switch (reason) {
            case NAME_TAKEN -> HttpStatus.CONFLICT;
            case TEXT_TOO_LONG -> HttpStatus.CONTENT_TOO_LARGE;
            case UNAVAILABLE, BUSY -> HttpStatus.SERVICE_UNAVAILABLE;
            case TOO_FAST -> HttpStatus.TOO_MANY_REQUESTS;
            case NAME_INVALID, TEXT_EMPTY, MALFORMED, UNKNOWN_COMMAND, ROOM_INVALID, NOT_JOINED, NOT_HERE, TOO_SLOW ->
                HttpStatus.BAD_REQUEST;
        };
    }
}
