package prosa.lab.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes lines and blocks of bytes from a stream, however they were cut into reads: TCP carries bytes and knows no messages. For one
 * thread.
 */
public final class Input extends InputStream {
    private static final int BUFFER = 8_192;
    private static final int LONGEST_LINE = 4 << 20;

    private final InputStream from;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int end;

    public Input(InputStream from) {
        this.from = from;
    }

    @Override
    public int read() throws IOException {
        return next < end || fill() ? buffer[next++] & 0xff : -1;
    }

    /** Gives what is here; reads only if nothing is. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next == end && !fill()) {
            return -1;
        }
        int count = Math.min(length, end - next);
        System.arraycopy(buffer, next, into, offset, count);
        next += count;
        return count;
    }

    /** The next byte, which has to come. */
    int demand() throws IOException {
        int value = read();
        if (value < 0) {
            throw new EOFException("the connection ended in the middle of something");
        }
        return value;
    }

    /** The next {@code count} bytes, which have to come. */
    byte[] demand(int count) throws IOException {
        byte[] bytes = new byte[count];
        int have = 0;
        while (have < count) {
            int more = read(bytes, have, count - have);
            if (more < 0) {
                throw new EOFException("the connection ended in the middle of something");
            }
            have += more;
        }
        return bytes;
    }

    /** The bytes up to and with the next LF; without one at the stream's end, what is left, and after that nothing. */
    public byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        while (next < end || fill()) {
            int from = next;
            while (next < end && buffer[next] != '\n') {
                next++;
            }
            boolean whole = next < end;
            next += whole ? 1 : 0;
            line.write(buffer, from, next - from);
            if (whole) {
                break;
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a line of over " + LONGEST_LINE + " bytes");
            }
        }
        return line.toByteArray();
    }

    private boolean fill() throws IOException {
        int count = from.read(buffer, 0, BUFFER);
        next = 0;
        end = Math.max(count, 0);
        return count > 0;
    }
}
