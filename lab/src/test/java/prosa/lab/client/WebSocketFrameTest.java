package prosa.lab.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketFrameTest {
    /** RFC 6455 §5.7: a masked "Hello". */
    @Test
    void masksAsTheSpecificationsExample() {
        byte[] frame = WebSocketFrame.masked(WebSocketFrame.TEXT, "Hello".getBytes(), 0x37fa213d);
        assertEquals("818537fa213d7f9f4d5158", HexFormat.of().formatHex(frame));
    }

    /** RFC 6455 §1.3. */
    @Test
    void answersAKeyAsTheSpecificationsExample() {
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", new WebSocketKey("dGhlIHNhbXBsZSBub25jZQ==").accepted());
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 2", "125, 2", "126, 4", "65535, 4", "65536, 10"})
    void readsFramesOfEveryLengthWhereverTheHeaderIsCut(int length, int header) throws IOException {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        byte[] sent = unmasked(payload);
        assertEquals(header + length, sent.length);
        for (int cut = 0; cut <= Math.min(sent.length, header + 2); cut++) {
            reads(payload, header, Pieces.cutAt(sent, cut));
        }
        reads(payload, header, Pieces.byteByByte(sent));
        reads(payload, header, Pieces.cutAt(Arrays.copyOf(sent, sent.length + 5), sent.length + 3));
    }

    private static void reads(byte[] payload, int header, Input in) throws IOException {
        WebSocketFrame frame = WebSocketFrame.read(in);
        assertEquals(WebSocketFrame.TEXT, frame.opcode());
        assertEquals(header, frame.header());
        assertArrayEquals(payload, frame.payload());
    }

    @ParameterizedTest
    @CsvSource({"0, 6", "125, 6", "126, 8", "65535, 8", "65536, 14"})
    void writesFramesOfEveryLength(int length, int header) {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        byte[] frame = WebSocketFrame.masked(WebSocketFrame.TEXT, payload, 0x01020304);
        assertEquals(header, WebSocketFrame.maskedHeader(length));
        assertEquals(header + length, frame.length);
        for (int i = 0; i < length; i++) {
            assertEquals(payload[i], (byte) (frame[header + i] ^ (1 + i % 4)));
        }
    }

    @Test
    void refusesWhatNoServerMaySend() {
        byte[] masked = WebSocketFrame.masked(WebSocketFrame.TEXT, new byte[3], 1);
        assertThrows(IOException.class, () -> WebSocketFrame.read(Pieces.byteByByte(masked)));
        byte[] compressed = {(byte) 0xc1, 0};
        assertThrows(IOException.class, () -> WebSocketFrame.read(Pieces.byteByByte(compressed)));
    }

    /** As a server sends it. */
    static byte[] unmasked(byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length < 65536) {
            frame.write(126);
            frame.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            frame.write(127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }
}
