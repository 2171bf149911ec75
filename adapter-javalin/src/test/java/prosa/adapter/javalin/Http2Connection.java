package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import prosa.test.wire.client.TestTls;

/** A client of HTTP/2 that does no more than it is told to: it reads no frame unasked, and lets its windows fill up. */
final class Http2Connection implements AutoCloseable {
    /** A stream may bring so much until its client says that it has read (RFC 9113 §6.9.2). */
    static final int WINDOW = 65_535;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int CANCEL = 8;

    private final SSLSocket socket;
    private final DataInputStream in;

    record Frame(int type, int flags, int stream, int length) {
        boolean endsStream() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }
    }

    Http2Connection(URI server) throws IOException {
        socket = (SSLSocket) TestTls.context().getSocketFactory().createSocket("localhost", server.getPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertEquals("h2", socket.getApplicationProtocol());
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        write(SETTINGS, 0, 0, new byte[0]);
    }

    /** @param stream odd, and more than any before */
    void get(int stream, String path) throws IOException {
        // Without a table, and with names of the static one (RFC 7541 §6.2.2 and appendix A).
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(0x82); // :method: GET
        head.write(0x87); // :scheme: https
        field(head, 1, "localhost"); // :authority
        field(head, 4, path); // :path
        write(HEADERS, END_STREAM | END_HEADERS, stream, head.toByteArray());
    }

    private static void field(ByteArrayOutputStream head, int name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        assertTrue(bytes.length < 127);
        head.write(name);
        head.write(bytes.length);
        head.writeBytes(bytes);
    }

    void reset(int stream) throws IOException {
        write(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    private void write(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putShort((short) (payload.length >> 8)).put((byte) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        socket.getOutputStream().write(frame.array());
    }

    Frame read() throws IOException {
        int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
        Frame frame = new Frame(in.readUnsignedByte(), in.readUnsignedByte(), in.readInt(), length);
        in.readNBytes(length);
        return frame;
    }

    /** The next one of a stream. */
    Frame read(int stream) throws IOException {
        Frame frame = read();
        while (frame.stream() != stream) {
            frame = read();
        }
        return frame;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
