package prosa.checker.judgement;

import java.util.Set;

/**
 * What not all may see: a whisper, a claim's secret, a room's key, the operators' token.
 *
 * @param kind for people to read
 * @param text nothing else of the run contains it
 * @param persons who may be shown it
 */
public record Confidence(String kind, String text, Set<String> persons) {
    public Confidence {
        persons = Set.copyOf(persons);
        if (text.isBlank()) {
            throw new IllegalArgumentException("an empty confidence is in everything");
        }
    }
}
