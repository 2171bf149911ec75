package prosa.adapter.tcp;

import java.util.Arrays;

/**
 * U+FEFF in UTF-8, which Windows' tools put before a text. It says how the text is encoded and is no part of it (Unicode 16.0
 * §23.8).
 */
final class ByteOrderMark {
    static final int LENGTH = 3;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private ByteOrderMark() {}

    /** Whether these bytes begin with it. */
    static boolean isBefore(byte[] bytes, int length) {
        return length >= LENGTH && Arrays.equals(bytes, 0, LENGTH, MARK, 0, LENGTH);
    }

    /** Its byte at a place from 0 to 2. */
    static byte at(int place) {
        return MARK[place];
    }
}
