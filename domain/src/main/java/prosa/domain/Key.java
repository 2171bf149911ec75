package prosa.domain;

/**
 * What a client calls one message of its own, so that it can send it again after a lost acknowledgement without saying it twice.
 *
 * @param value 1 to 128 characters, printable ASCII
 */
public record Key(String value) {
    private static final int MAX_LENGTH = 128;

    /** @throws Refused {@link Reason#MALFORMED} */
    public Key {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new Refused(new Fault.NotKey("key"));
        }
    }
}
