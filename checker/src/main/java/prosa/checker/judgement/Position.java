package prosa.checker.judgement;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the log, as docs/protocol.md has it: {@code <epoch>-<offset>}. A later epoch comes after all of an earlier one.
 *
 * @param epoch not negative
 * @param offset not negative
 */
public record Position(long epoch, long offset) implements Comparable<Position> {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");
    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::epoch).thenComparingLong(Position::offset);

    /** @throws IllegalArgumentException if either is negative */
    public Position {
        if (epoch < 0 || offset < 0) {
            throw new IllegalArgumentException("negative: " + epoch + "-" + offset);
        }
    }

    /** @throws IllegalArgumentException if it is no position */
    public static Position of(String written) {
        Matcher parts = WRITTEN.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a position: " + written);
        }
        return new Position(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    /** Whether it lies behind {@code other}. */
    public boolean isAfter(Position other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return epoch + "-" + offset;
    }
}
