package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import prosa.adapter.sqlite.Inbox.Alone;
import prosa.adapter.sqlite.Inbox.End;
import prosa.adapter.sqlite.Inbox.Group;
import prosa.adapter.sqlite.Inbox.Removing;
import prosa.adapter.sqlite.Inbox.Saying;
import prosa.adapter.sqlite.Inbox.Taken;
import prosa.domain.Draft;
import prosa.domain.Name;
import prosa.domain.Removal;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

class InboxTest {
    private final Inbox inbox = new Inbox();

    @Test
    void whatWaitsIsTakenInItsOrderAndInGroups() {
        Saying first = waiting();
        Saying second = waiting();
        Saying third = waiting();
        inbox.offer(first);
        inbox.offer(second);
        inbox.offer(third);
        assertEquals(new Group(List.of(first, second)), inbox.take(2));
        assertEquals(new Group(List.of(third)), inbox.take(2));
    }

    @Test
    void aRemovalIsTakenAloneAndInItsOrder() {
        Saying before = waiting();
        Removing removing =
                new Removing(new Removal.All(RoomName.MAIN, new Name("Op"), Instant.EPOCH), new CompletableFuture<>());
        Saying after = waiting();
        inbox.offer(before);
        inbox.offer(removing);
        inbox.offer(after);
        assertEquals(new Group(List.of(before)), inbox.take(10));
        assertEquals(new Alone(removing), inbox.take(10));
        assertEquals(new Group(List.of(after)), inbox.take(10));
    }

    @Test
    void whoeverTakesWaitsForTheFirst() {
        CompletableFuture<Taken> taken = CompletableFuture.supplyAsync(() -> inbox.take(10));
        Saying only = waiting();
        inbox.offer(only);
        assertEquals(new Group(List.of(only)), taken.join());
    }

    @Test
    void beyondItsBoundItTakesNothingUntilThereIsRoom() {
        Saying one = waiting();
        for (int i = 0; i < Inbox.CAPACITY; i++) {
            assertTrue(inbox.offer(one));
        }
        assertFalse(inbox.offer(one));
        inbox.take(1);
        assertTrue(inbox.offer(one));
    }

    @Test
    void beyondItsBoundOfTextItTakesNothingUntilThereIsRoom() {
        Saying longest = waiting("x".repeat(Text.MAX_CODE_POINTS));
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
        assertInstanceOf(Group.class, inbox.take(10));
        assertEquals(new End(), inbox.take(10));
    }

    private static Saying waiting() {
        return waiting("hi");
    }

    private static Saying waiting(String text) {
        return new Saying(
                new Draft(
                        RoomName.MAIN, new Name("Ana"), new Via("ws"), Instant.EPOCH, new Text(text), Optional.empty()),
                0,
                new CompletableFuture<>());
    }
}
