package prosa.checker.run;

import java.time.Duration;

/** How long clients wait, as docs/protocol.md lets them. */
final class Patience {
    /** For an answer: a refusal comes within 10 s. */
    static final Duration ANSWER = Duration.ofSeconds(12);

    /** Without hearing anything: WebSocket's pings come every 20 s, and what keeps the other streams alive every 15 s. */
    static final Duration SILENCE = Duration.ofSeconds(45);

    private Patience() {}
}
