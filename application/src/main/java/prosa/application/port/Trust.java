package prosa.application.port;

import java.util.Optional;
import java.util.Set;

/**
 * What is believed of what a request says of itself.
 *
 * @param proxies who may say for whom they ask
 * @param origins of pages that may speak, beside this server's own
 * @param userHeader by which a trusted proxy vouches for a name; empty if none does
 */
public record Trust(Proxies proxies, Set<Origin> origins, Optional<UserHeader> userHeader) {
    /** Nobody is believed anything. */
    public static final Trust NONE = new Trust(Proxies.NONE, Set.of(), Optional.empty());

    public Trust {
        origins = Set.copyOf(origins);
    }
}
