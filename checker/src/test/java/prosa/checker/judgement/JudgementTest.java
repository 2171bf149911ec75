package prosa.checker.judgement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each sentence is tried by a fault planted in a run that was sound, and nothing but that fault is found. */
class JudgementTest {
    private static final int FEED = 0;
    private static final int ANAS_OWN = 1;
    private static final int PAGES = 2;

    private final Transcript sound = SoundRun.transcript();

    private static List<Finding> judge(Transcript transcript) {
        return Judgement.of(transcript);
    }

    private static Finding only(Transcript tampered) {
        List<Finding> found = judge(tampered);
        assertEquals(1, found.size(), found::toString);
        return found.getFirst();
    }

    private Transcript withHistory(UnaryOperator<List<Entry>> change) {
        return new Transcript(
                sound.attempts(),
                change.apply(new ArrayList<>(sound.history())),
                sound.observers(),
                sound.confidences());
    }

    private Transcript withSeen(int observer, UnaryOperator<List<Seen>> change) {
        List<Observer> observers = new ArrayList<>(sound.observers());
        Observer old = observers.get(observer);
        observers.set(
                observer,
                new Observer(
                        old.name(),
                        old.person(),
                        old.room(),
                        old.from(),
                        change.apply(new ArrayList<>(old.seen())),
                        old.present()));
        return new Transcript(sound.attempts(), sound.history(), observers, sound.confidences());
    }

    private Transcript withAttempts(UnaryOperator<List<Attempt>> change) {
        return new Transcript(
                change.apply(new ArrayList<>(sound.attempts())),
                sound.history(),
                sound.observers(),
                sound.confidences());
    }

    /** As if it had never been kept: nobody saw it. */
    private Transcript withoutTrace(String text) {
        List<Observer> observers = sound.observers().stream()
                .map(observer -> new Observer(
                        observer.name(),
                        observer.person(),
                        observer.room(),
                        observer.from(),
                        observer.seen().stream()
                                .filter(seen -> !isOf(text, seen))
                                .toList(),
                        observer.present()))
                .toList();
        List<Entry> history = sound.history().stream()
                .filter(entry -> !entry.text().equals(text))
                .toList();
        return new Transcript(sound.attempts(), history, observers, sound.confidences());
    }

    /** As if all that is planted had come to the history and to all alike. */
    private Transcript withAll(List<Attempt> attempts, List<Entry> history) {
        List<Observer> observers = sound.observers().stream()
                .map(observer -> new Observer(
                        observer.name(),
                        Optional.empty(),
                        observer.room(),
                        observer.from(),
                        history.stream().<Seen>map(Seen.Said::new).toList(),
                        observer.present()))
                .toList();
        return new Transcript(attempts, history, observers, sound.confidences());
    }

    private static boolean isOf(String text, Seen seen) {
        return seen instanceof Seen.Said(Entry entry) && entry.text().equals(text);
    }

    private static List<Seen> without(List<Seen> seen, String text) {
        seen.removeIf(one -> isOf(text, one));
        return seen;
    }

    private static int indexOf(List<Seen> seen, String text) {
        return seen.indexOf(
                seen.stream().filter(one -> isOf(text, one)).findFirst().orElseThrow());
    }

    @Test
    void aSoundRunHasNoFindings() {
        assertEquals(List.of(), judge(sound));
    }

    @Test
    void anAcknowledgedMessageIsLost() {
        Finding found = only(withoutTrace("ana 2"));
        assertTrue(found instanceof Finding.Lost lost && lost.shownTo().isEmpty(), found::toString);
    }

    @Test
    void anAcknowledgedMessageIsLostThoughSomeSawIt() {
        Finding found = only(withHistory(history -> {
            history.removeIf(entry -> entry.text().equals("ana 2"));
            return history;
        }));
        assertTrue(
                found instanceof Finding.Lost lost && lost.shownTo().equals(Set.of("feed", "pages")), found::toString);
    }

    @Test
    void anAnswerNamesAnotherPlace() {
        Finding found = only(withAttempts(attempts -> {
            attempts.replaceAll(attempt -> attempt.text().equals("bia 1")
                    ? SoundRun.answered(attempt, new Answer.Acknowledged(SoundRun.at(77), attempt.moment() + 1))
                    : attempt);
            return attempts;
        }));
        assertTrue(
                found instanceof Finding.Elsewhere elsewhere && elsewhere.kept().equals(SoundRun.at(2)));
    }

    @Test
    void aMessageIsDoubled() {
        List<Entry> history = new ArrayList<>(sound.history());
        history.add(new Entry(SoundRun.at(90), SoundRun.ROOM, "Ana", "ana 2"));
        Finding found = only(withAll(sound.attempts(), history));
        assertEquals(new Finding.Doubled("ana 2", List.of(SoundRun.at(3), SoundRun.at(90))), found);
    }

    @Test
    void whatHadNoAnswerIsDoubled() {
        List<Entry> history = new ArrayList<>(sound.history());
        history.add(new Entry(SoundRun.at(91), SoundRun.ROOM, "Bia", "bia unanswered"));
        assertTrue(only(withAll(sound.attempts(), history)) instanceof Finding.Doubled);
    }

    @Test
    void whatWasRefusedIsKept() {
        Entry entry = new Entry(SoundRun.at(92), SoundRun.ROOM, "Bia", "bia refused");
        List<Entry> history = new ArrayList<>(sound.history());
        history.add(entry);
        assertEquals(new Finding.KeptThoughRefused(entry, "malformed"), only(withAll(sound.attempts(), history)));
    }

    @Test
    void whatMayHaveBeenOnItsWayMayBeKept() {
        List<Entry> history = new ArrayList<>(sound.history());
        history.add(new Entry(SoundRun.at(93), SoundRun.ROOM, "Bia", "bia unavailable"));
        assertEquals(List.of(), judge(withAll(sound.attempts(), history)));
    }

    @Test
    void whatHadNoAnswerMayBeMissing() {
        assertEquals(List.of(), judge(withoutTrace("bia unanswered")));
    }

    @Test
    void theHistoryHasWhatNobodySaid() {
        Entry entry = new Entry(SoundRun.at(94), SoundRun.ROOM, "Ana", "a ghost's");
        List<Entry> history = new ArrayList<>(sound.history());
        history.add(entry);
        assertEquals(new Finding.Invented(entry), only(withAll(sound.attempts(), history)));
    }

    @Test
    void theHistoryHasItUnderAnothersName() {
        List<Entry> history = sound.history().stream()
                .map(entry ->
                        entry.text().equals("ana 1") ? new Entry(entry.at(), entry.room(), "Bia", entry.text()) : entry)
                .toList();
        assertTrue(only(withAll(sound.attempts(), history)) instanceof Finding.Invented);
    }

    @Test
    void anObserverIsShownTwoTheOtherWayRound() {
        Finding found = only(withSeen(FEED, seen -> {
            Collections.swap(seen, indexOf(seen, "ana 2"), indexOf(seen, "bia 2"));
            return seen;
        }));
        assertTrue(
                found instanceof Finding.OutOfOrder(String observer, Position before, Entry then)
                        && observer.equals("feed")
                        && before.equals(SoundRun.at(4))
                        && then.text().equals("ana 2"),
                found::toString);
    }

    @Test
    void anObserverIsShownAMessageTwice() {
        Finding found = only(withSeen(FEED, seen -> {
            int at = indexOf(seen, "ana 2");
            seen.add(at, seen.get(at));
            return seen;
        }));
        assertTrue(found instanceof Finding.OutOfOrder);
    }

    @Test
    void observersAreShownOtherTextsAtTheSamePlaces() {
        List<Finding> found = judge(withSeen(FEED, seen -> {
            int one = indexOf(seen, "ana 2");
            int other = indexOf(seen, "bia 2");
            seen.set(one, new Seen.Said(new Entry(SoundRun.at(3), SoundRun.ROOM, "Bia", "bia 2")));
            seen.set(other, new Seen.Said(new Entry(SoundRun.at(4), SoundRun.ROOM, "Ana", "ana 2")));
            return seen;
        }));
        assertEquals(2, found.size(), found::toString);
        assertTrue(found.stream().allMatch(one -> one instanceof Finding.NotInHistory), found::toString);
    }

    @Test
    void somebodyIsShownWhatIsNotKept() {
        Transcript unkept = withoutTrace("bia unanswered");
        Transcript tampered =
                new Transcript(sound.attempts(), unkept.history(), sound.observers(), sound.confidences());
        Finding found = only(tampered);
        assertTrue(
                found instanceof Finding.NotInHistory(Entry shown, Set<String> to)
                        && shown.text().equals("bia unanswered")
                        && to.equals(Set.of("feed", "ana", "pages")),
                found::toString);
    }

    @Test
    void theHistoryGivesItsOwnInAnotherOrder() {
        Finding found = only(withHistory(history -> {
            Collections.swap(history, 1, 2);
            return history;
        }));
        assertTrue(found instanceof Finding.HistoryOutOfOrder);
    }

    @Test
    void aLaterMessageOvertakesAnEarlierOne() {
        // What Ana sent first lies where her second is, and all agree on it.
        List<Entry> history = sound.history().stream()
                .map(entry -> switch (entry.text()) {
                    case "ana 1" -> new Entry(entry.at(), entry.room(), "Ana", "ana 2");
                    case "ana 2" -> new Entry(entry.at(), entry.room(), "Ana", "ana 1");
                    default -> entry;
                })
                .toList();
        List<Attempt> attempts = sound.attempts().stream()
                .map(attempt -> switch (attempt.text()) {
                    case "ana 1" -> SoundRun.answered(attempt, new Answer.Acknowledged(SoundRun.at(3), 100));
                    case "ana 2" -> SoundRun.answered(attempt, new Answer.Acknowledged(SoundRun.at(1), 101));
                    default -> attempt;
                })
                .toList();
        Finding found = only(withAll(attempts, history));
        assertTrue(
                found instanceof Finding.Overtaken(String person, Entry earlier, Entry _)
                        && person.equals("ana")
                        && earlier.text().equals("ana 1"),
                found::toString);
    }

    @Test
    void whoSaysAgainWhatWasRefusedHasToExpectItLater() {
        List<Attempt> attempts = new ArrayList<>();
        attempts.add(SoundRun.say("ana", "ana#1", "Ana", "late", 1, new Answer.Refused("unavailable")));
        attempts.add(SoundRun.say("ana", "ana#1", "Ana", "early", 2, SoundRun.kept(1, 3)));
        attempts.add(SoundRun.say("ana", "ana#1", "Ana", "late", 4, SoundRun.kept(2, 5)));
        List<Entry> history = List.of(
                new Entry(SoundRun.at(1), SoundRun.ROOM, "Ana", "early"),
                new Entry(SoundRun.at(2), SoundRun.ROOM, "Ana", "late"));
        assertEquals(List.of(), judge(withAll(attempts, history)));
    }

    @Test
    void anObserverMissesOneInSilence() {
        assertEquals(
                new Finding.SilentGap("feed", List.of(SoundRun.at(3))),
                only(withSeen(FEED, seen -> without(seen, "ana 2"))));
    }

    @Test
    void anObserverMissesTheLastInSilence() {
        assertEquals(
                new Finding.SilentGap("feed", List.of(SoundRun.at(9))),
                only(withSeen(FEED, seen -> without(seen, "zoe of Eva"))));
    }

    @Test
    void aPageMissesOneInSilence() {
        assertEquals(
                new Finding.SilentGap("pages", List.of(SoundRun.at(4))),
                only(withSeen(PAGES, seen -> without(seen, "bia 2"))));
    }

    @Test
    void aGapThatIsToldIsNone() {
        assertEquals(List.of(), judge(withSeen(FEED, seen -> {
            int at = indexOf(seen, "ana 2");
            seen.set(at, new Seen.Gap(Optional.of(SoundRun.at(4))));
            return seen;
        })));
    }

    @Test
    void aGapEndsWhereItSaysSo() {
        Finding found = only(withSeen(FEED, seen -> {
            int at = indexOf(seen, "ana 2");
            seen.set(at, new Seen.Gap(Optional.of(SoundRun.at(4))));
            return without(seen, "bia 2");
        }));
        assertEquals(new Finding.SilentGap("feed", List.of(SoundRun.at(4))), found);
    }

    @Test
    void theLogBecomesAnotherInSilence() {
        Position moved = new Position(SoundRun.EPOCH + 1, 1);
        List<Entry> history = new ArrayList<>(sound.history());
        history.add(new Entry(moved, SoundRun.ROOM, "Ana", "ana anew"));
        List<Attempt> attempts = new ArrayList<>(sound.attempts());
        attempts.add(SoundRun.say("ana", "ana#9", "Ana", "ana anew", 200, new Answer.Acknowledged(moved, 201)));
        List<Finding> found = judge(withAll(attempts, history));
        assertEquals(3, found.size(), found::toString);
        assertTrue(found.contains(new Finding.SilentGap("feed", List.of(moved))), found::toString);
    }

    @Test
    void aNameIsSpokenByTwo() {
        // Eva speaks as Zoe between two messages of Rita's, who has the name.
        List<Attempt> attempts = new ArrayList<>(sound.attempts());
        attempts.add(SoundRun.say("eva", "eva#1", "ZOE", "eva amid", 18, new Answer.None()));
        List<Entry> history = new ArrayList<>(sound.history());
        Entry spoken = new Entry(SoundRun.between(6, 7), SoundRun.ROOM, "ZOE", "eva amid");
        history.add(history.indexOf(SoundRun.entry(sound, "zoe of Rita, again")), spoken);
        Finding found = only(withAll(attempts, history));
        assertEquals(new Finding.TwoHolders("ZOE", "rita", "eva", spoken), found);
    }

    @Test
    void aWhisperIsInTheFeed() {
        assertEquals(new Finding.Leaked(sound.confidences().getFirst(), "feed"), only(withSeen(FEED, seen -> {
            seen.add(new Seen.Other("{\"type\":\"whisper\",\"text\":\"psst 1\"}"));
            return seen;
        })));
    }

    @Test
    void aWhisperIsShownToAnother() {
        Finding found = only(new Transcript(
                sound.attempts(),
                sound.history(),
                sound.observers(),
                Stream.concat(
                                sound.confidences().stream().skip(1),
                                Stream.of(new Confidence("a whisper", "psst 1", Set.of("bia"))))
                        .toList()));
        assertTrue(found instanceof Finding.Leaked leaked && leaked.where().equals("ana"), found::toString);
    }

    @Test
    void aSecretIsInTheHistory() {
        Entry entry = new Entry(SoundRun.at(95), SoundRun.ROOM, "Ana", "/claim Ana prosa_claim_1");
        List<Attempt> attempts = new ArrayList<>(sound.attempts());
        attempts.add(SoundRun.say("ana", "ana#2", "Ana", entry.text(), 300, SoundRun.kept(95, 301)));
        List<Entry> history = new ArrayList<>(sound.history());
        history.add(entry);
        List<Finding> found = judge(withAll(attempts, history));
        assertEquals(
                EnumSet.of(Sentence.NOTHING_PRIVATE),
                EnumSet.copyOf(found.stream().map(Finding::sentence).toList()));
        assertTrue(
                found.contains(new Finding.Leaked(sound.confidences().get(1), "the history, at " + SoundRun.at(95))),
                found::toString);
    }

    @Test
    void whatOneSaysOneselfOneNeedNotBeShown() {
        assertEquals(List.of(), judge(withSeen(ANAS_OWN, seen -> without(seen, "ana 3"))));
        assertEquals(
                new Finding.SilentGap("ana", List.of(SoundRun.at(4))),
                only(withSeen(ANAS_OWN, seen -> without(seen, "bia 2"))));
    }
}
