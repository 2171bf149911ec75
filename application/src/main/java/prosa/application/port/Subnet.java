package prosa.application.port;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike, in CIDR's notation (RFC 4632 §3.1, RFC 4291 §2.3): {@code 10.0.0.0/8}, {@code 2001:db8::/32}.
 *
 * @param first the lowest of them: what stands behind the prefix is taken off
 * @param prefix how many bits are alike, 0 to 32 or 128
 */
public record Subnet(InetAddress first, int prefix) {
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** @throws IllegalArgumentException if an address of that kind has no such prefix */
    public Subnet {
        byte[] bytes = first.getAddress();
        if (prefix < 0 || prefix > bytes.length * Byte.SIZE) {
            throw new IllegalArgumentException("no prefix of " + first + ": " + prefix);
        }
        for (int i = 0; i < bytes.length; i++) {
            int bits = Math.clamp(prefix - i * Byte.SIZE, 0, Byte.SIZE);
            bytes[i] &= (byte) (0xFF << (Byte.SIZE - bits));
        }
        first = addressOf(bytes);
    }

    /** A subnet, or an address, which is one of its own. Nothing is ever looked up. Empty if it is neither. */
    public static Optional<Subnet> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int longest = address.get().getAddress().length * Byte.SIZE;
        if (slash < 0) {
            return Optional.of(new Subnet(address.get(), longest));
        }
        String prefix = text.substring(slash + 1);
        return PREFIX.matcher(prefix).matches() && Integer.parseInt(prefix) <= longest
                ? Optional.of(new Subnet(address.get(), Integer.parseInt(prefix)))
                : Optional.empty();
    }

    /**
     * Reads an address as people write it, and no name: nothing is ever looked up. One of IPv4 within IPv6 is one of IPv4. Empty if it is
     * none; the JDK alone would take {@code 1} for 0.0.0.1, and ask the system for a zone.
     */
    public static Optional<InetAddress> address(String literal) {
        if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether this address is among them. One of IPv4 is in no subnet of IPv6. */
    public boolean contains(InetAddress address) {
        return address instanceof Inet4Address == first instanceof Inet4Address
                && new Subnet(address, prefix).first.equals(first);
    }

    private static InetAddress addressOf(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefix;
    }
}
