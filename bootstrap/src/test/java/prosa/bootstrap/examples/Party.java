package prosa.bootstrap.examples;

import prosa.test.wire.client.Mailbox;

/** Somebody in an example, with the program that the command names or with a client of the test's. */
interface Party extends AutoCloseable {
    /** What they are shown, line by line. */
    Mailbox<String> lines();

    void send(String line);

    /** Whether the program ends by itself. */
    boolean ends();

    @Override
    void close();
}
