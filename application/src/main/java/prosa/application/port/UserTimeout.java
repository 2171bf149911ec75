package prosa.application.port;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Port: TCP's user timeout (RFC 9293 §3.9.1, RFC 5482), for which the JDK has no option. Keep-alive finds who has vanished without a word
 * only in silence: while something that was sent is unacknowledged, Linux sends no probe, and repeats what it sent for some 15 minutes.
 */
public interface UserTimeout {
    /** For where there is nothing of the kind: the system's own patience holds. */
    UserTimeout NONE = (socket, patience, owner) -> {};

    /**
     * Has the system end a connection if what was sent stays unacknowledged for so long. Does not block. Where the system has no such
     * option, nothing happens.
     *
     * @param socket open, and closed by its owner alone
     * @param patience in whole milliseconds
     * @param owner whose thread calls; if the way to the system is not open yet, it is done later, as a task of the owner's
     */
    void limit(SocketChannel socket, Duration patience, Executor owner);
}
