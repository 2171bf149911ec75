package prosa.adapter.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstBytesTest {
    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** However it is cut. */
    private static boolean areForeign(String text) {
        boolean foreign = new FirstBytes().areForeign(bytes(text));
        for (int cut = 0; cut <= text.length(); cut++) {
            FirstBytes cutOnce = new FirstBytes();
            boolean found =
                    cutOnce.areForeign(bytes(text.substring(0, cut))) || cutOnce.areForeign(bytes(text.substring(cut)));
            assertEquals(foreign, found, "cut at " + cut);
        }
        FirstBytes oneByOne = new FirstBytes();
        boolean found = false;
        for (int i = 0; i < text.length() && !found; i++) {
            found = oneByOne.areForeign(bytes(text.substring(i, i + 1)));
        }
        assertEquals(foreign, found, "one by one");
        return foreign;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET / HTTP/1.1\r\n",
                "GET http://example.org/ HTTP/1.1\r\n",
                "POST /messages",
                "HEAD / HTTP/1.0\r\n\r\n",
                "PUT /x",
                "PATCH /x",
                "DELETE /x",
                "TRACE / HTTP/1.1",
                "OPTIONS / RTSP/1.0\r\n",
                "OPTIONS * HTTP/1.1",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "SSH-2.0-OpenSSH_9.7\r\n",
                "EHLO mail.example.org\r\n",
                "HELO mail",
                "PROXY TCP4 192.0.2.1 192.0.2.2 5000 2323\r\nAna\r\n",
                "PROXY UNKNOWN\r\n",
                "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\0\u000c",
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003",
                "\u0003\0\0\u0013\u000e\u00e0",
                "\0\0\0\u0085\u00ffSMBr"
            })
    void whatSpeaksSomethingElseIsKnownAtOnce(String text) {
        assertTrue(areForeign(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Ana\n",
                "Eh\n",
                "EHLO\n",
                "Ehlo Ana\n",
                "Helo Ana\n",
                "Proxy\n",
                "PROXY\n",
                "Proxy Ana\n",
                "SSH\n",
                "ssh-fan\n",
                "Get Smart\n",
                "GET\n",
                "GET Smart\n",
                "GET httpd\n",
                "POST\n",
                "Post /\n",
                "PRI Ana\n",
                "prosa.v1\n{\"type\":\"join\"}\n",
                "/join lab\n",
                "\r\n\r\nQUIT\n",
                "\r\n\r\nAna\r\n",
                "\r\0\r\0",
                "\0Ana",
                "\u0016Ana",
                "\u0003Ana",
                "\u00ff\u00fb\u001f\u00ff\u00fd\u0006Ana\r\n",
                "\u00c3\u0081gata\n"
            })
    void peopleAndProgramsOfOursAreHeard(String text) {
        assertFalse(areForeign(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "EHLO example", "PROXY TCP4"})
    void aByteOrderMarkHidesNothing(String text) {
        String mark = "\u00ef\u00bb\u00bf";
        assertTrue(areForeign(mark + text));
        assertFalse(areForeign(mark));
        assertFalse(areForeign(mark + "Ana\n" + text));
        assertFalse(areForeign(mark + mark + text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "\u0016\u0003\u0001"})
    void onlyTheFirstBytesCount(String text) {
        assertFalse(areForeign("Ana\n" + text));
    }
}
