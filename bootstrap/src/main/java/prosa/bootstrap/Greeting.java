package prosa.bootstrap;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import prosa.application.port.Authority;
import prosa.certificate.Identity;
import prosa.language.Catalogue;

/** What Prosa prints when it has started: where it listens, and how to join over each wire. */
final class Greeting {
    private static final String HTTP = "http";
    private static final String HTTPS = "https";
    private static final String TCP = "tcp";
    private static final String TCPS = "tcps";

    /** The schemes of what is not encrypted. */
    private static final Set<String> PLAIN = Set.of(HTTP, TCP, "sse");

    private final List<URI> listening;
    private final Optional<String> fingerprint;
    private final Options options;
    private final Catalogue words;

    /** @param fingerprint of a certificate that nobody vouches for, so that people can compare it with what a browser shows */
    Greeting(List<URI> listening, Optional<String> fingerprint, Options options) {
        this.listening = listening;
        this.fingerprint = fingerprint;
        this.options = options;
        this.words = Words.in(options.language());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        listening.forEach(uri -> text.append("listening: ").append(shown(uri)).append('\n'));
        text.append('\n').append(howToJoin(host()));
        fingerprint.ifPresent(print -> text.append('\n')
                .append(words.get("greeting.fingerprint", print))
                .append('\n'));
        List<String> others = options.bind().isLoopback() ? List.of() : pagesForOthers();
        if (!others.isEmpty()) {
            text.append('\n')
                    .append(words.get("greeting.others", words.language().list(others)))
                    .append('\n');
        }
        List<String> plain = options.bind().isLoopback() ? List.of() : plain();
        if (!plain.isEmpty()) {
            text.append(words.get("greeting.plain", words.language().list(plain)))
                    .append('\n');
        }
        return text.toString();
    }

    private String shown(URI uri) {
        return isRedirect(uri) ? uri + " (redirects)" : uri.toString();
    }

    private boolean isRedirect(URI uri) {
        return uri.getScheme().equals(HTTP) && options.httpPort() instanceof HttpPort.Redirect;
    }

    private String host() {
        return options.bind().isLoopback() || isAnyLocal()
                ? "localhost"
                : Authority.host(options.bind().addresses().getFirst());
    }

    private String howToJoin(String host) {
        StringBuilder lines = new StringBuilder();
        Optional<String> page = page(host);
        page.ifPresent(address -> lines.append(line(words.get("greeting.browser"), address + "/")));
        port(TCP).ifPresent(port -> lines.append(line("telnet", "telnet " + host + " " + port)));
        port(TCPS)
                .ifPresent(port -> lines.append(line("TLS", "openssl s_client -quiet -connect " + host + ":" + port)));
        page.ifPresent(address -> lines.append(line("feed", "curl" + trust("--cacert") + " -N " + address + "/feed"))
                .append(line(
                        words.get("greeting.say"),
                        "curl" + trust("--cacert") + " -d '" + words.get("greeting.hello") + "' '" + address
                                + "/messages?name=Ana'"))
                .append(line(
                        "WebSocket", "wscat" + trust("--ca") + " -c " + address.replaceFirst("http", "ws") + "/chat")));
        return lines.toString();
    }

    /** Where the page is: encrypted, if it can be. */
    private Optional<String> page(String host) {
        OptionalInt https = port(HTTPS);
        OptionalInt http = options.httpPort() instanceof HttpPort.Redirect ? OptionalInt.empty() : port(HTTP);
        if (https.isPresent()) {
            return Optional.of("https://" + host + ":" + https.getAsInt());
        }
        return http.isPresent() ? Optional.of("http://" + host + ":" + http.getAsInt()) : Optional.empty();
    }

    /** A certificate that was made here is trusted by nobody who is not told to. */
    private String trust(String option) {
        return options.tls().isPresent()
                        && options.tls().get().certificate() instanceof Tls.Certificate.Self
                        && port(HTTPS).isPresent()
                ? " " + option + " " + options.dataDir().resolve(Identity.SELF_FILE)
                : "";
    }

    private static String line(String wire, String command) {
        return String.format("  %-10s %s%n", wire, command);
    }

    private OptionalInt port(String scheme) {
        return listening.stream()
                .filter(uri -> uri.getScheme().equals(scheme))
                .mapToInt(URI::getPort)
                .findFirst();
    }

    private boolean isAnyLocal() {
        return options.bind().addresses().stream().anyMatch(InetAddress::isAnyLocalAddress);
    }

    private List<String> pagesForOthers() {
        return options.bind().forOthers().stream()
                .map(Authority::host)
                .flatMap(host -> page(host).stream())
                .toList();
    }

    /** What goes over the network as it is. */
    private List<String> plain() {
        return listening.stream()
                .filter(uri -> PLAIN.contains(uri.getScheme()) && !isRedirect(uri))
                .map(uri -> words.get(
                        "greeting.port", uri.getScheme().toUpperCase(Locale.ROOT), Integer.toString(uri.getPort())))
                .distinct()
                .toList();
    }
}
