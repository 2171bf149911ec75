package prosa.application.port;

import java.net.InetAddress;
import prosa.domain.Via;

/**
 * Who somebody is, as far as a wire can tell.
 *
 * @param via the wire
 * @param address from which they come
 * @param credentials what they showed while they connected, or with a request
 */
public record Peer(Via via, InetAddress address, Credentials credentials) {
    /** Somebody who shows nothing. */
    public Peer(Via via, InetAddress address) {
        this(via, address, Credentials.NONE);
    }
}
