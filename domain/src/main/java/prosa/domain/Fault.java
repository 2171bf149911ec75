package prosa.domain;

import java.time.Duration;
import java.util.List;

/**
 * What is wrong with a part of what a client sent, for the sentence beside a {@link Reason}, {@link Reason#MALFORMED} for the most part. A
 * part goes by what the client calls it: a parameter, a field, a header.
 */
public sealed interface Fault {
    /** It is needed, and isn't there. */
    record Missing(String part) implements Fault {}

    /** It is no string. */
    record NotText(String part) implements Fault {}

    /** It is no whole number between these two, which are possible themselves. */
    record NotNumber(String part, int least, int most) implements Fault {}

    /** It is no {@link Position}. */
    record NotPosition(String part) implements Fault {}

    /** It is no {@link Key}. */
    record NotKey(String part) implements Fault {}

    /** It is no {@link Term}. */
    record NotTerm(String part) implements Fault {}

    /** It is no address of the internet. */
    record NotAddress(String part) implements Fault {}

    /** It is as this option of the server's says, and stays so. */
    record SetBy(String option) implements Fault {}

    /** It is not a room and its key, as in {@code ROOM=KEY}. */
    record NotRoomKey(String part) implements Fault {}

    /** It is none of these words. */
    record NotOneOf(String part, List<String> words) implements Fault {
        public NotOneOf {
            words = List.copyOf(words);
        }
    }

    /** It is not so many bytes in base64. */
    record NotBase64(String part, int bytes) implements Fault {}

    /** It has more characters than that. */
    record TooLong(String part, int most) implements Fault {}

    /** It is given more often than that. */
    record TooMany(String part, int most) implements Fault {}

    /** The way in which it is encoded is wrong. */
    record Undecodable(String part) implements Fault {}

    /** It means something elsewhere, and nothing here: who gave it expects what won't happen. */
    record OutOfPlace(String part) implements Fault {}

    /** It is given in two places, and differs. */
    record Contradicted(String part) implements Fault {}

    /** It names another room or person than the one's who says it. */
    record NotOwn(String part) implements Fault {}

    /** It may be tried again, but not before that long. */
    record TooSoon(Duration retryAfter) implements Fault {}

    /** The people of that network have as many claimed names as they may: one has to be given up first. */
    record TooManyNames(int most) implements Fault {}

    /** It is another name than the one that a proxy vouches for. */
    record NotVouched(Name own) implements Fault {}

    /** It is not one whole JSON object. */
    record NotObject() implements Fault {}

    /** A command for people is written otherwise. */
    record Usage(Form form) implements Fault {
        /** Which command. */
        public enum Form {
            HELP,
            WHO,
            QUIT,
            NICK,
            CLAIM,
            RELEASE,
            JOIN,
            MSG,
            LAST,
            KEY,
            OP,
            KICK,
            MUTE,
            UNMUTE,
            QUIET,
            UNQUIET,
            BAN,
            UNBAN,
            BANS,
            CLOSE,
            OPEN,
            REMOVE,
            CLEAR,
            ACTS
        }
    }
}
