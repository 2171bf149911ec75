package prosa.lab.client;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that pass a connection's sockets, one after the other, as they pass: with TLS, what is sealed. Any thread may look. */
final class Meter {
    /** The type of a record of TLS that says something only where nobody looks at it (RFC 8446 §5). */
    private static final byte CHANGE_CIPHER_SPEC = 20;

    private final boolean secured;
    private final AtomicLong out = new AtomicLong();
    private final AtomicLong in = new AtomicLong();
    /** Something was written to which no answer has come. */
    private volatile boolean asking;

    /** Changed by the reading thread alone. */
    private volatile int roundTrips;

    /** @param secured whether what passes is TLS */
    Meter(boolean secured) {
        this.secured = secured;
    }

    /** A socket that is not connected, and is counted. */
    Socket socket() {
        roundTrips++; // TCP's own handshake
        return new Metered();
    }

    long out() {
        return out.get();
    }

    long in() {
        return in.get();
    }

    int roundTrips() {
        return roundTrips;
    }

    /** TLS takes the streams of the socket below it. */
    private final class Metered extends Socket {
        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int count = in.read(into, offset, length);
                    came(count);
                    return count;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int one) throws IOException {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    asking |= !secured || bytes[offset] != CHANGE_CIPHER_SPEC;
                    super.out.write(bytes, offset, length);
                    Meter.this.out.addAndGet(length);
                }
            };
        }
    }

    private void came(int count) {
        if (count > 0) {
            in.addAndGet(count);
            if (asking) {
                asking = false;
                roundTrips++;
            }
        }
    }
}
