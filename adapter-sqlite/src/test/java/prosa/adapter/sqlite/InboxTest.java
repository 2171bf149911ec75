package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import prosa.adapter.sqlite.Inbox.Waiting;
import prosa.domain.Draft;
import prosa.domain.Name;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

class InboxTest {
    private final Inbox inbox = new Inbox();

    @Test
    void whatWaitsIsTakenInItsOrderAndInGroups() {
        Waiting first = waiting();
        Waiting second = waiting();
        Waiting third = waiting();
        inbox.offer(first);
        inbox.offer(second);
        inbox.offer(third);
        assertEquals(List.of(first, second), inbox.take(2));
        assertEquals(List.of(third), inbox.take(2));
    }

    @Test
    void whoeverTakesWaitsForTheFirst() {
        CompletableFuture<List<Waiting>> taken = CompletableFuture.supplyAsync(() -> inbox.take(10));
        Waiting only = waiting();
        inbox.offer(only);
        assertEquals(List.of(only), taken.join());
    }

    @Test
    void beyondItsBoundItTakesNothingUntilThereIsRoom() {
        Waiting one = waiting();
        for (int i = 0; i < Inbox.CAPACITY; i++) {
            assertTrue(inbox.offer(one));
        }
        assertFalse(inbox.offer(one));
        inbox.take(1);
        assertTrue(inbox.offer(one));
    }

    @Test
    void beyondItsBoundOfTextItTakesNothingUntilThereIsRoom() {
        Waiting longest = waiting("x".repeat(Text.MAX_CODE_POINTS));
        for (int i = 0; i < Inbox.CAPACITY_CHARS / Text.MAX_CODE_POINTS; i++) {
            assertTrue(inbox.offer(longest));
        }
        assertFalse(inbox.offer(waiting()));
        inbox.take(1);
        assertTrue(inbox.offer(longest));
    }

    @Test
    void closedItGivesOutWhatItHasAndTakesNothing() {
        inbox.offer(waiting());
        inbox.close();
        assertFalse(inbox.offer(waiting()));
        assertEquals(1, inbox.take(10).size());
        assertEquals(List.of(), inbox.take(10));
    }

    private static Waiting waiting() {
        return waiting("hi");
    }

    private static Waiting waiting(String text) {
        return new Waiting(
                new Draft(
                        RoomName.MAIN, new Name("Ana"), new Via("ws"), Instant.EPOCH, new Text(text), Optional.empty()),
                0,
                new CompletableFuture<>());
    }
}
