package prosa.checker.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import prosa.lab.client.HttpHead;
import prosa.lab.client.Input;
import prosa.lab.client.WebSocketFrame;
import prosa.lab.client.WebSocketKey;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Leg;

/** JSON in both directions, an object a line, over WebSocket or TCP. One thread reads, any may write and close. */
final class Conversation implements Closeable {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int UPGRADED = 101;

    private final Leg leg;
    private final Input in;
    private final boolean framed;
    private final Deque<String> lines = new ArrayDeque<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean closed;

    private Conversation(Leg leg, boolean framed) {
        this.leg = leg;
        this.in = new Input(leg.in());
        this.framed = framed;
    }

    /** Connects within 3 s. A read takes {@link Patience#ANSWER} at most, or it is a {@link java.net.SocketTimeoutException}. */
    static Leg connect(Endpoint to) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(to.at(), CONNECT_MILLIS);
            Leg leg = to.join(socket);
            leg.sendAtOnce();
            leg.limitReads((int) Patience.ANSWER.toMillis());
            return leg;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** At a node that has it. */
    static Conversation overTcp(Node node) throws IOException {
        Endpoint tcp = node.tcp().orElseThrow();
        Conversation conversation = new Conversation(connect(tcp), false);
        return conversation.opened(() -> {
            conversation.leg.out().write("prosa.v1\n".getBytes(StandardCharsets.US_ASCII));
            conversation.in.line(); // it greets in text before it can know
        });
    }

    static Conversation overWebSocket(Node node) throws IOException {
        Conversation conversation = new Conversation(connect(node.http()), true);
        return conversation.opened(() -> {
            String request = "GET /chat HTTP/1.1\r\nHost: " + node.host()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Protocol: prosa.v1\r\nSec-WebSocket-Key: "
                    + WebSocketKey.random().sent() + "\r\n\r\n";
            conversation.leg.out().write(request.getBytes(StandardCharsets.US_ASCII));
            int status = HttpHead.read(conversation.in).status();
            if (status != UPGRADED) {
                throw new IOException("HTTP " + status);
            }
        });
    }

    private interface Opening {
        void open() throws IOException;
    }

    private Conversation opened(Opening opening) throws IOException {
        try {
            opening.open();
            return this;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** From now on a read waits for {@link Patience#SILENCE}: the server is heard at least as often. */
    void listen() throws IOException {
        leg.limitReads((int) Patience.SILENCE.toMillis());
    }

    void send(String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        if (framed) {
            frame(WebSocketFrame.TEXT, bytes);
        } else {
            write((json + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private void frame(int opcode, byte[] payload) throws IOException {
        write(WebSocketFrame.masked(opcode, payload, ThreadLocalRandom.current().nextInt()));
    }

    private void write(byte[] bytes) throws IOException {
        writing.lock();
        try {
            leg.out().write(bytes);
        } finally {
            writing.unlock();
        }
    }

    /** The next line; what was cut short counts for nothing. */
    String next() throws IOException {
        while (lines.isEmpty()) {
            if (framed) {
                readFrame();
            } else {
                add(whole(in));
            }
        }
        return lines.remove();
    }

    private void readFrame() throws IOException {
        WebSocketFrame frame = WebSocketFrame.read(in);
        switch (frame.opcode()) {
            case WebSocketFrame.PING -> frame(WebSocketFrame.PONG, frame.payload());
            case WebSocketFrame.TEXT, WebSocketFrame.CONTINUATION -> {
                message.writeBytes(frame.payload());
                if (frame.last()) {
                    Input whole = new Input(new ByteArrayInputStream(message.toByteArray()));
                    message.reset();
                    for (byte[] line = whole.line(); line.length > 0; line = whole.line()) {
                        add(new String(line, StandardCharsets.UTF_8));
                    }
                }
            }
            case WebSocketFrame.CLOSE -> throw new EOFException("closed");
            default -> {} // pongs
        }
    }

    /** A line with its end. */
    static String whole(Input in) throws IOException {
        byte[] line = in.line();
        if (line.length == 0 || line[line.length - 1] != '\n') {
            throw new EOFException("ended");
        }
        return new String(line, StandardCharsets.UTF_8);
    }

    private void add(String line) {
        String text = line.strip();
        if (!text.isEmpty()) {
            lines.add(text);
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        try {
            leg.drop();
        } catch (IOException e) {
            // Nobody waits for it.
        }
    }
}
