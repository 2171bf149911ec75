package prosa.domain;

import java.util.regex.Pattern;

/**
 * A room's name: 1 to 32 of {@code a-z}, {@code 0-9} and {@code -}.
 *
 * @param value the name as it travels
 */
public record RoomName(String value) implements Comparable<RoomName> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{1,32}");

    /** The room one is in when one names none. */
    public static final RoomName MAIN = new RoomName("main");

    /** @throws Refused {@link Reason#ROOM_INVALID} */
    public RoomName {
        if (!FORM.matcher(value).matches()) {
            throw new Refused(Reason.ROOM_INVALID);
        }
    }

    @Override
    public int compareTo(RoomName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
