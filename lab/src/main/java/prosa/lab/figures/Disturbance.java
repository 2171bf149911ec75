package prosa.lab.figures;

import java.util.Optional;
import prosa.lab.Wire;

/**
 * Something the machine did while it should have done nothing but this measurement.
 *
 * @param during the wire that was being measured; empty if it was none
 * @param amount how much, in the unit of its kind
 */
public record Disturbance(Kind kind, Optional<Wire> during, double amount) {
    public Disturbance {
        Check.notNegative(amount, "amount");
    }

    /** What can be noticed. */
    public enum Kind {
        /** A timer woke late: the longest delay, in milliseconds. */
        TIMER_LATE("timer-late"),
        /** What was due was sent late by the laboratory itself: the longest delay, in milliseconds. */
        SENDER_LATE("sender-late"),
        /** The hypervisor gave processor time to others: per cent of all. */
        CPU_STOLEN("cpu-stolen"),
        /** Other processes than the server and the laboratory used the processors: per cent of all. */
        OTHERS_BUSY("others-busy"),
        /** Messages did not arrive in time to be counted: per cent of those due. */
        DELIVERIES_MISSING("deliveries-missing");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** What it is called in figures. */
        public String id() {
            return id;
        }
    }
}
