package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** What a browser may do with what we serve: run our own scripts and styles, talk to us and to the tutorial, and nothing else. */
final class ContentSecurity {
    private final Supplier<OptionalInt> tutorialPort;

    ContentSecurity(Supplier<OptionalInt> tutorialPort) {
        this.tutorialPort = tutorialPort;
    }

    void addTo(Context request) {
        request.header("Content-Security-Policy", policy(request.req().getServerName(), request.header("Host")))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin");
    }

    private String policy(String hostName, String host) {
        StringBuilder connect = new StringBuilder("'self'");
        if (host != null && host.matches("[A-Za-z0-9.:\\[\\]-]+")) {
            // 'self' does not cover ws: in every browser that is in use.
            connect.append(" ws://").append(host).append(" wss://").append(host);
            tutorialPort
                    .get()
                    .ifPresent(port -> connect.append(" http://")
                            .append(hostName)
                            .append(':')
                            .append(port));
        }
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src "
                + connect
                + "; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }
}
