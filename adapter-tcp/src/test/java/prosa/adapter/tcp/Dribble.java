package prosa.adapter.tcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A relay for one connection that hands on a few bytes at a time, and remembers all of them. */
final class Dribble implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final int atOnce;

    Dribble(URI server, int atOnce) throws IOException {
        this.atOnce = atOnce;
        Thread.ofVirtual().start(() -> {
            try (Socket client = door.accept();
                    Socket far = new Socket(server.getHost(), server.getPort())) {
                far.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                Thread back = Thread.ofVirtual().start(() -> pass(far, client));
                pass(client, far);
                back.join();
            } catch (IOException | InterruptedException e) {
                // It is over.
            }
        });
    }

    int port() {
        return door.getLocalPort();
    }

    String seen() {
        synchronized (seen) {
            return seen.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[atOnce];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                synchronized (seen) {
                    seen.write(bytes, 0, count);
                }
                out.write(bytes, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // Ended as well.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
