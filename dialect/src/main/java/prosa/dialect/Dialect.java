package prosa.dialect;

import java.util.List;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.delivery.CloseReason;

/** A way of speaking, in lines. Instances have no state and may be used on any thread. */
public interface Dialect {
    /**
     * What a client's line asks for.
     *
     * @param line without its line end; in the text dialect it may contain line breaks (one WebSocket text is one message)
     * @return never fails: what can't be read is a {@link Command.Unreadable}
     */
    Command read(String line);

    /**
     * The lines to {@link #read} in a text that came as a whole, as on a WebSocket: it is one message of a person, and one or more
     * lines of a program.
     */
    List<String> linesOf(String text);

    /**
     * How an event is told.
     *
     * @return lines without line ends; none if this dialect has nothing to say of it
     */
    List<String> write(Event event);

    /** How the past is told to somebody who looks back at it. */
    default Dialect past() {
        return this;
    }

    /** Whether it says the token of a welcome. */
    boolean tellsToken();

    /**
     * The last words on a connection that ends.
     *
     * @return lines without line ends; none if this dialect has nothing to say of it
     */
    List<String> write(CloseReason reason);
}
