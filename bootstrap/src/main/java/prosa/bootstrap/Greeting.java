package prosa.bootstrap;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import prosa.application.port.Authority;
import prosa.language.Catalogue;

/** What Prosa prints when it has started: where it listens, and how to join over each wire. */
final class Greeting {
    private final List<URI> listening;
    private final Options options;
    private final Catalogue words;

    Greeting(List<URI> listening, Options options) {
        this.listening = listening;
        this.options = options;
        this.words = Words.in(options.language());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        listening.forEach(uri -> text.append("listening: ").append(uri).append('\n'));
        String host = options.bind().isLoopback() || isAnyLocal()
                ? "localhost"
                : Authority.host(options.bind().addresses().getFirst());
        text.append('\n').append(howToJoin(host));
        List<String> others = options.bind().isLoopback() ? List.of() : pagesForOthers();
        if (!others.isEmpty()) {
            text.append('\n')
                    .append(words.get("greeting.others", words.language().list(others)))
                    .append('\n');
        }
        return text.toString();
    }

    private String howToJoin(String host) {
        int http = port("http");
        return line(words.get("greeting.browser"), "http://" + host + ":" + http + "/")
                + line("telnet", "telnet " + host + " " + port("tcp"))
                + line("feed", "curl -N http://" + host + ":" + http + "/feed")
                + line(
                        words.get("greeting.say"),
                        "curl -d '" + words.get("greeting.hello") + "' 'http://" + host + ":" + http
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

    private List<String> pagesForOthers() {
        return othersAddresses().stream()
                .map(address -> "http://" + address + ":" + port("http"))
                .toList();
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
}
