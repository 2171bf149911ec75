package prosa.application.port;

import prosa.domain.Entry;

/**
 * An entry that is durable from now on.
 *
 * @param origin the connection on this node that said it, or {@link MessagePublisher#NO_CONNECTION} if it came from another node or from no connection
 */
public record Kept(Entry entry, long origin) {}
