package prosa.lab.page;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import prosa.lab.Wire;
import prosa.lab.tls.Leg;
import prosa.lab.tls.TlsServer;

/**
 * The lab's port, in the clear or over TLS. Who comes here says in the query of an HTTP request to which session and wire the connection belongs, as in {@code
 * /feed?lab=TOKEN.sse}, and is passed on to the server, which ignores that; who does not is closed without an answer. From that line on
 * a connection takes a place of its session's, which nobody else can have; until then it stands on the {@link Threshold}.
 *
 * <p>May be used by any thread; its lock owns the listeners.
 */
final class Gate implements AutoCloseable {
    /** Out of file descriptors, accept fails again and again, at once. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final Pattern REQUEST =
            Pattern.compile("GET [^ ?]*\\?(?:[^ ]*&)?lab=([A-Za-z0-9_-]{1,64})\\.([a-z]{1,16})(?:&[^ ]*)? HTTP/1\\.1");

    /** For the whole head, however it is cut. */
    static final Duration HEAD_PATIENCE = Duration.ofSeconds(5);

    static final int MAX_UNKNOWN = 64;

    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final List<InetAddress> addresses;
    private final Spoken spoken;
    private final Function<String, Optional<Session>> sessions;
    private final Duration headPatience;
    private final Threshold threshold = new Threshold(MAX_UNKNOWN);
    private List<ServerSocket> listeners = List.of();
    private final BooleanSupplier room;
    private List<Thread> acceptors = List.of();
    private int port;

    /**
     * @param port 0 is any free one, and then the same one whenever it opens again
     * @param sessions by their tokens
     * @param room whether the process has descriptors left for one more
     * @param headPatience how long the head of the first request may take in all
     */
    Gate(
            List<InetAddress> addresses,
            int port,
            Spoken spoken,
            Function<String, Optional<Session>> sessions,
            BooleanSupplier room,
            Duration headPatience) {
        this.addresses = List.copyOf(addresses);
        this.port = port;
        this.spoken = spoken;
        this.sessions = sessions;
        this.room = room;
        this.headPatience = headPatience;
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
        acceptors = listeners.stream()
                .map(listener -> Thread.ofPlatform().daemon().name("lab-gate").start(() -> accept(listener)))
                .toList();
        return port;
    }

    /** The port, while it listens. */
    synchronized OptionalInt port() {
        return listeners.isEmpty() ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /**
     * Listens no more. Waits for those who accept, for a second at most each: a socket in which a thread waits goes on listening until
     * that thread has left it, and its port could not be opened again. They are platform threads, as the JDK waits for a virtual one by
     * epoll, whose own look at a socket keeps it listening too: of 120,000 closed ports on two busy processors, 14 still took a connection.
     */
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
        try {
            for (Thread acceptor : acceptors) {
                acceptor.join(CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        acceptors = List.of();
    }

    private void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            if (!room.getAsBoolean()) {
                LockSupport.parkNanos(PAUSE.toNanos());
                continue;
            }
            try {
                Socket client = listener.accept();
                threshold.enter(client);
                Thread.ofVirtual().name("lab-guest").start(() -> admit(client));
            } catch (IOException e) {
                // Closed; or the client was gone already, or there is no descriptor left after all.
                if (!listener.isClosed()) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        }
    }

    private void admit(Socket client) {
        try {
            HeadReader head = begin(client);
            Matcher request = REQUEST.matcher(head.requestLine());
            Optional<Session> session = request.matches() ? sessions.apply(request.group(1)) : Optional.empty();
            Optional<Wire> wire = request.matches() ? browserWire(request.group(2)) : Optional.empty();
            threshold.leave(client);
            if (session.isPresent() && wire.isPresent()) {
                session.get().admit(wire.get(), head.client(), head::whole);
            } else {
                client.close();
            }
        } catch (IOException e) {
            // It went before it said where to, or had no time left for it.
            threshold.leave(client);
            close(client);
        }
    }

    /** Whoever begins otherwise than one may speak here is closed without an answer, as strangers are. */
    private HeadReader begin(Socket client) throws IOException {
        long deadline = System.nanoTime() + headPatience.toNanos();
        client.setSoTimeout((int) headPatience.toMillis());
        int first = client.getInputStream().read();
        if (first == TlsServer.HANDSHAKE && spoken.tls().isPresent()) {
            return new HeadReader(handshake(spoken.tls().get(), client), deadline);
        }
        if (first < 0 || !spoken.plain()) {
            throw new IOException("nothing that may be said here");
        }
        return new HeadReader(Leg.plain(client), deadline, (byte) first);
    }

    /** Within the same time in all: what bounds each read never ends with who sends a byte now and then. */
    private Leg handshake(TlsServer tls, Socket client) throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        Thread.ofVirtual().name("lab-patience").start(() -> {
            try {
                if (!over.await(headPatience.toMillis(), TimeUnit.MILLISECONDS)) {
                    close(client);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            return tls.accept(client, TlsServer.HANDSHAKE);
        } finally {
            over.countDown();
        }
    }

    private static void close(Socket client) {
        try {
            client.close();
        } catch (IOException e) {
            // There is nothing more to be done about it.
        }
    }

    /** TCP is spoken by the session itself, and never comes in here. */
    private static Optional<Wire> browserWire(String id) {
        return Stream.of(Wire.WEBSOCKET, Wire.SSE, Wire.NDJSON)
                .filter(wire -> wire.id().equals(id))
                .findFirst();
    }
}
