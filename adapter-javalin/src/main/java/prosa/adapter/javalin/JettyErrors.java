package prosa.adapter.javalin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import prosa.application.Collapse;
import prosa.dialect.JsonDialect;
import prosa.domain.Reason;

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
        answer(response, code, callback);
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
            answer(response, code, callback);
        }
    }

    private static void answer(Response response, int code, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        String json = JsonDialect.error(reason(code), HttpStatus.getMessage(code));
        response.write(true, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), callback);
    }

    private static String reason(int code) {
        return switch (code) {
            case HttpStatus.NOT_FOUND_404 -> "not-found";
            case HttpStatus.METHOD_NOT_ALLOWED_405 -> "method-not-allowed";
            case HttpStatus.REQUEST_TIMEOUT_408 -> "request-timeout";
            default ->
                code < HttpStatus.INTERNAL_SERVER_ERROR_500 ? Reason.MALFORMED.word() : Reason.UNAVAILABLE.word();
        };
    }
}
