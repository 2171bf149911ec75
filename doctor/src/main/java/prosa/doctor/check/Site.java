package prosa.doctor.check;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Tls;
import prosa.lab.tls.Trust;

/**
 * The address that a Prosa is said to be at, and a room there of which nobody else knows.
 *
 * @param url of {@code http} or {@code https}, with a host, and the path under which Prosa is
 * @param at where that host is
 * @param trust who is believed over TLS
 * @param room in no list
 */
public record Site(URI url, InetSocketAddress at, Trust trust, String room) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ROOM_LETTERS = 25;

    /**
     * Looks up where its host is.
     *
     * @param url has to have a host, and the scheme {@code http} or {@code https}
     */
    public static Site of(URI url, Trust trust) {
        int own = isSecure(url) ? HTTPS : HTTP;
        int port = url.getPort() < 0 ? own : url.getPort();
        return new Site(url, new InetSocketAddress(url.getHost(), port), trust, newRoom());
    }

    private static String newRoom() {
        StringBuilder room = new StringBuilder("lab--");
        for (int i = 0; i < ROOM_LETTERS; i++) {
            room.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return room.toString();
    }

    private static boolean isSecure(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    boolean isSecure() {
        return isSecure(url);
    }

    /** Where it is, believing whoever answers: whether that one can be believed is a check of its own. */
    Endpoint endpoint() {
        return endpoint(Trust.anybody());
    }

    Endpoint endpoint(Trust whom) {
        return new Endpoint(at, isSecure() ? Optional.of(new Tls(whom, name())) : Optional.empty());
    }

    /** The host as certificates name it: an address of IPv6 without brackets. */
    String name() {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The value of {@code Host}, as browsers write it: without the scheme's own port. */
    String host() {
        int port = url.getPort();
        String name = url.getHost().toLowerCase(Locale.ROOT);
        return port < 0 || port == (isSecure() ? HTTPS : HTTP) ? name : name + ":" + port;
    }

    /** Of the pages that are served there. */
    String origin() {
        return (isSecure() ? "https://" : "http://") + host();
    }

    /** @param path within Prosa, from its slash on */
    String target(String path) {
        String base = Optional.ofNullable(url.getRawPath()).orElse("");
        return base.replaceFirst("/+$", "") + path;
    }
}
