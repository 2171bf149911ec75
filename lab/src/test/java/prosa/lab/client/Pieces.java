package prosa.lab.client;

import java.io.InputStream;

/** A stream that gives its bytes as TCP may: cut at one place, or each by itself. */
final class Pieces extends InputStream {
    private final byte[] bytes;
    private final int cut;
    private int next;

    private Pieces(byte[] bytes, int cut) {
        this.bytes = bytes;
        this.cut = cut;
    }

    static Input cutAt(byte[] bytes, int cut) {
        return new Input(new Pieces(bytes, cut));
    }

    static Input byteByByte(byte[] bytes) {
        return new Input(new Pieces(bytes, -1));
    }

    @Override
    public int read() {
        return next < bytes.length ? bytes[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (next == bytes.length) {
            return -1;
        }
        int end = cut < 0 ? next + 1 : next < cut ? cut : bytes.length;
        int count = Math.min(length, end - next);
        System.arraycopy(bytes, next, into, offset, count);
        next += count;
        return count;
    }
}
