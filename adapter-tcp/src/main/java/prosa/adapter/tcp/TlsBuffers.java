package prosa.adapter.tcp;

import java.nio.ByteBuffer;

/**
 * Memory in which records of TLS are opened and sealed, shared by all connections: none holds any while nothing is going on.
 *
 * @param in records as they came; the event loop's
 * @param out records that the event loop seals
 * @param turn records that whoever has the turn seals
 */
record TlsBuffers(ByteBuffer in, ByteBuffer out, ByteBuffer turn) {
    /** More than the longest record that the JDK takes or makes, 16,709 bytes. */
    static final int SIZE = 17 << 10;

    TlsBuffers() {
        this(ByteBuffer.allocateDirect(SIZE), ByteBuffer.allocateDirect(SIZE), ByteBuffer.allocateDirect(SIZE));
    }
}
