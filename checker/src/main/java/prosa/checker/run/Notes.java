package prosa.checker.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import prosa.checker.judgement.Answer;
import prosa.checker.judgement.Attempt;
import prosa.checker.judgement.Confidence;
import prosa.checker.judgement.Position;

/** What a round's clients write down: all in one count, so that it is known what came first. Any thread. */
final class Notes {
    private final AtomicLong moments = new AtomicLong();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Set<Confidence> confidences = ConcurrentHashMap.newKeySet();
    /** What of each person was acknowledged first of all that was said behind the mark. */
    private final Map<String, Position> behindMark = new ConcurrentHashMap<>();

    private volatile long mark = Long.MAX_VALUE;

    long moment() {
        return moments.incrementAndGet();
    }

    /** From now on it is looked who is acknowledged what they say from now on. */
    void mark() {
        mark = Long.MAX_VALUE;
        behindMark.clear();
        mark = moment();
    }

    Map<String, Position> behindMark() {
        return Map.copyOf(behindMark);
    }

    /** An attempt, once it is known what came of it. */
    void tried(Attempt attempt) {
        attempts.add(attempt);
        if (attempt.moment() > mark && attempt.answer() instanceof Answer.Acknowledged(Position at, long _)) {
            behindMark.putIfAbsent(attempt.person(), at);
        }
    }

    void confided(String kind, String text, Set<String> persons) {
        confidences.add(new Confidence(kind, text, persons));
    }

    List<Attempt> attempts() {
        List<Attempt> sorted = new ArrayList<>(attempts);
        sorted.sort(Comparator.comparingLong(Attempt::moment));
        return sorted;
    }

    List<Confidence> confidences() {
        return List.copyOf(confidences);
    }
}
