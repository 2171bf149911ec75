package prosa.lab.experiment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that has one empty page, and answers everything else as a proxy does whose server is away: 502 (RFC 9110 §15.6.3). */
final class BadGateway implements AutoCloseable {
    private static final String PAGE =
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private static final String FAILED = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final ServerSocket listener;

    private BadGateway(ServerSocket listener) {
        this.listener = listener;
    }

    static BadGateway start() throws IOException {
        BadGateway started = new BadGateway(new ServerSocket(0, 0, InetAddress.ofLiteral("127.0.0.1")));
        // No virtual thread: epoll, which waits for it, may keep a closed socket listening for a moment.
        Thread.ofPlatform().daemon().name("bad-gateway").start(started::accept);
        return started;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().name("bad-gateway-client").start(() -> answer(client));
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    private static void answer(Socket client) {
        try (client) {
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = request.readLine();
            for (String line = first; line != null && !line.isEmpty(); ) {
                line = request.readLine();
            }
            String answer = first != null && first.startsWith("GET / ") ? PAGE : FAILED;
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The browser opens connections in advance, and closes some of them unused.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
