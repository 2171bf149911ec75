package prosa.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/** A proxy before a Prosa that does one thing wrong. Each connection carries one request. */
final class BrokenProxy implements AutoCloseable {
    private static final int BUFFER = 8_192;

    /** What it does wrong. */
    enum Fault {
        NONE,
        LOSES_ORIGIN,
        CHANGES_ORIGIN,
        CHANGES_HOST,
        CHANGES_HOST_TO_A_FOREIGN_ONE,
        LOSES_LAST_EVENT_ID,
        LOSES_LAST_EVENT_ID_AND_HOLDS_BACK,
        LOSES_UPGRADE,
        REFUSES_UPGRADE,
        CUTS_UPGRADE,
        COMPRESSES,
        HOLDS_BACK,
        HOLDS_BACK_A_WHILE,
        CUTS_SILENCE,
        IS_OF_ANOTHER_TIME,
        REACHES_NOBODY
    }

    private final ServerSocket listener;
    private final int target;
    private final Fault fault;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    BrokenProxy(int target, Fault fault) throws IOException {
        this.target = target;
        this.fault = fault;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        // A virtual thread's accept leaves a closed port listening for a moment.
        Thread.ofPlatform().daemon().name("broken proxy").start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            String head = readHead(client.getInputStream());
            boolean upgrade = head.contains("Upgrade: websocket");
            if (head.isEmpty() || upgrade && fault == Fault.CUTS_UPGRADE) {
                return;
            }
            if (upgrade && fault == Fault.REFUSES_UPGRADE || fault == Fault.REACHES_NOBODY) {
                write(client, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            try (Socket server = new Socket("127.0.0.1", target)) {
                open.add(server);
                write(server, request(head));
                Thread.ofVirtual().start(() -> pass(client, server));
                answer(client, server, head.startsWith("GET /feed"));
                open.remove(server);
            }
        } catch (IOException e) {
            // One of the two has gone.
        } finally {
            open.remove(client);
        }
    }

    private String request(String head) {
        return switch (fault) {
            case LOSES_ORIGIN -> without(head, "Origin");
            case CHANGES_ORIGIN -> head.replaceFirst("\r\nOrigin: [^\r]+", "\r\nOrigin: https://other.example");
            case CHANGES_HOST -> head.replaceFirst("\r\nHost: [^\r]+", "\r\nHost: localhost");
            case CHANGES_HOST_TO_A_FOREIGN_ONE -> head.replaceFirst("\r\nHost: [^\r]+", "\r\nHost: backend.example");
            case LOSES_LAST_EVENT_ID, LOSES_LAST_EVENT_ID_AND_HOLDS_BACK -> without(head, "Last-Event-ID");
            case LOSES_UPGRADE -> without(without(head, "Upgrade"), "Connection");
            case NONE,
                    REFUSES_UPGRADE,
                    CUTS_UPGRADE,
                    COMPRESSES,
                    HOLDS_BACK,
                    HOLDS_BACK_A_WHILE,
                    CUTS_SILENCE,
                    IS_OF_ANOTHER_TIME,
                    REACHES_NOBODY -> head;
        };
    }

    private static String without(String head, String field) {
        return head.replaceFirst("\r\n" + field + ": [^\r]+", "");
    }

    private void answer(Socket client, Socket server, boolean feed) throws IOException {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        String head = readHead(in);
        switch (fault) {
            case COMPRESSES -> {
                if (feed) {
                    write(client, head.replaceFirst("\r\n", "\r\nContent-Encoding: gzip\r\n"));
                    copy(in, new GZIPOutputStream(out, BUFFER, true));
                    return;
                }
            }
            case IS_OF_ANOTHER_TIME ->
                head = head.replaceFirst("\r\nDate: [^\r]+", "\r\nDate: Sat, 03 Jan 2026 00:00:00 GMT");
            case CUTS_SILENCE -> server.setSoTimeout(700);
            case HOLDS_BACK, LOSES_LAST_EVENT_ID_AND_HOLDS_BACK -> {
                if (feed) {
                    in.transferTo(new ByteArrayOutputStream());
                    return;
                }
            }
            case HOLDS_BACK_A_WHILE -> {
                if (feed) {
                    server.setSoTimeout(1_400);
                    write(client, head);
                    copyLate(in, out);
                    return;
                }
            }
            case NONE,
                    LOSES_ORIGIN,
                    CHANGES_ORIGIN,
                    CHANGES_HOST,
                    CHANGES_HOST_TO_A_FOREIGN_ONE,
                    LOSES_LAST_EVENT_ID,
                    LOSES_UPGRADE,
                    REFUSES_UPGRADE,
                    CUTS_UPGRADE,
                    REACHES_NOBODY -> {}
        }
        write(client, head);
        copy(in, out);
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] bytes = new byte[BUFFER];
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            out.write(bytes, 0, count);
            out.flush();
        }
    }

    /** What comes is passed on once nothing has come for a while. */
    private static void copyLate(InputStream in, OutputStream out) throws IOException {
        byte[] bytes = new byte[BUFFER];
        ByteArrayOutputStream held = new ByteArrayOutputStream();
        while (true) {
            try {
                int count = in.read(bytes);
                if (count < 0) {
                    return;
                }
                held.write(bytes, 0, count);
            } catch (SocketTimeoutException e) {
                held.writeTo(out);
                held.reset();
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            copy(from.getInputStream(), to.getOutputStream());
        } catch (IOException e) {
            // One of the two has gone.
        }
    }

    private static void write(Socket to, String head) throws IOException {
        to.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
