package prosa.lab.page;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import prosa.lab.tls.Leg;

/**
 * Reads the head of a connection's first request, with one deadline for all of it: a deadline for each read never ends with who sends a
 * byte now and then.
 *
 * <p>For one thread. Both methods block, up to the deadline at most.
 */
final class HeadReader {
    private static final int LONGEST = 8 * 1024;
    private static final int CHUNK = 1_024;

    private final Leg client;
    private final long deadline;
    private byte[] read = new byte[CHUNK];
    private int length;

    /**
     * @param deadline of {@link System#nanoTime()}, for the whole head
     * @param alreadyRead how it begins, if that is known
     */
    HeadReader(Leg client, long deadline, byte... alreadyRead) {
        this.client = client;
        this.deadline = deadline;
        this.length = alreadyRead.length;
        System.arraycopy(alreadyRead, 0, read, 0, length);
    }

    Leg client() {
        return client;
    }

    /**
     * The request line, without its line end.
     *
     * @throws IOException if it does not come in time, or is too long
     */
    String requestLine() throws IOException {
        return new String(read, 0, readTo("\r\n"), StandardCharsets.ISO_8859_1);
    }

    /**
     * All that was read, once the head is whole: its beginning, and whatever has come behind it.
     *
     * @throws IOException if its end does not come in time, or it is over 8 KiB
     */
    byte[] whole() throws IOException {
        readTo("\r\n\r\n");
        client.limitReads(0);
        return Arrays.copyOf(read, length);
    }

    /** Returns where the end begins. */
    private int readTo(String end) throws IOException {
        byte[] wanted = end.getBytes(StandardCharsets.ISO_8859_1);
        int from = 0;
        while (true) {
            for (; from <= length - wanted.length; from++) {
                if (Arrays.equals(read, from, from + wanted.length, wanted, 0, wanted.length)) {
                    return from;
                }
            }
            readMore();
        }
    }

    private void readMore() throws IOException {
        if (length == LONGEST) {
            throw new IOException("a head of more than " + LONGEST + " bytes");
        }
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("no whole head in time");
        }
        if (length == read.length) {
            read = Arrays.copyOf(read, Math.min(LONGEST, 2 * length));
        }
        client.limitReads((int) left);
        int count = client.in().read(read, length, read.length - length);
        if (count < 0) {
            throw new EOFException();
        }
        length += count;
    }
}
