package prosa.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import prosa.lab.Wire;
import prosa.lab.client.Clients;
import prosa.lab.client.Connection;
import prosa.lab.client.Following;
import prosa.lab.client.Said;
import prosa.lab.client.ScriptedServer;
import prosa.lab.client.Speaker;
import prosa.lab.client.Talker;
import prosa.lab.figures.Latency;

/** The instrument itself: a delay that is put in on purpose is what it shows. */
class OpenLoopTest {
    private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]*)\"");

    @Test
    void showsADelayOfFiftyMilliseconds() throws Exception {
        Latency latency = measure(echo -> 50, 40, 5);
        assertEquals(40, latency.count());
        assertTrue(latency.points().getFirst().micros() >= 50_000, latency::toString);
        assertTrue(latency.p50() >= 50_000 && latency.p50() < 65_000, latency::toString);
    }

    /**
     * The 20th message is held for 300 ms, and those after it wait their turn. Asking only how long each one took once it was sent would
     * show one slow message in a hundred; those that were due meanwhile have waited too.
     */
    @Test
    void countsTheWholeDelayOfAllThatAStallHoldsUp() throws Exception {
        Latency latency = measure(number -> number == 20 ? 300 : 0, 100, 10);
        assertEquals(100, latency.count());
        assertTrue(latency.max() >= 300_000 && latency.max() < 400_000, latency::toString);
        // 30 of 100 were due in these 300 ms: the 75th of a hundred waited some 50 ms, the 90th some 200.
        assertTrue(latency.p90() >= 150_000, latency::toString);
        assertTrue(latency.p50() < 50_000, latency::toString);
    }

    /** A speaker that blocks is a stall as well: what comes after it is late, and counts from when it was due. */
    @Test
    void countsFromWhenAMessageWasDueAndNotFromWhenItWasSent() throws Exception {
        Schedule schedule = new Schedule("abcdefgh", System.nanoTime(), 10_000_000, 20, 20);
        Arrivals arrivals = new Arrivals(schedule, 1);
        long late = OpenLoop.run(
                schedule,
                new Instantly(text -> {
                    if (schedule.number(text).orElseThrow() == 0) {
                        TimeUnit.MILLISECONDS.sleep(100);
                    }
                    arrivals.said(new Said("1-1", text, System.nanoTime()));
                }),
                Long.MAX_VALUE);
        assertEquals(20, arrivals.count());
        assertTrue(
                arrivals.latency().p50() < 60_000 && arrivals.latency().max() >= 100_000, arrivals.latency()::toString);
        assertTrue(arrivals.latency().p90() >= 80_000, arrivals.latency()::toString);
        assertTrue(late < 90_000_000, "the wait for the speaker is not the loop's own lateness: " + late);
    }

    private interface Saying {
        void say(String text) throws InterruptedException;
    }

    private record Instantly(Saying saying) implements Speaker {
        @Override
        public void say(String text) throws IOException {
            try {
                saying.say(text);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void sayBytes(byte[] text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean waitsForTheAnswer() {
            return true;
        }

        @Override
        public Connection connection() {
            throw new IllegalStateException("there is none");
        }
    }

    private interface Delay {
        long millis(int number);
    }

    private record Held(String line, long untilNanos) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(untilNanos, ((Held) other).untilNanos);
        }
    }

    /** Says {@code count} messages to a server that gives each back after its delay, in order. */
    private static Latency measure(Delay delay, int count, int intervalMillis) throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> echo(peer, delay))) {
            Schedule[] schedule = new Schedule[1];
            Arrivals[] arrivals = new Arrivals[1];
            Following following = new Following("r", "n", Optional.empty(), said -> arrivals[0].said(said));
            try (Talker talker = Clients.talk(Wire.TCP, server.address(), following)) {
                schedule[0] = new Schedule(
                        "abcdefgh", System.nanoTime() + 20_000_000, intervalMillis * 1_000_000L, count, 64);
                arrivals[0] = new Arrivals(schedule[0], 1);
                OpenLoop.run(schedule[0], talker, Long.MAX_VALUE);
                arrivals[0].await(Duration.ofSeconds(5));
                assertEquals(0, arrivals[0].missing());
                return arrivals[0].latency();
            }
        }
    }

    private static void echo(ScriptedServer.Peer peer, Delay delay) throws Exception {
        peer.write("* What is your name?\r\n");
        peer.readTo("}\n");
        peer.write("{\"type\":\"welcome\",\"position\":\"1-0\"}\n");
        DelayQueue<Held> held = new DelayQueue<>();
        Thread.ofVirtual().start(() -> writeWhenDue(held, peer));
        long until = 0;
        for (int number = 0; ; number++) {
            Matcher text = TEXT.matcher(peer.readTo("\n"));
            if (!text.find()) {
                return;
            }
            until = Math.max(until, System.nanoTime() + delay.millis(number) * 1_000_000);
            held.add(new Held("{\"type\":\"said\",\"id\":\"1-1\",\"text\":\"" + text.group(1) + "\"}\n", until));
        }
    }

    private static void writeWhenDue(DelayQueue<Held> held, ScriptedServer.Peer peer) {
        try {
            while (true) {
                peer.write(held.take().line);
            }
        } catch (IOException | InterruptedException e) {
            // The test is over.
        }
    }
}
