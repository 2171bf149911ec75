package prosa.lab.client;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts the bytes of one direction of a connection. Any thread may count and look. */
final class Tally {
    private final AtomicLongArray counts = new AtomicLongArray(ByteKind.values().length);
    private volatile boolean connecting = true;

    void count(ByteKind kind, long bytes) {
        ByteKind counted = connecting && kind != ByteKind.TLS ? ByteKind.HANDSHAKE : kind;
        counts.addAndGet(counted.ordinal(), bytes);
    }

    /** The room is followed: what comes from now on is no handshake any more. */
    void connected() {
        connecting = false;
    }

    Counts counts() {
        return new Counts(
                of(ByteKind.HANDSHAKE),
                of(ByteKind.PAYLOAD),
                of(ByteKind.ENVELOPE),
                of(ByteKind.FRAMING),
                of(ByteKind.HEARTBEAT),
                of(ByteKind.NOTICE),
                of(ByteKind.TLS));
    }

    private long of(ByteKind kind) {
        return counts.get(kind.ordinal());
    }
}
