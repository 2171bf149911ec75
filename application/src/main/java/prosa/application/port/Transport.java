package prosa.application.port;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Port: a wire. It starts, says where it listens, and stops. */
public interface Transport {
    /**
     * Starts listening; returns when clients can connect.
     *
     * @throws IOException if it can't, the port being taken for example
     */
    void start() throws IOException;

    /** Where it listens, by address: {@code http://127.0.0.1:8080}, {@code tcp://127.0.0.1:2323}. Empty before the start. */
    List<URI> listening();

    /** Takes no more connections from now on. Those that stand are the chat's to close. */
    void stopAccepting();

    /** Ends what is left, waiting at most {@code grace} for it. Blocks. */
    void stop(Duration grace);
}
