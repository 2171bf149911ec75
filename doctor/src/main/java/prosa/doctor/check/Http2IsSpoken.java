package prosa.doctor.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Whether HTTP/2 is chosen where it is offered, and answered by its first frame (RFC 9113 §3.4). */
record Http2IsSpoken(Site site) implements Check {
    private static final String HTTP_2 = "h2";
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME_HEADER = 9;
    private static final int TYPE = 3;
    private static final byte SETTINGS = 4;

    @Override
    public String id() {
        return "http2";
    }

    @Override
    public boolean needsPassage() {
        return false;
    }

    @Override
    public Finding find() throws IOException {
        if (!site.isSecure()) {
            return notTried("plain");
        }
        try (TlsSocket socket = TlsSocket.open(site, HTTP_2, "http/1.1")) {
            if (!socket.chosen().equals(HTTP_2)) {
                return wrong("not-chosen");
            }
            // With settings of our own, of which there are none.
            byte[] opening = Arrays.copyOf(PREFACE, PREFACE.length + FRAME_HEADER);
            opening[PREFACE.length + TYPE] = SETTINGS;
            socket.write(opening);
            byte[] answer = socket.read(FRAME_HEADER);
            return answer.length == FRAME_HEADER && answer[TYPE] == SETTINGS ? right("spoken") : wrong("not-spoken");
        }
    }
}
