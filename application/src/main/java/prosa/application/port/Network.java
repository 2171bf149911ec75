package prosa.application.port;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where one household's machines are: an IPv4 address, or the 64 bits of an IPv6 address that name a link (RFC 4291 §2.5.1), as whoever has
 * one address there has all of them.
 *
 * @param address of IPv6 with 64 zeros at its end
 */
public record Network(InetAddress address) {
    private static final int LINK_BYTES = 8;

    public Network {
        if (address instanceof Inet6Address six) {
            byte[] bytes = six.getAddress();
            Arrays.fill(bytes, LINK_BYTES, bytes.length, (byte) 0);
            address = of(bytes);
        }
    }

    /** Without a zone, which names a cable of this machine's and no other household. */
    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }
}
