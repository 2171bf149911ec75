package prosa.bootstrap;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses to listen on.
 *
 * @param addresses at least one; {@code 0.0.0.0} and {@code ::} stand for all of the machine's
 */
record Bind(List<InetAddress> addresses) {
    static final String LOCALHOST = "localhost";

    /** @throws IllegalArgumentException if there is no address */
    Bind {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address to listen on");
        }
    }

    /** There is nothing to listen on under that name. */
    static final class NotOurs extends Exception {
        private static final long serialVersionUID = 1;

        enum Why {
            NO_ADDRESS,
            UNKNOWN,
            FOREIGN
        }

        private final Why why;

        private NotOurs(Why why) {
            super(why.name(), null, false, false);
            this.why = why;
        }

        Why why() {
            return why;
        }
    }

    /**
     * @param host an address, {@code [::1]} too, or a name. {@code localhost} is 127.0.0.1 and, if the machine has IPv6, ::1:
     *     browsers try both, and in either order.
     * @throws NotOurs if the name is unknown, or no address of this machine's belongs to it
     */
    static Bind to(String host) throws NotOurs {
        if (host.isBlank()) {
            throw new NotOurs(NotOurs.Why.NO_ADDRESS);
        }
        List<InetAddress> ours = Stream.of(resolve(host)).filter(Bind::isOurs).toList();
        if (ours.isEmpty()) {
            throw new NotOurs(NotOurs.Why.FOREIGN);
        }
        return new Bind(ours);
    }

    /** Whether only this machine can connect. */
    boolean isLoopback() {
        return addresses.stream().allMatch(InetAddress::isLoopbackAddress);
    }

    /** Addresses under which other machines reach this one, as far as is known. */
    List<InetAddress> forOthers() {
        if (addresses.stream().noneMatch(InetAddress::isAnyLocalAddress)) {
            return addresses.stream()
                    .filter(address -> !address.isLoopbackAddress())
                    .toList();
        }
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .filter(this::isServed)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    /** {@code 0.0.0.0} is of IPv4 alone; {@code ::} takes both. */
    private boolean isServed(InetAddress address) {
        return address instanceof Inet4Address || addresses.stream().anyMatch(Inet6Address.class::isInstance);
    }

    private static InetAddress[] resolve(String host) throws NotOurs {
        if (host.equalsIgnoreCase(LOCALHOST)) {
            // Not asked of the resolver: in many an /etc/hosts localhost is only one of the two.
            return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")};
        }
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new NotOurs(NotOurs.Why.UNKNOWN);
        }
    }

    /** By trying, as no list of interfaces knows of 127.0.0.2, of IPv6 switched off, or of what a container may do. */
    private static boolean isOurs(InetAddress address) {
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException | UnsupportedAddressTypeException e) {
            return false;
        }
    }
}
