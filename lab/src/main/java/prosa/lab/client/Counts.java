package prosa.lab.client;

/** Bytes in one direction, by their {@link ByteKind}. */
public record Counts(long handshake, long payload, long envelope, long framing, long heartbeat, long notice, long tls) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    /** All bytes. */
    public long total() {
        return handshake + payload + envelope + framing + heartbeat + notice + tls;
    }

    public Counts plus(Counts other) {
        return new Counts(
                handshake + other.handshake,
                payload + other.payload,
                envelope + other.envelope,
                framing + other.framing,
                heartbeat + other.heartbeat,
                notice + other.notice,
                tls + other.tls);
    }

    /** What came since {@code earlier}, counted on the same connections. */
    public Counts minus(Counts earlier) {
        return new Counts(
                handshake - earlier.handshake,
                payload - earlier.payload,
                envelope - earlier.envelope,
                framing - earlier.framing,
                heartbeat - earlier.heartbeat,
                notice - earlier.notice,
                tls - earlier.tls);
    }
}
