package prosa.adapter.javalin;

import java.io.IOException;
import prosa.delivery.FeedSubscriber;

/** The body of an answer of HTTP that somebody follows with, for as long as there is something to tell. */
interface AnswerStream extends FeedSubscriber {
    /**
     * Ends it so that no client takes what it was told for the whole (RFC 9112 §8, RFC 9113 §8.1). Instead of {@link #close}, by whoever
     * may call that.
     *
     * @throws IOException if it is closed already
     */
    void cut() throws IOException;
}
