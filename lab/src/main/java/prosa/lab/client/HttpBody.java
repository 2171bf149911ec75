package prosa.lab.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The body of an HTTP/1.1 response, in whichever of three ways the server tells where it ends (RFC 9112 §6.3): by its length, in
 * chunks, or by closing the connection. For one thread.
 */
public final class HttpBody extends InputStream {
    /** Before there is a response. */
    static final HttpBody NONE = new HttpBody();

    private static final long UNTIL_CLOSE = -1;

    private final Input in;
    private final boolean chunked;
    /** Of the body, or of this chunk. */
    private long left;

    private boolean begun;
    private boolean finished;
    private long framing;

    private HttpBody() {
        this.in = new Input(nullInputStream());
        this.chunked = false;
    }

    /** @throws IOException if the head tells no length where it should */
    public HttpBody(Input in, HttpHead head) throws IOException {
        this.in = in;
        this.chunked = head.field("transfer-encoding")
                .filter(encoding -> encoding.equalsIgnoreCase("chunked"))
                .isPresent();
        try {
            this.left = chunked
                    ? 0
                    : head.field("content-length").map(Long::parseLong).orElse(UNTIL_CLOSE);
        } catch (NumberFormatException e) {
            throw new IOException("not a Content-Length", e);
        }
    }

    /** How many bytes of chunk sizes and line ends went by since this was last asked. */
    long takeFraming() {
        long taken = framing;
        framing = 0;
        return taken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (chunked && left == 0 && !finished) {
            nextChunk();
        }
        if (finished || left == 0) {
            return -1;
        }
        int count = in.read(into, offset, left == UNTIL_CLOSE ? length : (int) Math.min(length, left));
        if (count < 0 && left != UNTIL_CLOSE) {
            throw new EOFException("the connection ended in a response's body");
        }
        left -= left == UNTIL_CLOSE || count < 0 ? 0 : count;
        return count;
    }

    /** Reads a chunk's size; the line end behind its data is counted with it, and read with the next. */
    private void nextChunk() throws IOException {
        if (begun) {
            in.demand(2);
        }
        begun = true;
        byte[] line = in.line();
        String size = new String(line, StandardCharsets.ISO_8859_1)
                .replaceFirst(";.*", "")
                .strip();
        if (!size.matches("[0-9a-fA-F]{1,8}")) {
            throw new IOException("not a chunk's size: " + size);
        }
        left = Long.parseLong(size, 16);
        framing += line.length;
        if (left > 0) {
            framing += 2;
            return;
        }
        finished = true;
        byte[] trailer;
        do {
            trailer = in.line();
            framing += trailer.length;
        } while (trailer.length > 2);
    }
}
