package prosa.adapter.tcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a client's bytes into lines. UTF-8 is decoded once a line is whole, so it may be cut anywhere; what is no UTF-8 becomes
 * U+FFFD. Memory is held only while a line is begun and not ended.
 *
 * <p>A person's line ends with LF, CRLF, CR NUL (telnet's Enter, RFC 854) or a lone CR; BS and DEL erase, for terminals that
 * leave it to us, and the sequences of the keys that move are taken out. A program's line ends with LF; the CR before it is white space to JSON.
 *
 * <p>Owned by the event loop's thread.
 */
final class LineReader {
    /** The most bytes of a person's line: 4,000 code points of 4 bytes, and a command's words. */
    static final int TEXT_LIMIT = 16 << 10;

    /** The most bytes of a program's line: JSON may write each of 4,000 code points as 12 bytes, {@code \ud83d\ude00}. */
    static final int JSON_LIMIT = 64 << 10;

    /** So much of a line that is too long is handed on. */
    static final int CUT = 256;

    private static final byte[] NONE = {};
    private static final int FIRST_CAPACITY = 64;
    private static final int NUL = 0;
    private static final int BS = 0x08;
    private static final int ESC = 0x1B;
    private static final int DEL = 0x7F;

    private @Nullable Telnet telnet = new Telnet();
    private Escape escape = Escape.NONE;
    private byte[] begun = NONE;
    private int length;

    /** Where in the line the sequence began that may be a key's. */
    private int escapedAt;

    private boolean afterCr;
    private boolean skipping;

    /** No line has ended yet: a byte order mark may stand before the first. */
    private boolean begins = true;

    /** How far a key's sequence has come (ECMA-48 §5.4; xterm's "PC-Style Function Keys"). */
    private enum Escape {
        NONE,
        /** ESC. */
        BEGUN,
        /** ESC [, and numbers. */
        NUMBERS,
        /** ESC O, as arrows send in application mode. */
        LETTER
    }

    /**
     * What a client wrote.
     *
     * @param text without its line end
     * @param whole false if the line is too long: then this is its beginning, and the rest is skipped
     */
    record Line(String text, boolean whole) {}

    /** From now on a program's lines are read. */
    void expectJson() {
        telnet = null;
        begins = true; // of what may be a file
    }

    /**
     * Reads on up to the next line end.
     *
     * @param bytes what came in; consumed as far as the line goes
     * @return null if all was consumed and no line has ended
     */
    @Nullable
    Line next(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            Line line = take(bytes.get());
            if (line != null) {
                return line;
            }
        }
        if (length == 0) {
            begun = NONE;
        }
        return null;
    }

    /** What stands at the end of the stream without an end of its own; null if nothing does. */
    @Nullable
    Line rest() {
        return length == 0 ? null : end();
    }

    /** What telnet has to be answered; empty for the most part. */
    ByteBuffer answers() {
        return telnet == null ? Telnet.NO_ANSWERS : telnet.answers();
    }

    /** How many of telnet's commands came since the last call. */
    int telnetCommands() {
        return telnet == null ? 0 : telnet.commands();
    }

    private @Nullable Line take(byte raw) {
        int b = telnet == null ? raw & 0xFF : telnet.take(raw);
        if (b == Telnet.NOTHING) {
            return null;
        }
        if (afterCr) {
            afterCr = false;
            if (b == '\n' || b == NUL) {
                return null;
            }
        }
        return telnet == null ? takeJson(b) : takeText(b);
    }

    private @Nullable Line takeJson(int b) {
        return b == '\n' ? end() : append(b, JSON_LIMIT);
    }

    private @Nullable Line takeText(int b) {
        switch (b) {
            case '\r' -> {
                afterCr = true;
                return end();
            }
            case '\n' -> {
                return end();
            }
            case BS, DEL -> {
                escape = Escape.NONE;
                erase();
                return null;
            }
            default -> {
                Line line = append(b, TEXT_LIMIT);
                followEscape(b);
                return line;
            }
        }
    }

    /** What was no key's after all stays in the line as it came, and its ESC becomes U+FFFD. */
    private void followEscape(int b) {
        if (b == ESC) {
            escape = Escape.BEGUN;
            escapedAt = length - 1;
            return;
        }
        switch (escape) {
            case NONE -> {}
            case BEGUN -> escape = b == '[' ? Escape.NUMBERS : b == 'O' ? Escape.LETTER : Escape.NONE;
            case NUMBERS -> {
                if (b != ';' && (b < '0' || b > '9')) {
                    escapeEnds(b >= 'A' && b <= 'D' || b == 'F' || b == 'H' || b == '~');
                }
            }
            case LETTER -> escapeEnds(b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z');
        }
    }

    private void escapeEnds(boolean isOfAKey) {
        escape = Escape.NONE;
        if (isOfAKey && !skipping) {
            length = escapedAt;
        }
    }

    private @Nullable Line append(int b, int limit) {
        if (skipping) {
            return null;
        }
        if (length == limit) {
            Line beginning = new Line(text(CUT), false);
            skipping = true;
            begun = NONE;
            length = 0;
            return beginning;
        }
        if (length == begun.length) {
            begun = Arrays.copyOf(begun, Math.min(limit, Math.max(FIRST_CAPACITY, 2 * length)));
        }
        begun[length++] = (byte) b;
        return null;
    }

    private @Nullable Line end() {
        escape = Escape.NONE;
        if (skipping) {
            skipping = false;
            return null;
        }
        Line line = new Line(text(length), true);
        length = 0;
        return line;
    }

    private String text(int bytes) {
        int from = begins && ByteOrderMark.isBefore(begun, bytes) ? ByteOrderMark.LENGTH : 0;
        begins = false;
        return new String(begun, from, bytes - from, StandardCharsets.UTF_8);
    }

    /** Takes back the last code point: its continuation bytes, 10xxxxxx, and the byte before them. */
    private void erase() {
        while (length > 0 && (begun[--length] & 0xC0) == 0x80) {
            // A continuation byte; there is more of this code point.
        }
    }
}
