package prosa.application.port;

import java.util.List;
import prosa.domain.Message;

/**
 * What one read of the history gave.
 *
 * @param messages oldest first
 * @param more whether the {@link Bound} left out some of what was asked for
 */
public record Page(List<Message> messages, boolean more) {
    public Page {
        messages = List.copyOf(messages);
    }
}
