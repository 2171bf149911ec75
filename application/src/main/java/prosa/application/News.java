package prosa.application;

import java.util.List;
import prosa.domain.Message;
import prosa.domain.Position;

/**
 * What was said in a room after a place.
 *
 * @param messages oldest first; empty if nothing came in time
 * @param position where to ask from next: the last message's id, or, without one, a place up to which nothing came
 */
public record News(List<Message> messages, Position position) {
    public News {
        messages = List.copyOf(messages);
    }
}
