package prosa.test.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static prosa.test.wire.Waiting.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import prosa.test.wire.client.Heard;
import prosa.test.wire.client.Heard.Said;
import prosa.test.wire.client.LineClient;
import prosa.test.wire.client.Wire;
import prosa.test.wire.client.WireClient;

/** People with telnet have no position to resume from: they look back with {@code /last}. */
public abstract class TcpTextContract extends WireContract {
    private final Supplier<House> inPortuguese;

    /** @param inPortuguese opens another house, which speaks it */
    protected TcpTextContract(Function<Path, House> opens, Supplier<House> inPortuguese) {
        super(Wire.TCP_TEXT, opens);
        this.inPortuguese = inPortuguese;
    }

    /** The language of TCP is the server's. */
    @Override
    void assertAsksForAName(WireClient english, WireClient alsoEnglish) throws Exception {
        assertTrue(english.awaitAsk().contains("name"));
        try (House house = inPortuguese.get();
                LineClient portuguese = new LineClient(house.place().tcp())) {
            assertTrue(portuguese.lines().next().contains("nome"));
        }
    }

    @Test
    @Override
    void whoResumesLosesNothingAndHearsNothingTwiceWhileOthersTalk() throws Exception {
        String room = newRoom();
        String start = witness().position();
        AtomicBoolean enough = new AtomicBoolean();
        Thread talk = Thread.ofVirtual().start(() -> {
            for (int i = 0; !enough.get(); i++) {
                witness().pass(room, "Talker", "number " + i);
            }
        });
        await("something was said", () -> history(start).size() > 20);
        WireClient reader = joined(Wire.TCP_TEXT, "Reader");
        reader.say("/last 1000");
        reader.heard()
                .next(heard ->
                        heard instanceof Heard.Other other && other.line().equals("* End of history."));
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

    @Test
    @Override
    void whoComesBackIsToldWhatIsLeftAndThatSomethingIsGone() {
        newRoom();
        remove(sayTwoThings(witness().position()));
        WireClient reader = joined(Wire.TCP_TEXT, "Reader");
        reader.say("/last 5");
        List<Heard> all = reader.heard()
                .upTo(heard ->
                        heard instanceof Heard.Other other && other.line().equals("* End of history."));
        assertEquals(
                List.of("this stays"),
                Heard.conversation(all).stream().map(Said::text).toList());
    }

    /** What was looked back on, and then what came live and was not in there: some of it may have come in between. */
    private static List<Said> lookedBackAndLive(List<Heard> heard) {
        int from = indexOf("* The last ", heard);
        int to = indexOf("* End of history.", heard);
        List<Said> all = new ArrayList<>(Heard.conversation(heard.subList(from, to).stream()
                .filter(Heard.Recalled.class::isInstance)
                .toList()));
        List<Said> live = new ArrayList<>(Heard.conversation(
                heard.stream().filter(Heard.Said.class::isInstance).toList()));
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
