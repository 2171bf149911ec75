package prosa.application;

import java.util.Optional;
import prosa.application.port.Peer;
import prosa.application.port.Secret;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** Who may keep order: whoever shows the operators' token. Any thread. */
final class Operators {
    private final Optional<Secret.Hash> token;
    private final Guesses guesses;

    /** @param token empty: there are no operators */
    Operators(Optional<Secret.Hash> token, Guesses guesses) {
        this.token = token;
        this.guesses = guesses;
    }

    /** @throws Refused {@link Reason#NOT_OPERATOR}, or {@link Reason#TOO_FAST} if too many wrong ones were shown */
    void require(Peer peer, Optional<Secret> shown) {
        Secret secret = shown.orElseThrow(() -> new Refused(Reason.NOT_OPERATOR));
        if (token.filter(right -> right.isOf(secret)).isEmpty()) {
            throw guesses.wrong(peer, Reason.NOT_OPERATOR);
        }
    }
}
