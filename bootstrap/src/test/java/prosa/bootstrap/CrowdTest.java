package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import prosa.test.wire.client.EventSource;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.LineClient;
import prosa.test.wire.client.RawWebSocket;

/** More than 50 people in one room: comings and goings are summed up. */
class CrowdTest {
    private static final int CROWD = 130;

    private final List<LineClient> crowd = new ArrayList<>();

    /** What somebody saw of the others until so many had come, or gone. */
    private static final class Watch {
        int in;
        int out;
        long count;
        int single;
        int summaries;

        Watch(RawWebSocket watcher, int in, int out) throws IOException {
            while (this.in < in || this.out < out) {
                see(watcher.read(RawWebSocket.TEXT).json());
            }
        }

        private void see(Json json) {
            switch (json.text("type")) {
                case "joined" -> {
                    in++;
                    single++;
                }
                case "left" -> {
                    out++;
                    single++;
                }
                case "presence" -> {
                    in += (int) json.number("in");
                    out += (int) json.number("out");
                    count = json.number("count");
                    summaries++;
                }
                default -> {}
            }
        }

        /** @param since before all of it, on {@link System#nanoTime()}'s clock */
        void assertAtMostOneASecond(long since) {
            long seconds = Duration.ofNanos(System.nanoTime() - since).toSeconds();
            assertTrue(summaries <= seconds + 1, summaries + " summaries within " + seconds + " s");
        }
    }

    @Test
    void comingsAndGoingsAreSummedUpAtMostOnceASecond() throws IOException {
        try (RunningHouse house = RunningHouse.inMemory();
                RawWebSocket watcher = new RawWebSocket(
                        house.place().http(), "/chat?name=Watcher", 0, "Sec-WebSocket-Protocol: prosa.v1");
                EventSource feed = new EventSource(house.place().http().resolve("/feed?as=text"))) {
            watcher.readJson("welcome");
            long before = System.nanoTime();
            for (int i = 0; i < CROWD; i++) {
                String join = Json.object("type", "join", "name", "guest " + i);
                crowd.add(new LineClient(house.place().tcp()).send("prosa.v1\n" + join + "\n"));
            }
            Watch coming = new Watch(watcher, CROWD, 0);
            assertEquals(CROWD, coming.in);
            assertTrue(coming.single <= 50, "told one by one: " + coming.single);
            assertEquals(CROWD + 1, coming.count);
            coming.assertAtMostOneASecond(before);
            assertWelcomeNamesOneHundred(house);
            before = System.nanoTime();
            crowd.forEach(LineClient::vanish);
            Watch going = new Watch(watcher, 0, CROWD + 1); // and the one who came late
            assertEquals(CROWD + 1, going.out);
            going.assertAtMostOneASecond(before);
            String line = feed.blocks().next(block -> block.isEvent("presence")).text();
            assertTrue(line.matches("\\* [0-9]+ joined; [0-9]+ here in all"), line);
            assertEquals(1, house.http().headCount("main"));
        }
    }

    private static void assertWelcomeNamesOneHundred(RunningHouse house) throws IOException {
        try (RawWebSocket late =
                new RawWebSocket(house.place().http(), "/chat?name=Late", 0, "Sec-WebSocket-Protocol: prosa.v1")) {
            Json welcome = late.readJson("welcome");
            assertEquals(CROWD + 2, welcome.number("count"));
            assertEquals(100, welcome.list("present").size());
            late.sendText("{\"type\":\"who\"}");
            Json who = late.readJson("who");
            assertEquals(CROWD + 2, who.number("count"));
            assertEquals(100, who.list("present").size());
        }
    }
}
