package prosa.lab.bytes;

/** Chunks (RFC 9112 §7.1): a size in hexadecimal, so many bytes, and the end of a line. */
final class ChunkedReader implements ByteReader {
    private final ByteReader content;
    private long left;
    private long size;
    private boolean inExtension;
    private boolean afterData;

    ChunkedReader(ByteReader content) {
        this.content = content;
    }

    @Override
    public Kind read(byte next) {
        if (left > 0) {
            left--;
            afterData = left == 0;
            return content.read(next);
        }
        if (afterData) {
            afterData = next != '\n';
        } else if (next == '\n') {
            left = size;
            size = 0;
            inExtension = false;
        } else {
            readSize(next);
        }
        return Kind.FRAMING;
    }

    private void readSize(byte next) {
        int digit = Character.digit(next, 16);
        inExtension |= digit < 0;
        if (!inExtension) {
            size = size * 16 + digit;
        }
    }
}
