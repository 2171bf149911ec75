package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithTheTurn.class)
class ByteQueueTest {
    private final ByteQueue queue = new ByteQueue();

    @Test
    void whatComesOutIsWhatWasPutIn() {
        Random random = new Random(7);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int step = 0; step < 2_000; step++) {
            byte[] units = new byte[random.nextInt(20) == 0 ? random.nextInt(5_000) : random.nextInt(200)];
            random.nextBytes(units);
            queue.add(units);
            in.writeBytes(units);
            take(random.nextInt(400), out);
            assertEquals(in.size() - out.size(), queue.waiting());
        }
        while (queue.waiting() > 0) {
            take(ByteQueue.PIECE, out);
        }
        assertTrue(Arrays.equals(in.toByteArray(), out.toByteArray()));
    }

    private void take(int most, ByteArrayOutputStream out) {
        ByteBuffer piece = queue.piece();
        byte[] part = new byte[Math.min(most, piece.remaining())];
        piece.get(part);
        out.writeBytes(part);
        queue.remove(part.length);
    }

    @Test
    void whatIsLongComesInPieces() {
        queue.add(new byte[ByteQueue.PIECE + 1]);
        assertEquals(ByteQueue.PIECE, queue.piece().remaining());
        queue.remove(ByteQueue.PIECE);
        assertEquals(1, queue.piece().remaining());
        assertTrue(queue.isBegun());
        queue.add(new byte[ByteQueue.PIECE]); // makes room by what was written
        assertTrue(queue.isBegun());
        queue.remove(ByteQueue.PIECE + 1);
        assertFalse(queue.isBegun());
    }

    @Test
    void aReaderWhoIsAlwaysBehindDoesNotMakeItGrow() {
        byte[] line = new byte[1_000];
        for (int i = 0; i < 100; i++) {
            queue.add(line);
        }
        for (int i = 0; i < 100_000; i++) {
            queue.add(line);
            queue.remove(line.length);
        }
        assertEquals(100_000, queue.waiting());
        assertTrue(queue.capacity() < 500_000, queue.capacity() + " bytes for a hundred thousand");
    }

    @Test
    void onlyWhatNobodyAskedForCounts() {
        queue.add(new byte[10_000]);
        assertEquals(0, queue.unasked());
        queue.addUnasked(new byte[100]);
        assertEquals(100, queue.unasked());
        queue.remove(10_050);
        assertEquals(50, queue.unasked());
    }
}
