package prosa.application;

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
class OutboxTest {
    private final Outbox outbox = new Outbox();

    @Test
    void whatComesOutIsWhatWasPutIn() {
        Random random = new Random(7);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int step = 0; step < 2_000; step++) {
            byte[] units = new byte[random.nextInt(20) == 0 ? random.nextInt(5_000) : random.nextInt(200)];
            random.nextBytes(units);
            outbox.add(units);
            in.writeBytes(units);
            take(random.nextInt(400), out);
            assertEquals(in.size() - out.size(), outbox.waiting());
        }
        while (outbox.waiting() > 0) {
            take(Outbox.PIECE, out);
        }
        assertTrue(Arrays.equals(in.toByteArray(), out.toByteArray()));
    }

    private void take(int most, ByteArrayOutputStream out) {
        ByteBuffer piece = outbox.piece();
        byte[] part = new byte[Math.min(most, piece.remaining())];
        piece.get(part);
        out.writeBytes(part);
        outbox.remove(part.length);
    }

    @Test
    void whatIsLongComesInPieces() {
        outbox.add(new byte[Outbox.PIECE + 1]);
        assertEquals(Outbox.PIECE, outbox.piece().remaining());
        outbox.remove(Outbox.PIECE);
        assertEquals(1, outbox.piece().remaining());
        assertTrue(outbox.isBegun());
        outbox.add(new byte[Outbox.PIECE]); // makes room by what was written
        assertTrue(outbox.isBegun());
        outbox.remove(Outbox.PIECE + 1);
        assertFalse(outbox.isBegun());
    }

    @Test
    void aReaderWhoIsAlwaysBehindDoesNotMakeItGrow() {
        byte[] line = new byte[1_000];
        for (int i = 0; i < 100; i++) {
            outbox.add(line);
        }
        for (int i = 0; i < 100_000; i++) {
            outbox.add(line);
            outbox.remove(line.length);
        }
        assertEquals(100_000, outbox.waiting());
        assertTrue(outbox.capacity() < 500_000, outbox.capacity() + " bytes for a hundred thousand");
    }

    @Test
    void onlyWhatNobodyAskedForCounts() {
        outbox.add(new byte[10_000]);
        assertEquals(0, outbox.unasked());
        outbox.addUnasked(new byte[100]);
        assertEquals(100, outbox.unasked());
        outbox.remove(10_050);
        assertEquals(50, outbox.unasked());
    }
}
