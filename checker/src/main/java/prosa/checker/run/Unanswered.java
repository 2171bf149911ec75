package prosa.checker.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import prosa.checker.judgement.Answer;
import prosa.checker.judgement.Attempt;
import tools.jackson.databind.node.ObjectNode;

/** What one person has said, or has to say again, and has no answer to. Any thread. */
final class Unanswered {
    private static final int MOST = 8;

    private final Person person;
    private final Notes notes;
    /** What is on its way on this connection, by its {@code ref}. */
    private final Map<Long, Sent> sent = new LinkedHashMap<>();

    private final Deque<Person.Line> again = new ArrayDeque<>();
    private String membership = "";
    private String wire = "";

    Unanswered(Person person, Notes notes) {
        this.person = person;
        this.notes = notes;
    }

    /**
     * Something on its way.
     *
     * @param astray to a room that they are not in, which is refused
     * @param nanos when it was sent
     */
    record Sent(Person.Line line, long moment, boolean astray, long nanos) {
        String command() {
            ObjectNode say = Json.object("say").put("text", line.text()).put("ref", moment);
            return (astray ? say.put("room", "elsewhere") : say.put("key", line.key())).toString();
        }
    }

    /** They are on another connection, and nothing is on its way. */
    synchronized void begin(String newMembership, String newWire) {
        membership = newMembership;
        wire = newWire;
    }

    /** The next that is to be said again, unless too much is on its way. */
    synchronized Optional<Sent> again() {
        return again.isEmpty() || sent.size() >= MOST ? Optional.empty() : Optional.of(put(again.remove(), false));
    }

    /** Something new, unless too much is on its way or has to be said before. */
    synchronized Optional<Sent> anew(boolean astray) {
        return !again.isEmpty() || sent.size() >= MOST ? Optional.empty() : Optional.of(put(person.nextLine(), astray));
    }

    private Sent put(Person.Line line, boolean astray) {
        Sent one = new Sent(line, notes.moment(), astray, System.nanoTime());
        sent.put(one.moment, one);
        return one;
    }

    /** @param ref of nothing that is on its way: it is no answer to that */
    synchronized void answered(long ref, Answer answer) {
        @Nullable Sent one = sent.remove(ref);
        if (one != null) {
            note(one, answer);
            if (answer instanceof Answer.Refused refused && Refusals.mayPass(refused)) {
                again.add(one.line);
            }
        }
    }

    /** The connection has ended: what was on its way is said again on the next, before all else. */
    synchronized void cutOff() {
        List<Sent> ways = new ArrayList<>(sent.values());
        sent.clear();
        ways.forEach(one -> note(one, new Answer.None()));
        ways.reversed().stream().filter(one -> !one.astray).forEach(one -> again.addFirst(one.line));
    }

    private void note(Sent one, Answer answer) {
        notes.tried(new Attempt(
                person.id(), membership, person.room(), person.name(), wire, one.line.text(), one.moment, answer));
    }

    /** Whether something is on its way for longer than an answer may take. */
    synchronized boolean isTooOld() {
        long now = System.nanoTime();
        return sent.values().stream().anyMatch(one -> now - one.nanos > Patience.ANSWER.toNanos());
    }

    synchronized boolean isEmpty() {
        return sent.isEmpty() && again.isEmpty();
    }
}
