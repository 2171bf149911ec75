package prosa.domain;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A room's name: 1 to 32 of {@code a-z}, {@code 0-9} and {@code -}. Capitals become small letters, as telephones and telnet's users write
 * them.
 *
 * @param value the name as it travels
 */
public record RoomName(String value) implements Comparable<RoomName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,32}");

    /** 25 of 36 signs carry 129 bits: who was not told such a name does not come upon it, unless a list shows it. */
    private static final Pattern UNLISTED = Pattern.compile("lab--[a-z0-9]{25}");

    /** The room one is in when one names none. */
    public static final RoomName MAIN = new RoomName("main");

    /** @throws Refused {@link Reason#ROOM_INVALID} */
    public RoomName {
        if (!FORM.matcher(value).matches()) {
            throw new Refused(Reason.ROOM_INVALID);
        }
        value = value.toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a list of rooms may show it. The rooms of the lab's sessions, {@code lab--} and 25 letters or digits, stand in none: a name
     * that nobody can guess keeps strangers out, as long as nobody tells it. All others do, {@code lab-3} and {@code lab--x} among them.
     */
    public boolean isListed() {
        return !UNLISTED.matcher(value).matches();
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
