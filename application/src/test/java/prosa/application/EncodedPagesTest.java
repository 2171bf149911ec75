package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.delivery.FakeSubscriber;

/** What many read of the past is read and encoded once. */
class EncodedPagesTest {
    private final Audience audience = Audience.open();

    @AfterEach
    void stop() {
        audience.close();
    }

    private String fill(int count, String text, int from) {
        StringBuilder said = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            audience.say(text + i);
            if (i > from) {
                said.append("said @" + i + " main Ana: " + text + i + "\n");
            }
        }
        return said.toString();
    }

    @Test
    void thoseWhoWereCutOffTogetherReadTheSamePages() {
        fill(600, "n", 0);
        List<FakeSubscriber> readers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            FakeSubscriber reader = new FakeSubscriber();
            audience.followAfter(i % 100, reader);
            readers.add(reader);
        }
        for (FakeSubscriber reader : readers) {
            reader.awaitEnd("said @600 main Ana: n600\n");
        }
        for (int i = 0; i < 200; i++) {
            assertEquals(600 - i % 100, readers.get(i).lines().size());
        }
        // Seven places to begin at, and from there on the same pages.
        assertTrue(audience.engine.reads().size() <= 14, audience.engine.reads()::toString);
    }

    @Test
    void longTextsMakeShortPagesWhereverOneBegins() {
        for (int from = 0; from < 20; from++) {
            if (from == 0) {
                fill(40, "b".repeat(3_900), 0);
            }
            FakeSubscriber reader = new FakeSubscriber();
            audience.followAfter(from, reader);
            reader.awaitEnd("b40\n");
            assertEquals(40 - from, reader.lines().size(), "after " + from);
        }
    }

    @Test
    void whoReadsSlowlyHoldsNoPage() {
        String said = fill(500, "b".repeat(3_900), 0);
        List<FakeSubscriber> readers = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            FakeSubscriber reader = new FakeSubscriber();
            int taken = 100 + i * 1_000;
            reader.takes(remaining -> Math.max(0, Math.min(remaining, taken - reader.length())));
            readers.add(reader);
            audience.followAfter(0, reader);
        }
        audience.run(() -> {});
        long held = audience.ask(() -> audience.pages.bytes());
        assertTrue(held <= 12L << 20, held + " bytes");
        FakeSubscriber last = readers.getLast();
        last.takes(remaining -> remaining);
        last.flow();
        last.awaitText(said);
    }

    @Test
    void pagesThatNobodyReadsAreGivenBack() {
        fill(100, "n", 0);
        FakeSubscriber reader = new FakeSubscriber();
        audience.followAfter(0, reader);
        reader.awaitEnd("n100\n");
        assertTrue(audience.ask(() -> audience.pages.bytes()) > 0);
        audience.run(() -> audience.pages.inspect(System.nanoTime() + 11_000_000_000L));
        assertEquals(0, audience.ask(() -> audience.pages.bytes()));
    }

    @Test
    void aPageEndsAtTheRoundestNumber() {
        assertEquals(64, EncodedPage.roundest(1, 100));
        assertEquals(128, EncodedPage.roundest(37, 137));
        assertEquals(128, EncodedPage.roundest(64, 128));
        assertEquals(192, EncodedPage.roundest(129, 200));
        assertEquals(7, EncodedPage.roundest(7, 7));
        for (int first = 1; first < 200; first++) {
            for (int last = first; last < 300; last++) {
                long roundest = EncodedPage.roundest(first, last);
                assertTrue(roundest >= first && roundest <= last);
                for (int other = first + 1; other <= last; other++) {
                    assertTrue(Long.numberOfTrailingZeros(other) <= Long.numberOfTrailingZeros(roundest));
                }
            }
        }
    }
}
