package prosa.delivery;

import java.nio.ByteBuffer;

/**
 * Bytes that wait to be written, in the order in which they were put there.
 */
@OwnedByTurn
final class ByteQueue {
    /** Written in pieces of this size, since the JDK copies each through direct memory, and keeps that. */
    static final int PIECE = 64 << 10;

    private byte[] bytes = new byte[512];
    private int written;
    private int end;
    private long unasked;
    private boolean begun;

    /** Adds something that the client has asked for, or may not do without. */
    void add(byte[] units) {
        assert DeliveryThread.hasTurn();
        makeRoomFor(units.length);
        System.arraycopy(units, 0, bytes, end, units.length);
        end += units.length;
    }

    /** Adds something that the client gets whether it reads or not. */
    void addUnasked(byte[] units) {
        assert DeliveryThread.hasTurn();
        add(units);
        unasked += units.length;
    }

    /** How much waits, in bytes; a history that was asked for does not count. */
    long unasked() {
        assert DeliveryThread.hasTurn();
        return Math.min(unasked, waiting());
    }

    int waiting() {
        assert DeliveryThread.hasTurn();
        return end - written;
    }

    /** What is to be written next; a view that is good until the next call. */
    ByteBuffer piece() {
        assert DeliveryThread.hasTurn();
        return ByteBuffer.wrap(bytes, written, Math.min(PIECE, waiting()));
    }

    /** Takes out what was written, or will be. */
    void remove(int count) {
        assert DeliveryThread.hasTurn();
        written += count;
        begun = waiting() > 0;
    }

    /** Whether a part of it was written: pieces end anywhere, so nothing else may be written before the rest. */
    boolean isBegun() {
        assert DeliveryThread.hasTurn();
        return begun;
    }

    /** How much memory it takes, in bytes. */
    int capacity() {
        assert DeliveryThread.hasTurn();
        return bytes.length;
    }

    /** A slow reader may never let it run empty, so what was written makes room as well. */
    private void makeRoomFor(int length) {
        if (bytes.length - end < length) {
            int needed = waiting() + length;
            byte[] room = needed <= bytes.length / 2 ? bytes : new byte[Math.max(needed, 2 * bytes.length)];
            System.arraycopy(bytes, written, room, 0, waiting());
            bytes = room;
            end -= written;
            written = 0;
        }
    }
}
