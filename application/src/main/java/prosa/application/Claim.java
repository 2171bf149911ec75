package prosa.application;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import prosa.application.port.Network;
import prosa.application.port.Secret;
import prosa.domain.Name;

/**
 * That a name is somebody's: whoever shows the secret.
 *
 * @param name as they wrote it
 * @param hash of the secret
 * @param network from where it was claimed; empty if a proxy has vouched for it, which may do so for any number
 * @param madeAt when it was claimed
 * @param usedAt when somebody last showed the secret, to a day
 */
record Claim(Name name, Secret.Hash hash, Optional<Network> network, Instant madeAt, Instant usedAt) {
    private static final int FIELDS = 4;
    private static final String VOUCHED = "-";

    /** How it is kept; the name is its key. */
    String fact() {
        return hash.value() + " " + madeAt.getEpochSecond() + " " + usedAt.getEpochSecond() + " "
                + network.map(known -> known.address().getHostAddress()).orElse(VOUCHED);
    }

    /** @throws IllegalArgumentException if it was not kept by {@link #fact} */
    static Claim of(String name, String fact) {
        String[] fields = fact.split(" ", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("not a claim");
        }
        return new Claim(
                Name.kept(name),
                new Secret.Hash(fields[0]),
                fields[3].equals(VOUCHED)
                        ? Optional.empty()
                        : Optional.of(new Network(InetAddress.ofLiteral(fields[3]))),
                Instant.ofEpochSecond(Long.parseLong(fields[1])),
                Instant.ofEpochSecond(Long.parseLong(fields[2])));
    }

    Claim usedAt(Instant now) {
        return new Claim(name, hash, network, madeAt, now);
    }

    /** The same with another secret. */
    Claim shownBy(Secret.Hash other) {
        return new Claim(name, other, network, madeAt, usedAt);
    }

    boolean isUnusedFor(Duration time, Instant now) {
        return Duration.between(usedAt, now).compareTo(time) >= 0;
    }
}
