package prosa.application.port;

/**
 * Port: what orders, keeps and gives back messages, as a whole. SQLite for one machine, memory for a lab; JetStream's shape
 * (asynchronous publish, an order given from outside, messages of other nodes) fits as well.
 */
public interface MessageEngine extends MessagePublisher, MessageHistory, AutoCloseable {
    /** Starts handing on what is kept. Called once, before the first {@link #publish}. */
    void start(KeptListener listener);

    /** The few facts that are kept beside the history, for as long as the history itself. Any thread. */
    Register register();

    /**
     * Keeps what was published and registered, then lets go of everything. What is published or read afterwards is refused as
     * {@link prosa.domain.Reason#UNAVAILABLE}. Blocks until done. Closing twice is closing once.
     */
    @Override
    void close();
}
