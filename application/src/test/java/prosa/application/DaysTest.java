package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.delivery.FakeSubscriber;
import prosa.domain.RoomName;

/** Who looks back is told on which day something was said, once, wherever in the shared pages they begin. */
class DaysTest {
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final Instant NOON = Instant.parse("2026-11-24T15:00:00Z");
    private static final int MESSAGES = 300;

    private final Audience audience = Audience.open();
    private long ids = 1_000;

    /** Two ways of writing: those who look back are told the days. */
    private record Live() implements Codec {
        @Override
        public byte[] encode(Event event) {
            return PlainCodec.PLAIN.encode(event);
        }

        @Override
        public Codec past() {
            return new Past();
        }
    }

    private record Past() implements Codec {
        @Override
        public byte[] encode(Event event) {
            return event instanceof Event.Day(Instant at)
                    ? PlainCodec.bytes("day " + LocalDate.ofInstant(at, ZONE))
                    : PlainCodec.PLAIN.encode(event);
        }
    }

    @AfterEach
    void stop() {
        audience.close();
    }

    private void say(int message, Instant at) {
        assertEquals(message, audience.engine.sayAt(at, "n" + message).id().offset());
    }

    /** @param perDay so many messages a day */
    private void fill(int perDay) {
        for (int i = 1; i <= MESSAGES; i++) {
            say(i, NOON.plus(Duration.ofDays((i - 1) / perDay)));
        }
    }

    private static String day(int message, int perDay) {
        return "day " + LocalDate.of(2026, 11, 24).plusDays((message - 1) / perDay) + "\n";
    }

    private static String told(int after, int perDay) {
        StringBuilder told = new StringBuilder();
        for (int i = after + 1; i <= MESSAGES; i++) {
            if (i == after + 1 || !day(i, perDay).equals(day(i - 1, perDay))) {
                told.append(day(i, perDay));
            }
            told.append("said @").append(i).append(" main Ana: n").append(i).append('\n');
        }
        return told.toString();
    }

    private FakeSubscriber lookBack(int after, FakeSubscriber reader) {
        Recipient live = audience.connect(reader, new Live());
        audience.run(() -> {
            Backlog.After piece = new Backlog.After(after, audience.rooms.offset(), Optional.empty());
            audience.replays.lookBack(live, RoomName.MAIN, piece, failure -> {});
        });
        return reader;
    }

    /** Pages end at 128 and 256: there, before it, and behind it a day ends, too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100, 127, 128, 129, 256, 1_000})
    void eachDayIsToldOnceWhereverOneBegins(int perDay) {
        fill(perDay);
        for (int after : List.of(0, 1, 15, 16, 50, 99, 100, 126, 127, 128, 129, 200, 255, 256, 299)) {
            lookBack(after, new FakeSubscriber()).awaitText(told(after, perDay));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 400})
    void whoReadsSlowlyIsToldTheSame(int atOnce) {
        fill(50);
        FakeSubscriber slow = new FakeSubscriber();
        slow.takes(remaining -> Math.min(remaining, atOnce));
        lookBack(0, slow).awaitText(told(0, 50));
    }

    /** What was said about the same time may be kept in another order. */
    @Test
    void aDayThatComesAgainIsToldAgain() {
        Instant midnight = Instant.parse("2026-11-25T03:00:00Z");
        say(1, midnight.minusMillis(1));
        say(2, midnight.plusMillis(1));
        say(3, midnight.minusMillis(1));
        lookBack(0, new FakeSubscriber())
                .awaitLines(
                        "day 2026-11-24",
                        "said @1 main Ana: n1",
                        "day 2026-11-25",
                        "said @2 main Ana: n2",
                        "day 2026-11-24",
                        "said @3 main Ana: n3");
    }

    @Test
    void whoResumesIsToldWhatTheOthersWereTold() {
        fill(100);
        FakeSubscriber reader = new FakeSubscriber();
        Recipient live = audience.connect(reader, new Live());
        audience.run(() -> {
            Backlog.After missed = new Backlog.After(0, audience.rooms.offset(), Optional.empty());
            audience.follow(live, Optional.of(missed), RoomName.MAIN);
        });
        reader.awaitEnd("n" + MESSAGES + "\n");
        assertFalse(reader.text().contains("day "));
    }
}
