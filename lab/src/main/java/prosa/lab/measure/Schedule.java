package prosa.lab.measure;

import java.util.Optional;

/**
 * When each of a number of messages is due, and which one a text is: the text carries a tag and its number, and is filled up to the
 * length that was asked for.
 *
 * @param tag 8 letters or digits that no other text begins with
 * @param startNanos when the first is due, by {@link System#nanoTime()}
 * @param intervalNanos from one to the next
 * @param count how many
 * @param textBytes length of a text, at least {@link #SHORTEST}
 */
record Schedule(String tag, long startNanos, long intervalNanos, int count, int textBytes) {
    static final int SHORTEST = 17;
    private static final int TAG = 8;
    private static final String FILLING = " the quick brown fox jumps over the lazy dog";

    Schedule {
        if (tag.length() != TAG || intervalNanos < 1 || count < 1 || textBytes < SHORTEST) {
            throw new IllegalArgumentException(tag + " " + intervalNanos + " " + count + " " + textBytes);
        }
    }

    long dueNanos(int number) {
        return startNanos + number * intervalNanos;
    }

    String text(int number) {
        String head = "%s %08d".formatted(tag, number);
        int missing = textBytes - head.length();
        return head + FILLING.repeat(missing / FILLING.length() + 1).substring(0, missing);
    }

    /** Which of this schedule's messages a text is; empty if it is another's. */
    Optional<Integer> number(String text) {
        return text.length() >= SHORTEST && text.startsWith(tag)
                ? Optional.of(Integer.parseInt(text, TAG + 1, SHORTEST, 10))
                : Optional.empty();
    }
}
