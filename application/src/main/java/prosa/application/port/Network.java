package prosa.application.port;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Where one household's machines are: an IPv4 address, or the 64 bits of an IPv6 address that name a link (RFC 4291 §2.5.1), as whoever has
 * one address there has all of them.
 *
 * @param address of IPv6 with 64 zeros at its end
 */
public record Network(InetAddress address) {
    private static final int LINK_BITS = 64;

    public Network {
        if (address instanceof Inet6Address) {
            address = new Subnet(address, LINK_BITS).first();
        }
    }
}
