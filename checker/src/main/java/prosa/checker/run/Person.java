package prosa.checker.run;

import java.util.Random;

/** Somebody who says something: the same seed says the same, in the same order. For one thread at a time. */
final class Person {
    private static final String[] WORDS = {
        "oi", "tudo", "bem", "quem", "vai", "hoje", "à", "sala", "de", "aula", "🎉", "e\u0301", "\"sim\"", "não"
    };

    private static final int MOST_WORDS = 12;
    private static final int PRIME = 31;
    private static final int SIDE_LETTERS = 20;

    private final String id;
    private final String name;
    private final String room;
    private final Random words;
    private final Random moods;
    private final long pauseNanos;
    private int count;

    /**
     * @param id who it is, whatever the name: two may want one name
     * @param pauseNanos between two messages, on the average
     */
    Person(String id, String name, String room, long seed, long pauseNanos) {
        this.id = id;
        this.name = name;
        this.room = room;
        // Of two kinds, as how often they are asked for a pause depends on others.
        this.words = new Random(seed * PRIME + id.hashCode());
        this.moods = new Random(seed * PRIME - id.hashCode());
        this.pauseNanos = pauseNanos;
    }

    /** Something to say, with the key under which it is said again. */
    record Line(String text, String key) {}

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    String room() {
        return room;
    }

    /** A room that they close, and that nobody is in. */
    String sideRoom() {
        return "side-" + room.substring(room.length() - SIDE_LETTERS);
    }

    /** No other message of a round has this text, as it names who said it and counts. */
    Line nextLine() {
        count++;
        StringBuilder text = new StringBuilder(id + " " + count + ":");
        int length = words.nextInt(1, MOST_WORDS);
        for (int i = 0; i < length; i++) {
            text.append(' ').append(WORDS[words.nextInt(WORDS.length)]);
        }
        return new Line(text.toString(), id + "-" + count);
    }

    /** One in so many. */
    boolean feelsLikeIt(int oneIn) {
        return moods.nextInt(oneIn) == 0;
    }

    /** In nanoseconds, up to twice the average. */
    long nextPause() {
        return moods.nextLong(2 * pauseNanos);
    }
}
