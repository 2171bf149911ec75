package prosa.adapter.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import prosa.application.Arrivals;

/**
 * The socket itself, which the delivery thread writes to without anything between them.
 *
 * @param place that its client takes up
 */
record PlainLink(SocketChannel socket, Arrivals.Place place) implements Link {
    @Override
    public WritableByteChannel channel() {
        return socket;
    }

    @Override
    public ByteBuffer notTaken(ByteBuffer rest) {
        return rest;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return socket.read(into);
    }

    @Override
    public boolean hasEnded() {
        return false;
    }

    @Override
    public int silence() {
        return 0;
    }

    @Override
    public void writeFromLoop(ByteBuffer units) throws IOException {
        socket.write(units);
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public boolean isFlushed() {
        return true;
    }

    @Override
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        place.leave();
        socket.close();
    }
}
