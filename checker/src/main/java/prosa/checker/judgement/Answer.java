package prosa.checker.judgement;

import java.util.Set;

/** What came of an attempt to say something. */
public sealed interface Answer {
    /**
     * It is kept: an {@code ack} over WebSocket and TCP, 201 over HTTP.
     *
     * @param at where, as the answer says
     * @param moment when the answer was here, on the run's count
     */
    record Acknowledged(Position at, long moment) implements Answer {}

    /** It was refused, with a reason of docs/protocol.md. */
    record Refused(String reason) implements Answer {
        /** Of these the sender can't know whether the message was on its way to be kept. */
        private static final Set<String> OPEN = Set.of("unavailable");

        /** Whether the message is not kept, and never will be by this attempt. */
        boolean isForGood() {
            return !OPEN.contains(reason);
        }
    }

    /** None came: it may be kept, or not. */
    record None() implements Answer {}
}
