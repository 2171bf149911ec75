package prosa.doctor.check;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

/**
 * Whether who comes back says where they were: from a position of another epoch there has to be a gap. Where the feed is held back, a position
 * that is none has to be refused.
 */
record LastEventIdIsKept(Site site, Patience patience) implements Check {
    /** Of the first second of 1970. */
    private static final String OF_ANOTHER_EPOCH = "Last-Event-ID: 1-1";

    private static final String NONE = "Last-Event-ID: none";
    private static final Duration BEHIND_THE_OPENING = Duration.ofSeconds(3);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    @Override
    public String id() {
        return "last-event-id";
    }

    @Override
    public Finding find() throws IOException {
        try (Feed feed = Feed.open(site, patience.held(), OF_ANOTHER_EPOCH)) {
            feed.awaitOpening();
            return awaitGap(feed);
        } catch (SocketTimeoutException e) {
            return byRefusal();
        }
    }

    private Finding awaitGap(Feed feed) throws IOException {
        try {
            feed.arrivals().within(BEHIND_THE_OPENING);
            feed.awaitEvent("gap");
            return right("kept");
        } catch (SocketTimeoutException e) {
            return wrong("lost");
        }
    }

    /** To HEAD, which ends with its head whatever is held back. */
    private Finding byRefusal() throws IOException {
        List<String> fields = List.of("Accept: text/event-stream", NONE);
        String path = "/feed?room=" + site.room();
        try (Exchange exchange = Exchange.begin(site, "HEAD", path, fields, BEHIND_THE_OPENING)) {
            return switch (exchange.head().status()) {
                case BAD_REQUEST -> right("kept");
                case OK -> wrong("lost");
                default -> notTried("held");
            };
        }
    }
}
