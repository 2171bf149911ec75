package prosa.application.port;

import java.net.InetAddress;
import prosa.domain.Via;

/**
 * Who somebody is, as far as a wire can tell.
 *
 * @param via the wire
 * @param address from which they come
 */
public record Peer(Via via, InetAddress address) {}
