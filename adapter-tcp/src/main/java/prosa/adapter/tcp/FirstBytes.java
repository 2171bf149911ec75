package prosa.adapter.tcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells by a connection's first bytes whether something else than Prosa is spoken on it: what came to the wrong port, or looks for open
 * ones. Lines alone don't tell, as some of these protocols have none, and others would make a person of their first: PROXY protocol's
 * version 2 even one called QUIT.
 *
 * <p>None of these beginnings is a name's, but for some in capitals: who wants to be called {@code EHLO Ana}, {@code PROXY Ana} or {@code
 * SSH-fan} is taken for a program.
 *
 * <p>Owned by the event loop's thread.
 */
final class FirstBytes {
    private static final List<byte[]> FOREIGN = List.of(
            ascii("GET /"),
            ascii("GET http:"), // to a proxy
            ascii("GET https:"),
            ascii("HEAD /"),
            ascii("POST /"),
            ascii("PUT /"),
            ascii("PATCH /"),
            ascii("DELETE /"),
            ascii("TRACE /"),
            ascii("OPTIONS /"), // RTSP's first request, too
            ascii("OPTIONS *"),
            ascii("PRI * HTTP/2"), // RFC 9113 §3.4
            ascii("SSH-"), // RFC 4253 §4.2
            ascii("EHLO "), // RFC 5321 §4.1.1.1
            ascii("HELO "),
            ascii("PROXY "), // PROXY protocol, versions 1 and 2
            ascii("\r\n\r\n\0\r\nQUIT\n"),
            new byte[] {0x16, 3}, // TLS: a record of a handshake, major version 3 (RFC 8446 §5.1)
            new byte[] {3, 0, 0}, // RDP: a packet of TPKT (RFC 1006 §6), up to 255 bytes
            new byte[] {0, 0, 0}); // SMB over TCP: a length of 24 bits, after a zero

    private static final int ALL = (1 << FOREIGN.size()) - 1;

    /** Which of them it may be still, a bit each. */
    private int possible = ALL;

    private int seen;

    /** So many bytes of a byte order mark were before them. */
    private int marked;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Looks at what came next, and leaves it there.
     *
     * @param bytes all that was read, before anything of it was consumed
     * @return true as soon as it is known to be none of ours
     */
    boolean areForeign(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit() && possible != 0; i++) {
            byte next = bytes.get(i);
            if (seen == 0 && marked < ByteOrderMark.LENGTH && next == ByteOrderMark.at(marked)) {
                marked++;
                continue;
            }
            for (int left = possible; left != 0; left &= left - 1) {
                int number = Integer.numberOfTrailingZeros(left);
                byte[] beginning = FOREIGN.get(number);
                if (beginning[seen] != next) {
                    possible &= ~(1 << number);
                } else if (beginning.length == seen + 1) {
                    return true;
                }
            }
            seen++;
        }
        return false;
    }
}
