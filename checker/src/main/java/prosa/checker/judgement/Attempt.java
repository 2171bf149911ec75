package prosa.checker.judgement;

/**
 * Somebody tries to say something, once. A message that is said again after a lost answer has several, with one text and one key.
 *
 * @param person who, whatever they are called: two persons who want one name are two
 * @param membership one stay in a room, under one name, on one connection; of HTTP each request is one. Whoever comes back, or takes
 *     another name, has a new one
 * @param name under which it is said
 * @param wire over which, with the node if there are several: for people to read
 * @param moment when it was sent, on the run's count, which no two share
 */
public record Attempt(
        String person,
        String membership,
        String room,
        String name,
        String wire,
        String text,
        long moment,
        Answer answer) {
    /** Whether nothing can have come of it. */
    boolean isRefusedForGood() {
        return answer instanceof Answer.Refused refused && refused.isForGood();
    }
}
