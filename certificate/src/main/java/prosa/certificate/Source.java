package prosa.certificate;

import java.time.Duration;
import java.util.Optional;

/** Where a server's key and certificates come from. Asked by one thread at a time. */
interface Source {
    /** What there is at the start. */
    Pair first() throws Unusable;

    /** What is to be served from now on, if it is not what was handed out last. Says itself what is wrong, in the log. */
    Optional<Pair> renewed();

    /** How long to wait before asking again. */
    Duration pause();
}
