package prosa.application;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.delivery.CloseReason;
import prosa.delivery.FakeSubscriber;

/** What is told in rooms, however they are put together and written down. */
class FeedsOfRoomsTest {
    @Test
    void everyWayOfWritingIsToldTheSame() {
        try (Lobby lobby = new Lobby()) {
            FakeSubscriber plain = lobby.follow(Optional.empty(), OptionalInt.empty(), "main");
            FakeSubscriber marked = new FakeSubscriber();
            FakeSubscriber also = new FakeSubscriber();
            PlainCodec other = new PlainCodec("> ");
            lobby.chat.follow(
                    Lobby.over("http"), Lobby.listening(Optional.empty(), OptionalInt.empty(), "main"), other, marked);
            lobby.chat.follow(
                    Lobby.over("http"),
                    Lobby.listening(Optional.empty(), OptionalInt.empty(), "main", "den"),
                    other,
                    also);
            lobby.settle();
            lobby.engine.say("main", "Ana", "one");
            plain.awaitLines("opening @0", "said @1 main Ana: one");
            marked.awaitLines("> opening @0", "> said @1 main Ana: one");
            also.awaitLines("> opening @0", "> said @1 main Ana: one");
        }
    }

    @Test
    void severalRoomsAreToldInTheOrderOfTheLog() {
        try (Lobby lobby = new Lobby()) {
            FakeSubscriber both = lobby.follow(Optional.empty(), OptionalInt.empty(), "main", "den");
            lobby.settle();
            lobby.engine.say("main", "Ana", "one");
            lobby.engine.say("den", "Bob", "two");
            lobby.engine.say("nook", "Bob", "three");
            lobby.engine.say("main", "Ana", "four");
            both.awaitLines("opening @0", "said @1 main Ana: one", "said @2 den Bob: two", "said @4 main Ana: four");
        }
    }

    /** As many sets of rooms as one likes, none of which is read: whoever reads misses nothing. */
    @Test
    void manySetsOfRoomsTakeNothingFromOthers() {
        try (Lobby lobby = new Lobby()) {
            FakeSubscriber reader = lobby.follow(Optional.empty(), OptionalInt.empty(), "main");
            List<FakeSubscriber> stalled = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                FakeSubscriber one = lobby.follow(Optional.empty(), OptionalInt.empty(), "main", "x" + i);
                one.stall();
                stalled.add(one);
            }
            lobby.settle();
            String text = "b".repeat(3_990);
            for (int i = 0; i < 150; i++) {
                lobby.engine.say("main", "Ana", text + i);
            }
            reader.awaitEnd(text + "149\n");
            assertEquals(151, reader.lines().size(), "the opening and all that was said");
            FakeSubscriber one = stalled.getLast();
            one.flow();
            one.awaitEnd(text + "149\n");
            assertEquals(151, one.lines().size());
        }
    }

    /** A codec that fails: its followers resume, and the others hear all. */
    @Test
    void aFeedThatCantGoOnSendsItsFollowersAway() {
        try (Lobby lobby = new Lobby()) {
            Codec faulty = event -> {
                if (event instanceof Event.Said) {
                    throw new IllegalStateException("planted by a test");
                }
                return PlainCodec.PLAIN.encode(event);
            };
            FakeSubscriber cutOff = new FakeSubscriber();
            lobby.chat.follow(
                    Lobby.over("http"), Lobby.listening(Optional.empty(), OptionalInt.empty(), "main"), faulty, cutOff);
            FakeSubscriber reader = lobby.follow(Optional.empty(), OptionalInt.empty(), "main");
            lobby.settle();
            lobby.engine.say("main", "Ana", "one");
            lobby.engine.say("main", "Ana", "two");
            cutOff.awaitClose(CloseReason.UNAVAILABLE);
            reader.awaitLines("opening @0", "said @1 main Ana: one", "said @2 main Ana: two");
        }
    }
}
