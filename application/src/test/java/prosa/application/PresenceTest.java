package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Event;
import prosa.delivery.Await;
import prosa.domain.ChatRoom;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.RoomName;
import prosa.domain.Via;

class PresenceTest {
    private final Audience audience = Audience.open();
    private final ChatRoom room = new ChatRoom(RoomName.MAIN);
    private final Presence presence = new Presence(room.name(), room::count, audience.thread, this::heard);
    private final List<Participant> present = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Long> at = new ArrayList<>();

    @AfterEach
    void stop() {
        audience.close();
    }

    private void heard(Event.Shared event, long origin) {
        synchronized (told) {
            String line = new String(PlainCodec.PLAIN.encode(event), StandardCharsets.UTF_8).strip();
            told.add(line + (origin == 0 ? "" : " not to " + origin));
            at.add(System.nanoTime());
            told.notifyAll();
        }
    }

    private List<String> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    private void awaitTold(int count) {
        Await.until(told, () -> told.size() >= count, () -> count + " events, but " + told);
    }

    private void enter(int count) {
        audience.run(() -> {
            for (int i = 0; i < count; i++) {
                Participant newcomer = room.enter(new Name("n" + (present.size() + 1)), new Via("ws"));
                present.add(newcomer);
                presence.joined(newcomer);
            }
        });
    }

    private void leave(int count) {
        audience.run(() -> {
            for (int i = 0; i < count; i++) {
                Participant leaver = present.removeLast();
                room.leave(leaver);
                presence.left(leaver);
            }
        });
    }

    @Test
    void upToFiftyAreToldOfEachOtherOneByOne() {
        enter(50);
        leave(1);
        enter(1);
        assertEquals(52, told().size());
        assertEquals("joined main n1 ws", told().getFirst());
        assertEquals(List.of("joined main n50 ws", "left main n50 ws", "joined main n50 ws"), told().subList(49, 52));
    }

    @Test
    void aNewNameIsToldToAllOthers() {
        enter(1);
        audience.run(() -> {
            Participant before = present.getFirst();
            presence.renamed(before, room.rename(before, new Name("Ana")), 7);
        });
        assertEquals(List.of("joined main n1 ws", "renamed main n1 Ana not to 7"), told());
    }

    @Test
    void aCrowdIsSummedUpAtMostOnceASecond() {
        enter(50);
        enter(1);
        awaitTold(51);
        assertEquals("presence main +1 -0 =51", told().get(50), "the first at once");
        enter(9);
        leave(4);
        awaitTold(52);
        assertEquals("presence main +9 -4 =56", told().get(51));
        assertTrue(at.get(51) - at.get(50) > Duration.ofMillis(900).toNanos(), "about a second later");
    }

    @Test
    void aLargerCrowdIsSummedUpMoreSeldom() {
        enter(Presence.TOLD_A_SECOND * 3 / 2);
        awaitTold(51);
        enter(1);
        awaitTold(52);
        assertEquals("presence main +1 -0 =4501", told().get(51));
        assertTrue(at.get(51) - at.get(50) > Duration.ofMillis(1_400).toNanos(), "half as long again");
    }

    @Test
    void whatIsSummedUpIsNotToldAgainWhenTheCrowdIsGone() {
        enter(50);
        audience.run(() -> {
            Participant last = room.enter(new Name("last"), new Via("ws"));
            presence.joined(last);
            room.leave(last);
            presence.left(last);
            leaveWithin(1);
        });
        awaitTold(51);
        assertEquals("presence main +1 -2 =49", told().get(50));
        leave(1);
        assertEquals("left main n49 ws", told().get(51));
        assertEquals(52, told().size());
    }

    private void leaveWithin(int count) {
        for (int i = 0; i < count; i++) {
            Participant leaver = present.removeLast();
            room.leave(leaver);
            presence.left(leaver);
        }
    }
}
