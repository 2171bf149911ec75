package prosa.lab.figures;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import prosa.lab.Wire;

/**
 * An experiment on one wire, in one variant.
 *
 * @param wire empty if the trial is not of a wire
 * @param variant a stable id in words with hyphens, as in {@code "with-resume"}; the report translates it. Empty if there is but one
 * @param sent how many arrivals were due (a message to two followers counts twice)
 * @param received how many there were, doubled ones included
 * @param lost how many of those due never came
 * @param doubled how many came again
 * @param delayedMicros the longest that one took, beyond what is normal, in microseconds; empty if that was not looked at
 * @param observations what else was seen, in the order in which it is to be shown
 */
public record Trial(
        Optional<Wire> wire,
        String variant,
        long sent,
        long received,
        long lost,
        long doubled,
        OptionalLong delayedMicros,
        List<Observation> observations) {
    /** @throws IllegalArgumentException if a number is negative, or what came and what was lost don't add up to what was due */
    public Trial {
        observations = List.copyOf(observations);
        Check.atLeast(0, sent, "sent");
        Check.atLeast(0, received, "received");
        Check.atLeast(0, lost, "lost");
        Check.atLeast(0, doubled, "doubled");
        delayedMicros.ifPresent(micros -> Check.atLeast(0, micros, "delayedMicros"));
        if (sent - lost != received - doubled) {
            throw new IllegalArgumentException(
                    "%d sent, %d lost, %d received, %d doubled".formatted(sent, lost, received, doubled));
        }
    }

    /** The same with what else was seen. */
    public Trial with(List<Observation> seen) {
        return new Trial(wire, variant, sent, received, lost, doubled, delayedMicros, seen);
    }
}
