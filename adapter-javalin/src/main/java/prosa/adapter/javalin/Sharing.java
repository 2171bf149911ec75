package prosa.adapter.javalin;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;

/** What browsers want to hear before a page of another site that may speak here is given an answer (Fetch, "CORS protocol"). */
final class Sharing {
    private static final String SECONDS = "600";

    /** What our own pages send, secrets among it. */
    private static final String HEADERS = String.join(
            ", ",
            "Content-Type",
            "Idempotency-Key",
            "Last-Event-ID",
            "Cache-Control",
            CredentialFields.ROOM_KEY,
            CredentialFields.CLAIM,
            CredentialFields.OPERATOR);

    private Sharing() {}

    /** @param request of a page that was named: what it asks for, it may have */
    static void allow(Context request) {
        request.header("Access-Control-Allow-Origin", String.valueOf(request.header("Origin")))
                .header("Access-Control-Expose-Headers", MessagesRoute.EXPOSED)
                .header(SecurityHeaders.RESOURCE_POLICY, "cross-origin")
                .header("Vary", "Origin");
        if (request.method() == HandlerType.OPTIONS && request.header("Access-Control-Request-Method") != null) {
            request.header("Access-Control-Allow-Methods", "GET, HEAD, POST")
                    .header("Access-Control-Allow-Headers", HEADERS)
                    .header("Access-Control-Max-Age", SECONDS)
                    .status(HttpStatus.NO_CONTENT)
                    .skipRemainingHandlers();
        }
    }
}
