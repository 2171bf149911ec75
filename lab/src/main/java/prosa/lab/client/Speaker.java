package prosa.lab.client;

import java.io.IOException;

/** A client that says something in a room. One thread at a time. */
public interface Speaker extends AutoCloseable {
    /**
     * Says {@code text}. Over WebSocket and TCP this returns when it was written, and the listener is told of the acknowledgement; over
     * HTTP, which has but one request on a connection at a time, when it was answered.
     *
     * @throws IOException if the connection has ended, or the answer is a refusal
     */
    void say(String text) throws IOException;

    /** The same with bytes that need not be UTF-8. They must hold nothing that JSON would escape. */
    void sayBytes(byte[] text) throws IOException;

    /** Whether {@link #say} returns only when the server has kept the message; else the listener is told. */
    boolean waitsForTheAnswer();

    Connection connection();

    @Override
    default void close() {
        connection().close();
    }
}
