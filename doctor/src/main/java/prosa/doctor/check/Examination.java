package prosa.doctor.check;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * All that is looked at, at one address. Any thread.
 *
 * @param clock this machine's
 */
public record Examination(Site site, Patience patience, InstantSource clock) {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    /** In the order in which they are told. */
    private List<Check> checks() {
        return List.of(
                new TlsIsSound(site),
                new Http2IsSpoken(site),
                new ClocksAgree(site, clock),
                new HostIsKept(site),
                new OriginIsKept(site),
                new WebSocketPasses(site),
                new FeedIsNotHeld(site, patience),
                new FeedIsNotCompressed(site, patience),
                new LastEventIdIsKept(site, patience),
                new SilenceIsBorne(site, patience));
    }

    /**
     * Makes all checks, side by side: in all they take little more than what the longest may wait.
     *
     * @throws NotReached if there is no Prosa
     */
    public List<Finding> make() throws NotReached, InterruptedException {
        boolean passage = reach();
        List<Finding> found = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Finding>> findings = checks().stream()
                    .map(check -> threads.submit(() -> find(check, passage)))
                    .toList();
            for (Future<Finding> finding : findings) {
                found.add(finding.get());
            }
            return found;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Finding find(Check check, boolean passage) {
        if (check.needsPassage() && !passage) {
            return new Finding(check.id(), Finding.Verdict.NOT_TRIED, "host-refused", List.of());
        }
        try {
            return check.find();
        } catch (IOException e) {
            return new Finding(
                    check.id(), Finding.Verdict.NOT_TRIED, "failed", List.of(String.valueOf(e.getMessage())));
        }
    }

    /** Whether Prosa lets requests pass by the name that it is asked by. */
    private boolean reach() throws NotReached {
        try {
            Exchange.Answer answer = Exchange.answer(site, "GET", "/health");
            if (PageOrigin.refused(answer).isPresent()) {
                return false;
            }
            Optional<String> location = answer.head().field("location");
            if (location.isPresent()) {
                throw new NotReached("leads", location.get());
            }
            boolean isProsa = (answer.status() == OK || answer.status() == UNAVAILABLE)
                    && answer.body().startsWith("{\"status\":");
            if (!isProsa) {
                throw new NotReached("not-prosa", answer.status());
            }
            return true;
        } catch (IOException e) {
            throw new NotReached("no-answer", String.valueOf(e.getMessage()));
        }
    }
}
