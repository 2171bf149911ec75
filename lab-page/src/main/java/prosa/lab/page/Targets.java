package prosa.lab.page;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where the server that is looked at listens, as its own host reaches it.
 *
 * @param tcp empty if that is closed
 */
public record Targets(InetSocketAddress http, Optional<InetSocketAddress> tcp) {}
