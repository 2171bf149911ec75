package prosa.checker.judgement;

import java.util.List;

/**
 * All that happened in a run, as far as clients can tell.
 *
 * @param attempts in the order in which they were sent
 * @param history what was read from the history when all was over, from the run's first position on, in the order in which it was given
 * @param observers who was shown something meanwhile; and if there are several nodes, the histories of the others
 */
public record Transcript(
        List<Attempt> attempts, List<Entry> history, List<Observer> observers, List<Confidence> confidences) {
    public Transcript {
        attempts = List.copyOf(attempts);
        history = List.copyOf(history);
        observers = List.copyOf(observers);
        confidences = List.copyOf(confidences);
    }
}
