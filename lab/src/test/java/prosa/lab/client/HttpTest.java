package prosa.lab.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpTest {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nProsa-Position: 1-7\r\n\r\n"
            + "5\r\nhello\r\n1;note=x\r\n,\r\n0A\r\n wörld!!\n\r\n0\r\nTrailer: t\r\n\r\n";

    @Test
    void readsAChunkedBodyWhereverItIsCut() throws IOException {
        byte[] response = utf8(CHUNKED);
        for (int cut = 0; cut <= response.length; cut++) {
            readsChunks(Pieces.cutAt(response, cut), response.length);
        }
        readsChunks(Pieces.byteByByte(response), response.length);
    }

    private static void readsChunks(Input in, int length) throws IOException {
        HttpHead head = HttpHead.read(in);
        HttpBody body = new HttpBody(in, head);
        byte[] read = body.readAllBytes();
        assertEquals("hello, wörld!!\n", new String(read, StandardCharsets.UTF_8));
        assertEquals("1-7", head.field("prosa-position").orElseThrow());
        assertEquals(length, head.bytes() + read.length + body.takeFraming(), "every byte is counted once");
        assertEquals(-1, in.read());
    }

    @Test
    void readsAsManyBytesAsContentLengthSays() throws IOException {
        byte[] two = utf8(
                "HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n");
        for (int cut = 0; cut <= two.length; cut++) {
            Input in = Pieces.cutAt(two, cut);
            HttpHead first = HttpHead.read(in);
            assertEquals(201, first.status());
            assertArrayEquals(utf8("abc"), new HttpBody(in, first).readAllBytes());
            HttpHead second = HttpHead.read(in);
            assertEquals(204, second.status());
            assertEquals(0, new HttpBody(in, second).readAllBytes().length);
        }
    }

    @Test
    void readsUntilTheConnectionClosesWithoutALength() throws IOException {
        Input in = Pieces.byteByByte(utf8("HTTP/1.1 200 OK\r\n\r\nall that follows\r\n"));
        assertEquals("all that follows\r\n", text(new HttpBody(in, HttpHead.read(in)).readAllBytes()));
    }

    @Test
    void goesOverInterimResponses() throws IOException {
        byte[] response = utf8("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
        HttpHead head = HttpHead.read(Pieces.byteByByte(response));
        assertEquals(200, head.status());
        assertEquals(response.length, head.bytes());
    }

    @Test
    void failsOnABodyThatIsCutShort() throws IOException {
        Input fixed = Pieces.byteByByte(utf8("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
        HttpBody body = new HttpBody(fixed, HttpHead.read(fixed));
        assertThrows(EOFException.class, body::readAllBytes);
        Input chunked = Pieces.byteByByte(utf8("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"));
        HttpBody chunks = new HttpBody(chunked, HttpHead.read(chunked));
        assertThrows(EOFException.class, chunks::readAllBytes);
    }

    @Test
    void failsOnWhatIsNoHttp() {
        assertThrows(IOException.class, () -> HttpHead.read(Pieces.byteByByte(utf8("* What is your name?\r\n\r\n"))));
        assertThrows(EOFException.class, () -> HttpHead.read(Pieces.byteByByte(utf8("HTTP/1.1 200 OK\r\nA: b\r\n"))));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
