package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import prosa.dialect.JsonDialect;

/** {@code /https}: where the same is to be had over TLS, for a page that came in the clear and has to say so. */
final class HttpsRoute {
    private final Supplier<OptionalInt> port;

    /** @param port of HTTPS, while there is one */
    HttpsRoute(Supplier<OptionalInt> port) {
        this.port = port;
    }

    void install(RoutesConfig routes) {
        routes.get("/https", this::answer);
    }

    private void answer(Context request) {
        Query.of(request).allowing(Set.of());
        request.header("Cache-Control", "no-store")
                .contentType("application/json")
                .result(JsonDialect.port(port.get()));
    }
}
