package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.bootstrap.RunningHouse.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import prosa.bootstrap.client.Heard;
import prosa.bootstrap.client.Heard.Said;
import prosa.bootstrap.client.LineClient;
import prosa.bootstrap.client.Wire;
import prosa.bootstrap.client.WireClient;

/** People with telnet have no position to resume from: they look back with {@code /last}. */
class TcpTextContractTest extends WireContract {
    TcpTextContractTest() {
        super(Wire.TCP_TEXT);
    }

    /** The language of TCP is the server's. */
    @Override
    void assertAsksForAName(WireClient english, WireClient alsoEnglish) throws Exception {
        assertTrue(english.awaitAsk().contains("name"));
        try (RunningHouse house = RunningHouse.inPortuguese();
                LineClient portuguese = new LineClient(house.place().tcp())) {
            assertTrue(portuguese.lines().next().contains("nome"));
        }
    }

    @Test
    @Override
    void whoResumesLosesNothingAndHearsNothingTwiceWhileOthersTalk() throws Exception {
        String room = newRoom();
        String start = http().position();
        AtomicBoolean enough = new AtomicBoolean();
        Thread talk = Thread.ofVirtual().start(() -> {
            for (int i = 0; !enough.get(); i++) {
                http().say(room, "Talker", "number " + i);
            }
        });
        await("something was said", () -> history(start).size() > 20);
        WireClient reader = joined(Wire.TCP_TEXT, "Reader");
        reader.say("/last 1000");
        reader.heard()
                .next(heard ->
                        heard instanceof Heard.Other other && other.line().equals("* That was it."));
        reader.awaitMessages(history(start).size() + 10);
        enough.set(true);
        talk.join();
        List<Said> all = history(start);
        reader.awaitText(all.getLast().text());
        assertEquals(all, lookedBackAndLive(reader.heard().all()));
    }

    @Test
    @Override
    void aReplayContainsOnesOwnMessages() {
        newRoom();
        WireClient ana = joined(Wire.TCP_TEXT, "Ana");
        ana.say("mine");
        await("it is kept", () -> !history("0-0").isEmpty());
        ana.say("/last 5");
        ana.awaitText("mine");
    }

    /** What was looked back on, and then what came live and was not in there. */
    private static List<Said> lookedBackAndLive(List<Heard> heard) {
        int from = indexOf("* The last ", heard);
        int to = indexOf("* That was it.", heard);
        List<Said> all = new ArrayList<>(Heard.conversation(heard.subList(from, to)));
        List<Said> live = new ArrayList<>(Heard.conversation(heard.subList(0, from)));
        live.addAll(Heard.conversation(heard.subList(to, heard.size())));
        live.removeAll(List.copyOf(all));
        all.addAll(live);
        return all;
    }

    private static int indexOf(String line, List<Heard> heard) {
        for (int i = 0; i < heard.size(); i++) {
            if (heard.get(i) instanceof Heard.Other other && other.line().startsWith(line)) {
                return i;
            }
        }
        throw new AssertionError("no " + line + " in " + heard);
    }
}
