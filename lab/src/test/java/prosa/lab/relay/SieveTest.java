package prosa.lab.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.lab.relay.Fault.DropEvery;
import prosa.lab.relay.Fault.DropEvery.Unit;

class SieveTest {
    private static final int AT_A_BLOCK = 0x0a0a;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void linesAreCountedWhateverThePieces(int piece) {
        assertEquals(
                "a\n\nc\r\n\r\ne\n", sift(new DropEvery(2, Unit.LINE), AT_A_BLOCK, "a\n\nb\nc\r\n\r\nd\r\ne\n", piece));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void eventsAreCountedAndCommentsAreNot(int piece) {
        String events = "id: 1\ndata: a\n\n:\n\nid: 2\ndata: b\n\nid: 3\r\ndata: c\r\n\r\nid: 4\n\n";
        String left = "id: 1\ndata: a\n\n:\n\nid: 3\r\ndata: c\r\n\r\n";
        assertEquals(left, sift(new DropEvery(2, Unit.EVENT), AT_A_BLOCK, events, piece));
    }

    @Test
    void theRestOfAMessageThatHasBegunIsNotCounted() {
        assertEquals("ne\nb\n", sift(new DropEvery(2, Unit.LINE), 'o', "ne\nb\nc\n", 1));
        assertEquals("data: x\n\n", sift(new DropEvery(1, Unit.EVENT), '\n', "data: x\n\ndata: y\n\n", 1));
    }

    private static String sift(DropEvery fault, int tail, String text, int piece) {
        Sieve sieve = new Sieve(fault, tail);
        StringBuilder left = new StringBuilder();
        for (int i = 0; i < text.length(); i += piece) {
            String part = text.substring(i, Math.min(text.length(), i + piece));
            ByteBuffer out = sieve.sift(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)));
            left.append(StandardCharsets.UTF_8.decode(out));
        }
        return left.toString();
    }
}
