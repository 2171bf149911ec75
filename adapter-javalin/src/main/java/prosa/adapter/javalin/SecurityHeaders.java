package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** What a browser may do with what we serve: run our own scripts and styles, talk to us and to the tutorial, and nothing else. */
final class SecurityHeaders {
    /** Who may put an answer into a page without asking. What pages of other sites may read says {@code cross-origin} instead. */
    static final String RESOURCE_POLICY = "Cross-Origin-Resource-Policy";

    private static final String CONTENT_POLICY = "Content-Security-Policy";

    private static final Map<String, String> ALWAYS = always();

    private final Supplier<OptionalInt> tutorialPort;

    SecurityHeaders(Supplier<OptionalInt> tutorialPort) {
        this.tutorialPort = tutorialPort;
    }

    private static Map<String, String> always() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put(RESOURCE_POLICY, "same-origin");
        headers.put(
                "Permissions-Policy",
                "camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()");
        return headers;
    }

    void addTo(Context request) {
        ALWAYS.forEach(request::header);
        request.header(CONTENT_POLICY, policy(request.req().getServerName(), request.header("Host")));
    }

    /** The same where no servlet has been. */
    void addTo(Request request, Response response) {
        ALWAYS.forEach((name, value) -> response.getHeaders().put(name, value));
        String policy =
                policy(Request.getServerName(request), request.getHeaders().get(HttpHeader.HOST));
        response.getHeaders().put(CONTENT_POLICY, policy);
    }

    /** Where no request of ours has been, as on Jetty's own errors. */
    static void addTo(Response response) {
        ALWAYS.forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(CONTENT_POLICY, policy("'self'"));
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
        return policy(connect.toString());
    }

    private static String policy(String connect) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src "
                + connect
                + "; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }
}
