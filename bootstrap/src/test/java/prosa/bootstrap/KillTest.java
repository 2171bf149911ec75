package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.test.wire.client.EventSource;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Json;

/** {@code kill -9} under load, and a start without help. */
class KillTest {
    private static final String KEYED = "/messages?room=keyed&name=Ana";

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void everythingAcknowledgedIsThereAndAFeedGetsExactlyWhatItHadNotSeen() throws Exception {
        String data = folder.resolve("data").toString();
        Map<String, String> acknowledged;
        String lastSeen;
        List<String> seen;
        String keptWithKey;
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--data-dir", data)) {
            EventSource leaver = new EventSource(prosa.http().server().resolve("/feed"));
            EventSource stayer = new EventSource(prosa.http().server().resolve("/feed"));
            Speakers speakers = new Speakers(prosa);
            stayer.blocks().until(blocks -> blocks.size() > 300);
            leaver.nextMessage();
            leaver.close();
            lastSeen = leaver.lastEventId();
            stayer.blocks().until(blocks -> blocks.size() > 1_000);
            Http.Answer keyed = prosa.http().post(KEYED, "with a key", "Idempotency-Key", "k");
            prosa.kill();
            keptWithKey = keyed.body();
            stayer.blocks().untilEnd();
            seen = ids(stayer);
            acknowledged = speakers.acknowledged();
            prosa.assertNoStackTrace();
        }
        try (ProsaProcess prosa = ProsaProcess.start(folder, "--data-dir", data)) {
            List<Json> all = prosa.http().messagesAfter("main", "0-0");
            List<String> ids = all.stream().map(message -> message.text("id")).toList();
            Speakers.assertAllAreIn(all, acknowledged);
            Speakers.assertEachOnesMessagesAreWithoutHoles(all);
            assertEquals(ids.subList(0, seen.size()), seen, "what was shown was kept");
            List<String> unseen = new ArrayList<>(ids.subList(ids.indexOf(lastSeen) + 1, ids.size()));
            EventSource feed = new EventSource(prosa.http().server().resolve("/feed"), "Last-Event-ID", lastSeen);
            String next =
                    prosa.http().say("main", "Ana", "after the restart").json().text("id");
            feed.blocks().next(block -> block.id().filter(next::equals).isPresent());
            unseen.add(next);
            assertEquals(unseen, ids(feed));
            assertEquals(ids.getFirst().split("-")[0], next.split("-")[0], "the log is the same");
            assertEquals(
                    keptWithKey,
                    prosa.http()
                            .post(KEYED, "with a key", "Idempotency-Key", "k")
                            .body(),
                    "kept once");
            prosa.terminate();
            prosa.assertEndedWell();
        }
    }

    private static List<String> ids(EventSource feed) {
        return feed.blocks().all().stream()
                .filter(EventSource.Block::isMessage)
                .map(block -> block.id().orElseThrow())
                .toList();
    }
}
