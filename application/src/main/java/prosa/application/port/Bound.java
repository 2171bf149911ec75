package prosa.application.port;

import java.nio.charset.StandardCharsets;
import prosa.domain.Cleared;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Removed;

/**
 * How much one read of the history gives at most. The first message, or the first entry, is always given, whatever it weighs.
 *
 * @param messages messages or entries, 1 to {@link MessageHistory#MAX_READ}
 * @param bytes what they may {@link #weight weigh} together, at least 1
 */
public record Bound(int messages, int bytes) {
    /** What a message takes beside its text: the JSON around it, with the longest room and name that there are, at most. */
    private static final int ENVELOPE = 360;

    /** @throws IllegalArgumentException if there can't be so many messages, or so few bytes */
    public Bound {
        if (messages < 1 || messages > MessageHistory.MAX_READ || bytes < 1) {
            throw new IllegalArgumentException(messages + " messages, " + bytes + " bytes");
        }
    }

    /** As many messages, whatever they weigh: 16 MB at the most. */
    public static Bound messages(int messages) {
        return new Bound(messages, Integer.MAX_VALUE);
    }

    /** About how many bytes an entry takes on a wire, and hardly ever fewer. */
    public static int weight(Entry entry) {
        return switch (entry) {
            case Message message -> weight(message);
            case Removed removed -> ENVELOPE;
            case Cleared cleared -> ENVELOPE;
        };
    }

    /** About how many bytes a message takes on a wire, and hardly ever fewer: its text in UTF-8, escaped as JSON does it. */
    public static int weight(Message message) {
        String text = message.text().value();
        int escaped = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < ' ') {
                escaped++;
            }
        }
        return ENVELOPE + escaped + text.getBytes(StandardCharsets.UTF_8).length;
    }
}
