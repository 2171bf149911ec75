package prosa.adapter.javalin;

import java.util.Locale;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.Callback;

/**
 * A request gets a thread once its body is here: those who send slowly hold none. A least rate would not do, as Jetty measures it from the
 * first byte on: a short text would be refused whenever a thread had to wait some milliseconds for its turn.
 *
 * <p>Who waits to be asked for the body ({@code Expect: 100-continue}, RFC 9110 §10.1.1) is asked only if the head could be accepted. Else
 * the request goes on without its body, and is refused for its head.
 */
final class BodiesFirst extends EagerContentHandler {
    private static final String CONTINUE = "100-continue";

    private final Predicate<Request> couldBeAccepted;

    BodiesFirst(Predicate<Request> couldBeAccepted) {
        super(new RetainedContentLoaderFactory(TextMessage.MAX_BYTES, 0, false));
        this.couldBeAccepted = couldBeAccepted;
    }

    @Override
    protected boolean onConditionsMet(Request request, Response response, Callback callback) throws Exception {
        String expected = request.getHeaders().get(HttpHeader.EXPECT);
        boolean waits = expected != null && expected.toLowerCase(Locale.ROOT).contains(CONTINUE);
        return waits && !couldBeAccepted.test(request)
                ? nextHandler(request, response, callback)
                : super.onConditionsMet(request, response, callback);
    }
}
