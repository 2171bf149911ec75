package prosa.lab.relay;

import java.nio.ByteBuffer;
import prosa.lab.relay.Fault.DropEvery;

/** Leaves every n-th message out of a stream, which may come in pieces of any size. Not thread-safe. */
final class Sieve {
    private final DropEvery fault;
    private boolean atUnit;
    private boolean atLine;
    private boolean dropping;
    private boolean blank;
    private int counted;

    /** @param tail the stream's last four bytes: if they don't end a message, the rest of the present one passes uncounted */
    Sieve(DropEvery fault, int tail) {
        this.fault = fault;
        this.atLine = (tail & 0xff) == '\n';
        boolean atBlock = (tail & 0xffff) == 0x0a0a || (tail & 0xffffff) == 0x0a0d0a;
        this.atUnit = switch (fault.unit()) {
            case LINE -> atLine;
            case EVENT -> atBlock;
        };
    }

    /** What is left of these bytes, ready to be read. */
    ByteBuffer sift(ByteBuffer bytes) {
        ByteBuffer left = ByteBuffer.allocate(bytes.remaining());
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (atUnit) {
                begin(next);
            }
            if (!dropping) {
                left.put(next);
            }
            end(next);
        }
        return left.flip();
    }

    private void begin(byte first) {
        atUnit = false;
        boolean counts = switch (fault.unit()) {
            case LINE -> first != '\n' && first != '\r';
            case EVENT -> first != '\n' && first != '\r' && first != ':';
        };
        if (counts) {
            counted++;
        }
        dropping = counts && counted % fault.n() == 0;
    }

    private void end(byte last) {
        if (last != '\n') {
            blank = atLine && last == '\r';
            atLine = false;
            return;
        }
        boolean endsBlock = atLine || blank;
        blank = false;
        atLine = true;
        atUnit = fault.unit() == DropEvery.Unit.LINE || endsBlock;
        dropping &= !atUnit;
    }
}
