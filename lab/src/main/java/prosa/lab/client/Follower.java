package prosa.lab.client;

import prosa.lab.Wire;

/** A client that follows a room. Any thread may call it. */
public interface Follower extends AutoCloseable {
    Wire wire();

    /** After which message to resume: that of the last {@code said}, or before the first the place at which following began. */
    String position();

    /** The connection, to count on, to stall and to cut. */
    Connection connection();

    /** What it took to connect. */
    Opening opening();

    /** Ends the connection with a FIN. Returns at once; the listener is told when it has ended. */
    @Override
    default void close() {
        connection().close();
    }

    /**
     * What it took until the room was followed.
     *
     * @param up bytes written, without TCP/IP headers
     * @param down bytes read
     * @param roundTrips how often one side waited for the other, TCP's and TLS's own handshakes included
     */
    record Opening(Counts up, Counts down, int roundTrips) {}
}
