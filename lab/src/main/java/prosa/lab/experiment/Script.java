package prosa.lab.experiment;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import prosa.lab.client.Speaker;

/** What is said in one trial: numbered texts, and when each was due. Any thread may say some, and look. */
final class Script {
    private static final int HEAD = 16;

    private final String tag =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final String filling;
    private final AtomicLongArray due;
    /** Changed under this object's lock. */
    private volatile int said;

    /**
     * @param most how many may be said
     * @param filling what each text ends with
     */
    Script(int most, String filling) {
        this.due = new AtomicLongArray(most);
        this.filling = filling;
    }

    /** A name for its room, which no other trial has. */
    String room() {
        return "lab-" + tag;
    }

    String text(int number) {
        return "%s %06d ".formatted(tag, number) + filling;
    }

    /** Which of these a text is; empty if it is none of them. */
    OptionalInt number(String text) {
        boolean ours = text.length() >= HEAD && text.startsWith(tag + " ");
        return ours ? OptionalInt.of(Integer.parseInt(text, tag.length() + 1, HEAD - 1, 10)) : OptionalInt.empty();
    }

    /** How many were said. */
    int said() {
        return said;
    }

    int most() {
        return due.length();
    }

    /** When it was due to be said, by {@link System#nanoTime()}. */
    long dueNanos(int number) {
        return due.get(number);
    }

    /** Says the next one; it was due at that time. */
    void sayNext(Speaker speaker, long dueNanos) throws IOException {
        speaker.say(text(takeNext(dueNanos)));
    }

    /** Says so many at even distances, each when it is due and not when the one before has arrived. */
    void say(Speaker speaker, int count, Duration every) throws IOException, InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long at = start + i * every.toNanos();
            Wait.until(at);
            sayNext(speaker, at);
        }
    }

    /** Takes down that the next one is said, and returns its number: for speakers that share the work. */
    synchronized int takeNext(long dueNanos) {
        int number = said;
        due.set(number, dueNanos);
        said = number + 1;
        return number;
    }
}
