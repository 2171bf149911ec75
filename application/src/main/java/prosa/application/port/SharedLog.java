package prosa.application.port;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a log is kept that several Prosas share, and how.
 *
 * @param servers any one of which leads to all; at least one
 * @param credentials a file by which this Prosa is known there
 * @param prefix with which everything there begins that is ours
 * @param replicas on how many machines each message is kept, 1 to {@link #MOST_REPLICAS}
 */
public record SharedLog(List<URI> servers, Optional<Path> credentials, String prefix, int replicas) {
    public static final int MOST_REPLICAS = 5;

    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

    /** @throws IllegalArgumentException if there is no server, no such prefix, or there can't be so many replicas */
    public SharedLog {
        servers = List.copyOf(servers);
        if (servers.isEmpty() || !isPrefix(prefix) || replicas < 1 || replicas > MOST_REPLICAS) {
            throw new IllegalArgumentException(servers.size() + " servers, " + prefix + ", " + replicas + " replicas");
        }
    }

    /** Whether it is 1 to 32 of {@code a-z}, {@code 0-9}, {@code _} and {@code -}, beginning with a letter. */
    public static boolean isPrefix(String prefix) {
        return PREFIX.matcher(prefix).matches();
    }
}
