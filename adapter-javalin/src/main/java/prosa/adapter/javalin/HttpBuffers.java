package prosa.adapter.javalin;

import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import prosa.delivery.Collapse;

/**
 * Where Jetty gets its buffers from: most of its direct memory. When there is none left, Jetty would close the connection that needed
 * some, and not even log it.
 */
final class HttpBuffers extends ArrayByteBufferPool {
    /** What is kept for the next one of what nobody uses, of either kind. Jetty's own measure is an eighth of the heap. */
    private static final long MOST_KEPT = 8 << 20;

    HttpBuffers() {
        super(0, -1, -1, Integer.MAX_VALUE, MOST_KEPT, MOST_KEPT);
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
        try {
            return super.acquire(size, direct);
        } catch (OutOfMemoryError e) {
            Collapse.ifOutOfMemory(e);
            throw e;
        }
    }
}
