package prosa.application.port;

import prosa.delivery.FeedSubscriber;

/** Port: an endless event stream beside the chat's, on the same server, for pages of any origin. */
public interface OpenStream {
    /** Where it is found, such as {@code /tutorial/voltage}. */
    String path();

    /** Whether there is one now. */
    boolean isServed();

    /**
     * Somebody listens from now on, once the head is written. On any thread; who writes to one listener is one thread.
     *
     * @return to be run when the connection is gone; any thread, maybe more than once
     */
    Runnable listen(FeedSubscriber listener);
}
