package prosa.lab.relay;

import java.time.Duration;

/**
 * What a relay does to the bytes of a connection.
 *
 * <p>{@link Cut} is done once and ends the connection. All others last until the next one is set, and hold per direction.
 */
public sealed interface Fault {
    /** No fault: bytes pass as they come. */
    Fault NONE = new None();

    /** See {@link #NONE}. */
    record None() implements Fault {}

    /** Ends the connection towards both sides, whatever direction it is set for. What was on its way is lost. */
    record Cut(How how) implements Fault {
        /** How a connection ends. */
        public enum How {
            /** In order, as a proxy that is stopped does. A side that goes on sending is answered with a reset. */
            FIN,
            /** Abruptly: reads and writes fail on both sides. */
            RST
        }
    }

    /** Reads no more: the buffers fill, and then the sender can't write (TCP's backpressure). Nothing is lost. */
    record Stall() implements Fault {}

    /**
     * Lets so much pass and no more, so that backpressure reaches the sender.
     *
     * @param bytesPerSecond at least 1
     */
    record Throttle(int bytesPerSecond) implements Fault {
        /** @throws IllegalArgumentException if it is not positive */
        public Throttle {
            requirePositive(bytesPerSecond);
        }
    }

    /**
     * Takes what a side sends and lets it vanish, and says nothing of a side's end either: what a host sees whose peer lost its power
     * or whose router forgot it. Unlike there, the sender's kernel gets its acknowledgements, so it never gives the connection up by
     * itself (Linux would after some 15 minutes of unanswered retransmissions).
     *
     * <p>If bytes have vanished or a side has ended, setting another fault resets the connection: the stream can't go on with a hole in
     * it. That, too, is what a host sees whose peer is back and does not know it any more.
     */
    record HalfOpen() implements Fault {}

    /**
     * Holds bytes back until there are so many, or the stream or a response that tells its length ends, or another fault is set: what a
     * buffering proxy does to a response.
     *
     * @param bytes at least 1
     * @param heeding whether it lets a response pass whose head forbids it ({@code X-Accel-Buffering: no}, or {@code Cache-Control:
     *     no-transform}) or switches protocols (101), as a proxy that knows WebSocket does. A response that
     *     does not tell its length is the connection's last
     */
    record Buffer(int bytes, boolean heeding) implements Fault {
        /** @throws IllegalArgumentException if {@code bytes} is not positive */
        public Buffer {
            requirePositive(bytes);
        }
    }

    /**
     * Passes everything on so much later, in order, at full throughput as long as no more than 16 MiB are under way.
     *
     * @param by not negative
     */
    record Delay(Duration by) implements Fault {
        /** @throws IllegalArgumentException if it is negative */
        public Delay {
            if (by.isNegative()) {
                throw new IllegalArgumentException("negative: " + by);
            }
        }
    }

    /**
     * Leaves out every n-th message. TCP loses no bytes and goes on, so this is no network's fault but that of a program in between; it
     * serves to try instruments that count losses. It begins with the first whole message after it was set, and is for streams whose
     * messages end with line feeds: no chunked bodies, no WebSocket.
     *
     * @param n at least 1, which leaves out all
     */
    record DropEvery(int n, Unit unit) implements Fault {
        /** What counts as a message. */
        public enum Unit {
            /** A line with something on it (LF or CRLF). */
            LINE,
            /** A block of Server-sent events up to its blank line, unless it begins with a comment. */
            EVENT
        }

        /** @throws IllegalArgumentException if {@code n} is not positive */
        public DropEvery {
            requirePositive(n);
        }
    }

    private static void requirePositive(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("not positive: " + number);
        }
    }
}
