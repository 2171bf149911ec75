package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.ExceptionHandler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.Chat;
import prosa.delivery.Collapse;
import prosa.dialect.JsonDialect;
import prosa.domain.Fault;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.language.Language;

/** How a no is told over HTTP: a status, and {@code {"reason": ..., "message": ...}}. */
final class Refusals {
    private static final String JSON = "application/json";
    private static final String HTML = "text/html";
    private static final String HTML_UTF8 = "text/html;charset=utf-8";
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    static void install(RoutesConfig routes) {
        on(routes, Refused.class, (refused, request) -> answer(request, refused.reason(), refused.fault()));
        on(routes, Denied.class, (denied, request) -> deny(request, denied.denial(), denied.option()));
        on(routes, HttpResponseException.class, (status, request) -> {
            request.status(status.getStatus());
            if (status.getStatus() == HttpStatus.CONTENT_TOO_LARGE.getCode()) {
                answer(request, Reason.TEXT_TOO_LONG, Optional.empty());
            }
            allowed(status).ifPresent(methods -> request.header("Allow", methods));
        });
        on(routes, Exception.class, (failure, request) -> {
            Collapse.ifOutOfMemory(failure);
            if (isTooLate(failure)) {
                deny(request, Denial.REQUEST_TIMEOUT);
                return;
            }
            if (isClients(failure)) {
                answer(request, Reason.MALFORMED, Optional.empty());
                return;
            }
            Optional<Refused> refused = Chat.refusalOf(failure);
            if (refused.isPresent()) {
                answer(request, refused.get().reason(), refused.get().fault());
                return;
            }
            Reason reason = Chat.reasonOf(failure);
            if (reason == Reason.UNAVAILABLE) {
                LOG.warn("{} {} failed: {}", request.method(), request.path(), failure.toString());
            }
            answer(request, reason, Optional.empty());
        });
        routes.error(HttpStatus.NOT_FOUND, request -> deny(request, Denial.NOT_FOUND));
        routes.error(HttpStatus.METHOD_NOT_ALLOWED, request -> deny(request, Denial.METHOD_NOT_ALLOWED));
    }

    /**
     * With an end: Javalin tries for ever to answer what can't be answered, and once Jetty has done with a request, as its client has gone
     * (over HTTP/2 that is seen at once), all that it is asked fails.
     */
    private static <E extends Exception> void on(RoutesConfig routes, Class<E> type, ExceptionHandler<E> answer) {
        routes.exception(type, (failure, request) -> {
            try {
                answer.handle(failure, request);
            } catch (RuntimeException e) {
                nobodyWaits(e);
            }
        });
    }

    /** What Javalin knows of a path that has no such method. It says so in other words to browsers. */
    private static Optional<String> allowed(HttpResponseException status) {
        return Optional.ofNullable(status.getDetails().get("availableMethods"))
                .or(() -> Optional.ofNullable(status.getDetails().get("Available methods")));
    }

    /** What is no exception gets no further in Javalin. */
    static void error(HttpServletResponse response, Error error) {
        Collapse.ifOutOfMemory(error);
        LOG.error("A request failed", error);
        try {
            response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.getCode());
        } catch (RuntimeException e) {
            nobodyWaits(e);
        }
    }

    private static void nobodyWaits(RuntimeException why) {
        LOG.debug("Nobody waits for this answer any more", why);
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

    /** Who is one too many before anything was asked. What they have sent by then may make the system cut off the answer. */
    static void turnAway(SocketChannel channel, boolean encrypted, Refused refused) {
        try (channel) {
            if (!encrypted) {
                HttpStatus status = statusOf(refused.reason());
                String body = new JsonDialect(Language.ENGLISH).error(refused.reason(), refused.fault());
                String head = "HTTP/1.1 " + status.getCode() + " " + status.getMessage() + "\r\nContent-Type: " + JSON
                        + "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n"
                        + retryAfter(refused.fault())
                                .map(seconds -> "Retry-After: " + seconds + "\r\n")
                                .orElse("") + "Connection: close\r\n\r\n";
                channel.configureBlocking(false);
                channel.write(ByteBuffer.wrap((head + body).getBytes(StandardCharsets.UTF_8)));
                channel.shutdownOutput();
            }
        } catch (IOException e) {
            LOG.debug("Who was turned away has gone", e);
        }
    }

    /** In whole seconds (RFC 9110 §10.2.3), rounded up. */
    private static Optional<Long> retryAfter(Optional<Fault> fault) {
        return fault.orElse(null) instanceof Fault.TooSoon(Duration wait)
                ? Optional.of(wait.plusNanos(999_999_999).toSeconds())
                : Optional.empty();
    }

    private static void answer(Context request, Reason reason, Optional<Fault> fault) {
        retryAfter(fault).ifPresent(seconds -> request.header("Retry-After", Long.toString(seconds)));
        answer(request, statusOf(reason), JSON, new JsonDialect(language(request)).error(reason, fault));
    }

    private static void deny(Context request, Denial denial) {
        deny(request, denial, Optional.empty());
    }

    /**
     * People who came by a browser get a page, and programs get JSON.
     *
     * @param option that would let them in
     */
    private static void deny(Context request, Denial denial, Optional<String> option) {
        request.header("Cache-Control", "no-store").header("Vary", "Accept, Accept-Language");
        switch (denial) {
            case UPGRADE_REQUIRED ->
                request.header("Upgrade", "websocket")
                        .header("Connection", "Upgrade")
                        .header("Sec-WebSocket-Version", Handshake.VERSION);
            case UNSUPPORTED_MEDIA_TYPE -> request.header("Accept-Encoding", "identity");
            // RFC 9110 §11.6.1 wants one, and no browser can answer it: signing in is the proxy's.
            case UNAUTHORIZED -> request.header("WWW-Authenticate", "Proxy realm=\"prosa\"");
            case CROSS_SITE, NOT_FOUND, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, REQUEST_TIMEOUT -> {}
        }
        Language language = language(request);
        if (isForPeople(denial) && Accept.of(request).prefers(HTML, JSON)) {
            answer(request, denial.status(), HTML_UTF8, ErrorPage.page(denial, request.path(), language));
        } else {
            answer(request, denial.status(), JSON, JsonDialect.error(denial.word(), denial.sentence(language, option)));
        }
    }

    /** Whether somebody who types an address, or follows an old link, comes upon it. */
    private static boolean isForPeople(Denial denial) {
        return switch (denial) {
            case NOT_FOUND, METHOD_NOT_ALLOWED, UPGRADE_REQUIRED -> true;
            case CROSS_SITE, UNAUTHORIZED, NOT_ACCEPTABLE, REQUEST_TIMEOUT, UNSUPPORTED_MEDIA_TYPE -> false;
        };
    }

    private static void answer(Context request, HttpStatus status, String type, String body) {
        request.status(status).contentType(type);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (request.header("Sec-WebSocket-Version") == null) {
            request.result(bytes);
            return;
        }
        // Javalin writes no result where it was asked for a WebSocket.
        try {
            request.res().getOutputStream().write(bytes);
        } catch (IOException e) {
            LOG.debug("{} left before the answer", request.ip());
        }
    }

    static Language language(Context request) {
        return language(request.header("Accept-Language"));
    }

    static Language language(@Nullable String accepted) {
        return accepted == null ? Language.ENGLISH : Language.preferred(accepted);
    }

    private static HttpStatus statusOf(Reason reason) {
        return switch (reason) {
            case NAME_TAKEN, REMOVED -> HttpStatus.CONFLICT;
            case ROOM_CLOSED, NAME_CLAIMED, NOT_OPERATOR, MUTED, BANNED -> HttpStatus.FORBIDDEN;
            case NO_MESSAGE -> HttpStatus.NOT_FOUND;
            case TEXT_TOO_LONG -> HttpStatus.CONTENT_TOO_LARGE;
            case UNAVAILABLE, BUSY -> HttpStatus.SERVICE_UNAVAILABLE;
            case TOO_FAST -> HttpStatus.TOO_MANY_REQUESTS;
            case NAME_INVALID, TEXT_EMPTY, MALFORMED, UNKNOWN_COMMAND, ROOM_INVALID, NOT_JOINED, NOT_HERE, TOO_SLOW ->
                HttpStatus.BAD_REQUEST;
        };
    }
}
