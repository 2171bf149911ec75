package prosa.test.wire.client;

import java.util.List;

/** What a test sees of a house beside the wire that it is about, and has somebody say there. */
public interface Witness {
    /** The place up to which everything was delivered. */
    String position();

    /** Everything that was said in a room after a place, oldest first. */
    List<Json> messagesAfter(String room, String position);

    /** What was said last in a room, oldest first. */
    List<Json> lastMessages(String room);

    /** How many are in a room. */
    long headCount(String room);

    /** The rooms that can be found. */
    List<String> rooms();

    /** Somebody who is not there says something, and it is kept. */
    void pass(String room, String name, String text);
}
