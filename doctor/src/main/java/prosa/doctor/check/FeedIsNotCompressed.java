package prosa.doctor.check;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;

/** Whether the feed comes as Prosa sends it: who compresses it gathers it, and may let guess what is in it. */
record FeedIsNotCompressed(Site site, Patience patience) implements Check {
    @Override
    public String id() {
        return "compression";
    }

    @Override
    public Finding find() throws IOException {
        try (Feed feed = Feed.open(site, patience.held())) {
            Optional<String> encoding =
                    feed.head().field("content-encoding").filter(coding -> !coding.equals("identity"));
            return encoding.isPresent() ? wrong("compressed", encoding.get()) : right("plain");
        } catch (SocketTimeoutException e) {
            return notTried("held");
        }
    }
}
