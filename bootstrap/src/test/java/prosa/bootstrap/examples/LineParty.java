package prosa.bootstrap.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import prosa.test.wire.client.LineClient;
import prosa.test.wire.client.Mailbox;

/** Somebody with {@code telnet} or {@code nc}: a client of the test's, as those are not on every machine. */
final class LineParty implements Party {
    private final LineClient client;
    private final boolean ends;

    private LineParty(URI server, boolean ends) {
        this.ends = ends;
        try {
            client = new LineClient(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LineParty typing(URI server) {
        return new LineParty(server, false);
    }

    /** As {@code printf ... | nc -N} does it: all of it, and no more. */
    static LineParty of(String input, URI server) {
        LineParty party = new LineParty(server, true);
        party.client.send(input);
        try {
            party.client.closeOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return party;
    }

    @Override
    public Mailbox<String> lines() {
        return client.lines();
    }

    @Override
    public void send(String line) {
        client.send(line + "\n");
    }

    @Override
    public boolean ends() {
        return ends;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
