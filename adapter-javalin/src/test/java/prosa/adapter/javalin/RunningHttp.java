package prosa.adapter.javalin;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import prosa.test.wire.House;

/** A house with the wires of a browser, on a real port of the loopback, and requests to it that are written byte by byte. */
final class RunningHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final House house;

    RunningHttp() {
        this(HttpHouse.open());
    }

    /** @param house closed with this */
    RunningHttp(House house) {
        this.house = house;
    }

    /** What came back. Names of headers are in small letters. */
    record Answer(int status, TreeMap<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    private int port() {
        return house.place().http().getPort();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /**
     * Asks, and reads up to the end of the connection.
     *
     * @param line such as {@code GET /feed}
     * @param headers lines without their end
     */
    Answer ask(String line, byte[] body, String... headers) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head(line, headers));
            socket.getOutputStream().write(body);
            return answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    Answer ask(String line, String... headers) throws IOException {
        return ask(line, new byte[0], headers);
    }

    Answer post(String query, byte[] body, String... headers) throws IOException {
        String[] all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Length: " + body.length;
        return ask("POST /messages" + query, body, all);
    }

    Answer post(String query, String body, String... headers) throws IOException {
        return post(query, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Asks for what has no end, and reads its head. */
    Answer open(String line, String... headers) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head(line, headers));
            return answer(readHead(socket.getInputStream()));
        }
    }

    /** What a stream begins with, up to and with some text. */
    String beginning(String line, String end, String... headers) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head(line, headers));
            return readUpTo(socket.getInputStream(), end);
        }
    }

    static String readHead(InputStream in) throws IOException {
        return readUpTo(in, "\r\n\r\n");
    }

    private static String readUpTo(InputStream in, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended after " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    byte[] head(String line, String... headers) {
        StringBuilder head = new StringBuilder(line + " HTTP/1.1\r\n");
        if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
            head.append("Host: localhost:").append(port()).append("\r\n");
        }
        if (List.of(headers).stream().noneMatch(header -> header.startsWith("Connection:"))) {
            head.append("Connection: close\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    static Answer answer(String all) {
        int end = all.indexOf("\r\n\r\n");
        String[] lines = all.substring(0, end).split("\r\n");
        TreeMap<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(":\\s*", 2);
            headers.merge(parts[0].toLowerCase(Locale.ROOT), parts[1], (one, other) -> one + ", " + other);
        }
        return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, all.substring(end + 4));
    }

    /** The texts that are kept in a room, in JSON. */
    String kept(String room) throws IOException {
        return ask("GET /messages?room=" + room).body();
    }

    @Override
    public void close() {
        house.close();
    }
}
