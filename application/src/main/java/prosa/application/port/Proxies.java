package prosa.application.port;

import java.net.InetAddress;
import java.util.List;

/** Whom to believe what they say of those for whom they ask. */
public record Proxies(List<Subnet> trusted) {
    public static final Proxies NONE = new Proxies(List.of());

    public Proxies {
        trusted = List.copyOf(trusted);
    }

    /** Whether a proxy at this address is believed. */
    public boolean trusts(InetAddress address) {
        for (Subnet subnet : trusted) {
            if (subnet.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
