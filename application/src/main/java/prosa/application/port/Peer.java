package prosa.application.port;

import java.net.InetAddress;
import java.util.Optional;
import prosa.domain.Fault;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Via;

/**
 * Who somebody is, as far as a wire can tell.
 *
 * @param via the wire
 * @param address from which they come
 * @param credentials what they showed while they connected, or with a request
 * @param vouched the name under which a trusted proxy has let them in: theirs, and the only one that they have
 */
public record Peer(Via via, InetAddress address, Credentials credentials, Optional<Name> vouched) {
    /** Somebody who shows nothing. */
    public Peer(Via via, InetAddress address) {
        this(via, address, Credentials.NONE);
    }

    /** Somebody for whose name nobody vouches. */
    public Peer(Via via, InetAddress address, Credentials credentials) {
        this(via, address, credentials, Optional.empty());
    }

    /** Whether a proxy says that this is their name. */
    public boolean isVouchedFor(Name name) {
        return vouched.filter(own -> own.key().equals(name.key())).isPresent();
    }

    /**
     * What somebody is called who asks for a name, or for none.
     *
     * @return the name that is vouched for; else the one that is asked for
     * @throws Refused {@link Reason#NAME_INVALID} if another is asked for than the one that is vouched for
     */
    public Optional<Name> called(Optional<Name> asked) {
        if (vouched.isEmpty()) {
            return asked;
        }
        Name own = vouched.get();
        if (asked.isPresent() && !isVouchedFor(asked.get())) {
            throw new Refused(Reason.NAME_INVALID, Optional.of(new Fault.NotVouched(own)));
        }
        return vouched;
    }
}
