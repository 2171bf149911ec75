package prosa.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A proxy that serves a Prosa under a path of its site, and takes that off. What is asked for outside of it belongs to others.
 *
 * <p>Each connection carries one request, so that only its first line must be read.
 */
final class PathProxy implements AutoCloseable {
    private static final String PREFIX = "/prosa";

    private final ServerSocket listener;
    private final int target;
    private final List<String> astray = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile String held = "";
    private volatile String cut = "";
    private volatile String said = "";

    PathProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().name("path proxy").start(this::accept);
    }

    String url(String path) {
        return "http://localhost:" + listener.getLocalPort() + PREFIX + path;
    }

    /** The first lines of requests for what is not under the path. */
    List<String> astray() {
        return astray;
    }

    /** Who asks for this file waits until it is {@link #release released}. */
    void hold(String file) {
        held = file;
    }

    void release() {
        released.countDown();
    }

    /** Who asks for this file is cut off. */
    void cut(String file) {
        cut = file;
    }

    /** From now on it says so with each request: a header, with its line end. */
    void say(String header) {
        said = header;
    }

    /** Whether the file is to be had; waits while it is held. */
    private boolean isToBeHad(String line) {
        if (!held.isEmpty() && line.contains(held + " ")) {
            try {
                released.await();
            } catch (InterruptedException e) {
                return false;
            }
        }
        return cut.isEmpty() || !line.contains(cut + " ");
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = readHead(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            String line = head.substring(0, head.indexOf('\r'));
            if (!line.contains(" " + PREFIX + "/")) {
                astray.add(line);
                client.getOutputStream()
                        .write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                return;
            }
            if (isToBeHad(line)) {
                pass(client, forTarget(head));
            }
        } catch (IOException e) {
            // One of the two has gone.
        } finally {
            open.remove(client);
        }
    }

    private String forTarget(String head) {
        return head.replaceFirst(" " + PREFIX, " ")
                .replace("Connection: keep-alive", "Connection: close")
                .replaceFirst("\r\n", "\r\n" + said);
    }

    private void pass(Socket client, String head) throws IOException {
        try (Socket server = new Socket("127.0.0.1", target)) {
            open.add(server);
            server.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            Thread.ofVirtual().start(() -> pipe(client, server));
            pipe(server, client);
            open.remove(server);
        }
    }

    private static void pipe(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // One of the two has gone.
        }
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
        release();
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
