package prosa.application.port;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port, as {@code Host} and {@code Origin} name them (RFC 9110 §7.2, RFC 6454 §7), spelled in one way: small letters, no dot at
 * the end, an address in its shortest form, and no port where it is the scheme's own.
 */
public record Host(String name, OptionalInt port) {
    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]/?#@\\s]+)(?::([0-9]{0,5}))?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
    private static final int MAX_PORT = 65_535;

    /** @return empty if this names no host */
    public static Optional<Host> of(String authority) {
        Matcher form = FORM.matcher(authority);
        if (!form.matches()) {
            return Optional.empty();
        }
        String port = form.group(2) == null ? "" : form.group(2);
        int number = port.isEmpty() ? 0 : Integer.parseInt(port);
        boolean isDefault = port.isEmpty() || number == 80 || number == 443;
        if (number > MAX_PORT) {
            return Optional.empty();
        }
        return spelled(form.group(1))
                .map(name -> new Host(name, isDefault ? OptionalInt.empty() : OptionalInt.of(number)));
    }

    private static Optional<String> spelled(String name) {
        try {
            if (name.startsWith("[")) {
                InetAddress address = InetAddress.ofLiteral(name.substring(1, name.length() - 1));
                return Optional.of(
                        address instanceof Inet4Address
                                ? address.getHostAddress()
                                : "[" + address.getHostAddress() + "]");
            }
            if (IPV4.matcher(name).matches()) {
                return Optional.of(InetAddress.ofLiteral(name).getHostAddress());
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String small = name.toLowerCase(Locale.ROOT);
        return Optional.of(small.endsWith(".") ? small.substring(0, small.length() - 1) : small)
                .filter(rest -> !rest.isEmpty());
    }

    /** Whether it leads to this machine, whoever resolves it (RFC 6761 §6.3). */
    public boolean isLoopback() {
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[0:0:0:0:0:0:0:1]")
                || IPV4.matcher(name).matches() && name.startsWith("127.");
    }

    public Host withPort(int other) {
        return new Host(name, other == 80 || other == 443 ? OptionalInt.empty() : OptionalInt.of(other));
    }
}
