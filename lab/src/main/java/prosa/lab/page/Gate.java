package prosa.lab.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import prosa.lab.Wire;

/**
 * The lab's port. Who comes here says in the query of an HTTP request to which session and wire the connection belongs, as in {@code
 * /feed?lab=TOKEN.sse}, and is passed on to the server, which ignores that; who does not is closed without an answer.
 *
 * <p>May be used by any thread; its lock owns the listeners.
 */
final class Gate implements AutoCloseable {
    private static final Pattern REQUEST = Pattern.compile(
            "GET [^ ?]*\\?(?:[^ ]*&)?lab=([A-Za-z0-9_-]{1,64})\\.([a-z]{1,16})(?:&[^ ]*)? HTTP/1\\.1\r\n(?s:.*)");
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final int HEAD_MILLIS = 5_000;
    private static final int MAX_UNKNOWN = 64;

    private final List<InetAddress> addresses;
    private final Function<String, Optional<Session>> sessions;
    private final Semaphore unknown = new Semaphore(MAX_UNKNOWN);
    private List<ServerSocket> listeners = List.of();
    private int port;

    /** @param port 0 is any free one, and then the same one whenever it opens again */
    Gate(List<InetAddress> addresses, int port, Function<String, Optional<Session>> sessions) {
        this.addresses = List.copyOf(addresses);
        this.port = port;
        this.sessions = sessions;
    }

    /**
     * Listens, if it does not yet.
     *
     * @return the port
     * @throws IOException if it is taken
     */
    synchronized int open() throws IOException {
        if (!listeners.isEmpty()) {
            return port;
        }
        List<ServerSocket> opened = new ArrayList<>();
        try {
            for (InetAddress address : addresses) {
                ServerSocket listener = new ServerSocket();
                opened.add(listener);
                listener.bind(new InetSocketAddress(address, port));
                port = listener.getLocalPort();
            }
        } catch (IOException e) {
            for (ServerSocket listener : opened) {
                listener.close();
            }
            throw e;
        }
        listeners = opened;
        listeners.forEach(listener -> Thread.ofVirtual().name("lab-gate").start(() -> accept(listener)));
        return port;
    }

    /** The port, while it listens. */
    synchronized OptionalInt port() {
        return listeners.isEmpty() ? OptionalInt.empty() : OptionalInt.of(port);
    }

    @Override
    public synchronized void close() {
        for (ServerSocket listener : listeners) {
            try {
                listener.close();
            } catch (IOException e) {
                // It listens no more, which is what was wanted.
            }
        }
        listeners = List.of();
    }

    private void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (unknown.tryAcquire()) {
                    Thread.ofVirtual().name("lab-guest").start(() -> admit(client));
                } else {
                    client.close();
                }
            } catch (IOException e) {
                // Closed; or the client was gone already.
            }
        }
    }

    private void admit(Socket client) {
        try {
            byte[] head = readHead(client);
            unknown.release();
            Matcher request = REQUEST.matcher(new String(head, StandardCharsets.ISO_8859_1));
            Optional<Session> session = request.matches() ? sessions.apply(request.group(1)) : Optional.empty();
            Optional<Wire> wire = request.matches() ? browserWire(request.group(2)) : Optional.empty();
            if (session.isPresent() && wire.isPresent()) {
                session.get().admit(wire.get(), client, head);
            } else {
                client.close();
            }
        } catch (IOException e) {
            // It went before it said anything.
        }
    }

    private byte[] readHead(Socket client) throws IOException {
        try {
            client.setSoTimeout(HEAD_MILLIS);
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            byte[] chunk = new byte[LONGEST_HEAD];
            while (head.size() < LONGEST_HEAD
                    && !head.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
                int read = client.getInputStream().read(chunk);
                if (read < 0) {
                    break;
                }
                head.write(chunk, 0, read);
            }
            client.setSoTimeout(0);
            return head.toByteArray();
        } catch (IOException e) {
            unknown.release();
            client.close();
            throw e;
        }
    }

    /** TCP is spoken by the session itself, and never comes in here. */
    private static Optional<Wire> browserWire(String id) {
        return Stream.of(Wire.WEBSOCKET, Wire.SSE, Wire.NDJSON)
                .filter(wire -> wire.id().equals(id))
                .findFirst();
    }
}
