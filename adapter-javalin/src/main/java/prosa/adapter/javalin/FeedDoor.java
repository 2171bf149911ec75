package prosa.adapter.javalin;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import prosa.application.Chat;
import prosa.application.OpenFeed;
import prosa.delivery.FeedSubscriber;

/**
 * {@code GET /feed}, for whoever may follow it (decision 41). Who may not, or asks for the head alone, goes on to {@link FeedRoute}.
 */
final class FeedDoor implements ShortWay {
    private static final Set<String> PATHS = Set.of("/feed", "/feed/");

    private final Chat chat;
    private final SecurityHeaders securityHeaders;
    private final Function<Request, Optional<FeedRoute.Wish>> admission;

    /** @param admission what a request wants to hear that may have it; of others nothing */
    FeedDoor(Chat chat, SecurityHeaders securityHeaders, Function<Request, Optional<FeedRoute.Wish>> admission) {
        this.chat = chat;
        this.securityHeaders = securityHeaders;
        this.admission = admission;
    }

    @Override
    public boolean lets(Request request, Response response, Callback callback) {
        Optional<FeedRoute.Wish> admitted = isFeed(request) ? admission.apply(request) : Optional.empty();
        if (admitted.isEmpty()) {
            return false;
        }
        FeedRoute.Wish wish = admitted.get();
        securityHeaders.addTo(request, response);
        HttpFields.Mutable head = response.getHeaders();
        FeedStream.head(FeedRoute.CONTENT_TYPE, head::put);
        response.setStatus(HttpStatus.OK_200);
        Function<FeedSubscriber, OpenFeed> follow =
                subscriber -> chat.follow(wish.peer(), wish.listening(), wish.codec(), subscriber);
        if (FeedOnHttp2.carries(request)) {
            FeedOnHttp2.begin(request, response, callback, follow);
            return true;
        }
        FeedStream.takeOver(request, follow);
        // Not the last: Jetty would add that the length is 0.
        response.write(false, null, callback);
        return true;
    }

    /** Without a key: what is refused here is looked at once more, and a wrong key counts each time that it is. */
    private static boolean isFeed(Request request) {
        return ShortWay.isPlainGet(request)
                && PATHS.contains(request.getHttpURI().getPath())
                && !request.getHeaders().contains(HttpHeader.UPGRADE)
                && !request.getHeaders().contains(CredentialFields.ROOM_KEY);
    }
}
