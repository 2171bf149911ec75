package prosa.bootstrap;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import prosa.application.port.Authority;
import prosa.language.Language;

/** What Prosa prints when it has started: where it listens, and how to join over each wire. */
final class Greeting {
    private final List<URI> listening;
    private final Options options;

    Greeting(List<URI> listening, Options options) {
        this.listening = listening;
        this.options = options;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        listening.forEach(uri -> text.append("listening: ").append(uri).append('\n'));
        String host = options.bind().isLoopback() || isAnyLocal()
                ? "localhost"
                : Authority.host(options.bind().addresses().getFirst());
        text.append('\n').append(howToJoin(host));
        List<String> others = options.bind().isLoopback() ? List.of() : othersAddresses();
        if (!others.isEmpty()) {
            text.append('\n')
                    .append(either("From other machines: ", "De outras máquinas: "))
                    .append(options.language()
                            .list(others.stream()
                                    .map(address -> "http://" + address + ":" + port("http"))
                                    .toList()))
                    .append('\n');
        }
        return text.toString();
    }

    private String howToJoin(String host) {
        int http = port("http");
        return line(either("browser", "navegador"), "http://" + host + ":" + http + "/")
                + line("telnet", "telnet " + host + " " + port("tcp"))
                + line("feed", "curl -N http://" + host + ":" + http + "/feed")
                + line(
                        either("send", "enviar"),
                        "curl -d '" + either("Hello!", "Oi!") + "' 'http://" + host + ":" + http
                                + "/messages?name=Ana'")
                + line("WebSocket", "wscat -c ws://" + host + ":" + http + "/chat");
    }

    private static String line(String wire, String command) {
        return String.format("  %-10s %s%n", wire, command);
    }

    private int port(String scheme) {
        return listening.stream()
                .filter(uri -> uri.getScheme().equals(scheme))
                .findFirst()
                .orElseThrow()
                .getPort();
    }

    private boolean isAnyLocal() {
        return options.bind().addresses().stream().anyMatch(InetAddress::isAnyLocalAddress);
    }

    private List<String> othersAddresses() {
        if (!isAnyLocal()) {
            return options.bind().addresses().stream().map(Authority::host).toList();
        }
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .filter(this::isServed)
                    .map(Authority::host)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    /** {@code 0.0.0.0} is of IPv4 alone; {@code ::} takes both. */
    private boolean isServed(InetAddress address) {
        return address instanceof Inet4Address
                || options.bind().addresses().stream().anyMatch(Inet6Address.class::isInstance);
    }

    private String either(String english, String portuguese) {
        return options.language() == Language.PORTUGUESE ? portuguese : english;
    }
}
