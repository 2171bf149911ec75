package prosa.lab.client;

/** A client that follows and speaks on one connection: WebSocket and TCP. It is not shown what it says itself. */
public interface Talker extends Follower, Speaker {
    @Override
    default boolean waitsForTheAnswer() {
        return false;
    }

    @Override
    Connection connection();

    @Override
    default void close() {
        connection().close();
    }
}
