package prosa.lab.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final long SECOND = 1_000_000_000;

    private final Reports reports = new Reports();
    private long now = Long.MAX_VALUE - SECOND / 2; // it may wrap around

    private void pass(int count) {
        for (int i = 0; i < count; i++) {
            reports.addTraffic(new Report("bytes"));
        }
    }

    private Report next() throws InterruptedException {
        return reports.next(0, now, 7.5);
    }

    private List<String> rest() throws InterruptedException {
        List<String> rest = new ArrayList<>();
        for (Report report = next(); report != null; report = next()) {
            rest.add(report.name());
        }
        return rest;
    }

    @Test
    void whatIsLeftOutIsCountedAndThatIsTold() throws InterruptedException {
        pass(Reports.MOST_OF_TRAFFIC + 100);
        Report told = next();
        assertNotNull(told);
        assertEquals("left-out", told.name());
        assertEquals("{\"at\":7.5,\"count\":100}", told.json());
        assertEquals(Reports.MOST_OF_TRAFFIC, rest().size());
        assertNull(next());
    }

    @Test
    void aFloodOfTrafficDoesNotHideWhatHappens() throws InterruptedException {
        pass(1_000);
        reports.add(new Report("closed"));
        pass(1_000);
        assertTrue(rest().contains("closed"));
    }

    @Test
    void whatHappensIsBoundedToo() throws InterruptedException {
        for (int i = 0; i < Reports.MOST + 3; i++) {
            reports.add(new Report("opened"));
        }
        Report told = next();
        assertNotNull(told);
        assertEquals("{\"at\":7.5,\"count\":3}", told.json());
        assertEquals(Reports.MOST, rest().size());
    }

    /** Or a flood would be told of by as many counts as reports. */
    @Test
    void countsAreNotToldOneByOne() throws InterruptedException {
        pass(1_000);
        for (int i = 0; i < 100; i++) {
            next();
            pass(2);
        }
        assertFalse(rest().contains("left-out"));
        now += SECOND;
        pass(1_000);
        assertTrue(rest().contains("left-out"));
    }
}
