package prosa.bootstrap.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Place;

/** Plays an example against a Prosa: types what is typed there, and waits for what is shown there. One thread. */
public final class Stage implements AutoCloseable {
    private final Commands commands;
    private final Translation translation;
    private final Consumer<Instant> clock;
    private final Map<String, Party> parties = new LinkedHashMap<>();
    private final Runnable talk;

    /** Whose lines are left out up to the next one that is shown. */
    private final Set<String> leaveOut = new HashSet<>();

    /**
     * @param folder in which commands are run
     * @param clock is told how late it is in the example
     */
    public Stage(Place place, Path folder, Consumer<Instant> clock) {
        Http http = new Http(place.http());
        String position = http.get("/health").json().text("position");
        this.talk = () -> http.post("/messages?name=Bia", "hi");
        this.commands = new Commands(place, folder);
        this.translation = new Translation(place, position);
        this.clock = clock;
    }

    /** All of it. What those who came before it are told need not be shown. */
    public void play(Example example) {
        act(example.before());
        leaveOut.addAll(parties.keySet());
        act(withoutEmptyEnds(example.lines()));
        parties.forEach((who, party) -> assertAllIsShown(who, party, example.toString()));
    }

    /** The first line that a command is answered, while somebody says something again and again. */
    public String firstAnswer(Example command) {
        come(command.lines().getFirst());
        Party party = parties.get("");
        Waiting.await("an answer to " + command, () -> {
            talk.run();
            return !party.lines().all().isEmpty();
        });
        return party.lines().next();
    }

    private void act(List<Step> steps) {
        for (Step step : steps) {
            switch (step.kind()) {
                case TIME -> {
                    awaitEnds(step);
                    clock.accept(Instant.parse(step.text()));
                }
                case COMMAND -> come(step);
                case SENT -> party(step).send(translation.toThisProsa(step.text()));
                case SHOWN -> await(step);
            }
        }
    }

    /** Whoever had that name before has gone by then. */
    private void come(Step step) {
        leave(step.who(), "line " + step.line());
        parties.put(step.who(), commands.start(translation.toThisProsa(step.text())));
    }

    private void await(Step step) {
        if (step.text().equals(Likeness.ELLIPSIS)) {
            leaveOut.add(step.who());
            return;
        }
        String shown = translation.toThisProsa(step.text());
        Party party = party(step);
        if (leaveOut.remove(step.who())) {
            party.lines().next(came -> Likeness.is(shown, came));
            return;
        }
        String came = next(step, party);
        if (!Likeness.is(shown, came)) {
            assertEquals(shown, came, () -> "line " + step.line());
        }
    }

    private static String next(Step step, Party party) {
        try {
            return party.lines().next();
        } catch (AssertionError e) {
            throw new AssertionError("line " + step.line() + ": " + step.text(), e);
        }
    }

    private Party party(Step step) {
        Party party = parties.get(step.who());
        if (party == null) {
            throw new AssertionError("line " + step.line() + ": nobody has come yet");
        }
        return party;
    }

    /** What a command does, it does at the time at which it began. */
    private void awaitEnds(Step next) {
        for (String who : List.copyOf(parties.keySet())) {
            if (parties.get(who).ends()) {
                leave(who, "line " + next.line());
            }
        }
    }

    private void leave(String who, String next) {
        Party party = parties.remove(who);
        if (party != null) {
            try (party) {
                assertAllIsShown(who, party, next);
            }
        }
    }

    /** Nothing may have come that the document does not show. */
    private void assertAllIsShown(String who, Party party, String next) {
        List<String> rest =
                party.ends() ? party.lines().untilEnd() : party.lines().rest();
        boolean isShown = leaveOut.remove(who) || rest.stream().allMatch(String::isEmpty);
        assertTrue(isShown, () -> "before " + next + " there came also " + rest);
    }

    /** An empty line before a command, or at the end, is there for the eye. */
    private static List<Step> withoutEmptyEnds(List<Step> lines) {
        List<Step> steps = new ArrayList<>();
        for (Step line : lines) {
            boolean begins = line.kind() == Step.Kind.COMMAND && line.who().isEmpty();
            while (begins && !steps.isEmpty() && isForTheEye(steps.getLast())) {
                steps.removeLast();
            }
            steps.add(line);
        }
        return steps;
    }

    private static boolean isForTheEye(Step step) {
        return step.kind() == Step.Kind.SHOWN && step.text().isEmpty();
    }

    @Override
    public void close() {
        parties.values().forEach(Party::close);
    }
}
