package prosa.test.wire.client;

import java.net.URI;
import java.util.List;

/**
 * Where a Prosa listens.
 *
 * @param listening {@code http://127.0.0.1:8080}, {@code tcp://127.0.0.1:2323}: as many as it has
 */
public record Place(List<URI> listening) {
    public URI http() {
        return at("http");
    }

    public URI https() {
        return at("https");
    }

    /** In the clear, or over TLS if there is nothing else. */
    public URI tcp() {
        return at(listensTo("tcp") ? "tcp" : "tcps");
    }

    /** Over TLS. */
    public URI tcps() {
        return at("tcps");
    }

    /** Whether it has that wire, be it over TLS alone. */
    public boolean has(String scheme) {
        return listensTo(scheme) || listensTo(scheme + "s");
    }

    private boolean listensTo(String scheme) {
        return listening.stream().anyMatch(uri -> uri.getScheme().equals(scheme));
    }

    private URI at(String scheme) {
        return listening.stream()
                .filter(uri -> uri.getScheme().equals(scheme))
                .findFirst()
                .orElseThrow();
    }
}
