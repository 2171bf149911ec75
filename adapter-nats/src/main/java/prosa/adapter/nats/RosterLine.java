package prosa.adapter.nats;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Names.Wanted;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Refused;
import prosa.domain.Via;

/**
 * What the bucket of people says of a name that is held: fields with tabs between them, of which none has one. What a later Prosa adds behind
 * them is passed over.
 *
 * @param lease under which
 * @param run of the Prosa that holds it
 * @param who tells this person from others who had the name before, and goes along with them to another node
 * @param shown what is told of them, once they are in the room
 */
record RosterLine(Lease lease, String run, String who, Optional<Shown> shown) {
    private static final String BETWEEN = "\t";
    private static final String CLAIMED = "claimed";
    private static final int HELD = 3;
    private static final int SHOWN = 8;

    /**
     * What others are told.
     *
     * @param token the hash of that by which they come back
     * @param before what they were called until now, if it was another name
     */
    record Shown(Participant participant, String token, Optional<Name> before) {
        private List<String> fields() {
            return List.of(
                    participant.name().value(),
                    participant.via().word(),
                    participant.claimed() ? CLAIMED : "",
                    token,
                    before.map(Name::value).orElse(""));
        }

        private static Shown of(List<String> fields) {
            Participant there = new Participant(
                    0,
                    Name.kept(fields.get(0)),
                    new Via(fields.get(1)),
                    fields.get(2).equals(CLAIMED));
            Optional<Name> before =
                    Optional.of(fields.get(4)).filter(name -> !name.isEmpty()).map(Name::kept);
            return new Shown(there, fields.get(3), before);
        }
    }

    /** The same person at another node, or under another lease of the same. */
    RosterLine heldBy(Lease by, String at) {
        Optional<Shown> still = shown.map(told -> new Shown(told.participant(), told.token(), Optional.empty()));
        return new RosterLine(by, at, who, still);
    }

    /** Of somebody who was in the room under another name. */
    RosterLine of(String person) {
        return new RosterLine(lease, run, person, shown);
    }

    /** Empty if it is none of ours. */
    static Optional<RosterLine> parse(@Nullable String text) {
        List<String> fields = List.of((text == null ? "" : text).split(BETWEEN, -1));
        try {
            Optional<Shown> shown =
                    fields.size() < SHOWN ? Optional.empty() : Optional.of(Shown.of(fields.subList(HELD, SHOWN)));
            return Lease.parse(fields.getFirst())
                    .map(lease -> new RosterLine(lease, field(fields, 1), field(fields, 2), shown));
        } catch (Refused _) {
            return Optional.empty();
        }
    }

    private static String field(List<String> fields, int at) {
        return at < fields.size() ? fields.get(at) : "";
    }

    @Override
    public String toString() {
        List<String> fields = new ArrayList<>(List.of(lease.toString(), run, who));
        shown.ifPresent(told -> fields.addAll(told.fields()));
        return String.join(BETWEEN, fields);
    }

    byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What the bucket has of a token: whoever can read it can't come back by it. */
    static String hash(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }

    /** Whether somebody has shown that it is they who are there. */
    boolean isShownBy(Wanted wanted) {
        boolean claimed = shown.filter(there -> there.participant().claimed()).isPresent();
        return wanted.token().filter(this::isOf).isPresent() || wanted.own() && claimed;
    }

    private boolean isOf(String token) {
        return shown.filter(told -> MessageDigest.isEqual(
                        told.token().getBytes(StandardCharsets.UTF_8),
                        hash(token).getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }
}
