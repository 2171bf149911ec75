package prosa.test.wire.client;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A WebSocket on a plain socket, frame by frame (RFC 6455 §5.2), for what a well-behaved client never does, and for reading
 * slowly. Used by one thread.
 */
public final class RawWebSocket implements AutoCloseable {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final byte[] MASK = {0x12, (byte) 0xA5, 0x7F, (byte) 0xC3};

    private final Socket socket = new Socket();
    private final Slow slow;
    private final DataInputStream in;
    private final String head;

    /** Takes only a little at once from the socket. */
    private static final class Slow extends FilterInputStream {
        private volatile int atOnce = Integer.MAX_VALUE;

        Slow(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return super.read(bytes, from, Math.min(length, atOnce));
        }
    }

    /** A frame as it came. */
    public record Frame(boolean fin, int reserved, int opcode, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        public Json json() {
            return Json.parse(text());
        }

        /** The code in a close frame. */
        public int closeCode() {
            return ByteBuffer.wrap(payload).getShort();
        }
    }

    /**
     * Asks for an upgrade, and reads the response's head.
     *
     * @param receiveBuffer how much the kernel may take before this client reads, in bytes; 0 for what is usual
     * @param headers further lines of the request, without line ends
     */
    public RawWebSocket(URI server, String path, int receiveBuffer, String... headers) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Mailbox.DEADLINE.toMillis());
        slow = new Slow(socket.getInputStream());
        in = new DataInputStream(slow);
        socket.getOutputStream().write(request(server, path, headers).getBytes(StandardCharsets.ISO_8859_1));
        head = readHead();
    }

    /** An upgrade, as a browser asks for it. */
    public static String request(URI server, String path, String... headers) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
        request.append("Host: ").append(server.getAuthority()).append("\r\n");
        request.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
        request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    private String readHead() throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            read.append((char) b);
        }
        return read.toString();
    }

    /** The response's head. */
    public String head() {
        return head;
    }

    public int status() {
        return Integer.parseInt(head.split(" ")[1]);
    }

    /** The value of one of the response's headers. */
    public Optional<String> header(String name) {
        return head.lines()
                .filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    public void sendText(String text) throws IOException {
        send(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a frame, masked. */
    public void send(boolean fin, int opcode, byte[] payload) throws IOException {
        sendRaw(frame(fin, opcode, payload));
    }

    public static byte[] frame(boolean fin, int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) ((fin ? 0x80 : 0) | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i % 4]));
        }
        byte[] bytes = new byte[frame.flip().remaining()];
        frame.get(bytes);
        return bytes;
    }

    public void sendRaw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next frame, or nothing at the end of the connection. */
    public Optional<Frame> read() throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int second = in.readUnsignedByte();
        if ((second & 0x80) != 0) {
            throw new AssertionError("a server's frames are not masked");
        }
        long length = second;
        if (second == 126) {
            length = in.readUnsignedShort();
        } else if (second == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return Optional.of(new Frame((first & 0x80) != 0, first & 0x70, first & 0x0F, payload));
    }

    /** The next frame of that kind; those before it are skipped. */
    public Frame read(int opcode) throws IOException {
        while (true) {
            Frame frame = read().orElseThrow(() -> new EOFException("no frame with opcode " + opcode + " came"));
            if (frame.opcode() == opcode) {
                return frame;
            }
        }
    }

    /** The next line in JSON of that type; frames before it are skipped. */
    public Json readJson(String type) throws IOException {
        while (true) {
            Json json = read(TEXT).json();
            if (json.is(type)) {
                return json;
            }
        }
    }

    /** From now on takes only so many bytes at once from the socket. */
    public void slowDown(int bytes) {
        slow.atOnce = bytes;
    }

    /** From now on waits so many milliseconds for what comes. */
    public void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /** Is gone without a word: a reset. */
    public void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
