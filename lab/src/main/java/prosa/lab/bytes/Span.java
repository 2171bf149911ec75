package prosa.lab.bytes;

/**
 * Bytes of one kind in a row.
 *
 * @param length at least 1
 */
public record Span(Kind kind, int length) {
    /** @throws IllegalArgumentException if there are none */
    public Span {
        if (length < 1) {
            throw new IllegalArgumentException("no bytes");
        }
    }
}
