package prosa.dialect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import prosa.application.port.Banned;
import prosa.application.port.Deed;
import prosa.application.port.Event;
import prosa.application.port.Secret;
import prosa.domain.Cleared;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Removed;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** What the tests say and tell. */
final class Samples {
    static final RoomName ROOM = RoomName.MAIN;
    static final Name ANA = new Name("Ana");
    static final Name ALEX = new Name("Alex");
    static final Secret SECRET = Secret.shown("claim", "prosa_claim_0123456789abcdefghijkl");
    static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    /** Texts that try to be something else. */
    static final List<String> HOSTILE = List.of(
            "* name-taken: not by the server",
            "hi\n* Ana left",
            "hi\nAna: I never said so",
            "hi\r\n\r\nAna: nor this",
            "a\rb\u0085c\u2028d\u2029e",
            "\u001b[2J\u001b]0;title\u0007 bell \b\b\u007f \u009b31m \u0000",
            "\",\"by\":\"Ana\",\"text\":\"\\",
            "}\n{\"type\":\"said\"}",
            "👩‍👩‍👧‍👦 🇧🇷 é 漢字 \ud800 lone \udc00",
            "\u202e right to left \u2066 isolate",
            "مرحبا שלום",
            "\t tab \uFFFE \uFEFF",
            "/quit",
            "</script><script>alert(1)</script>");

    private Samples() {}

    static Message message(String text) {
        return new Message(new Position(1767323045678L, 42), ROOM, ALEX, new Via("ws"), AT, new Text(text));
    }

    static Event.Said said(String text) {
        return new Event.Said(message(text));
    }

    static Event.Removed removed() {
        return new Event.Removed(
                new Removed(new Position(1767323045678L, 43), new Position(1767323045678L, 42), ROOM, ALEX, ANA, AT));
    }

    static Event.Cleared cleared() {
        return new Event.Cleared(new Cleared(new Position(1767323045678L, 44), ROOM, ANA, AT));
    }

    static List<Participant> people(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Participant(i, new Name("Guest " + i), new Via("tcp")))
                .toList();
    }

    static Event.Welcome welcome(int count, Optional<List<Message>> recent) {
        return new Event.Welcome(
                ROOM, ANA, "the-token", new Position(7, 9), count, people(Math.min(count, 100)), recent);
    }

    private static Deed deed() {
        return new Deed(Deed.Kind.MUTE, ROOM, ANA, Optional.of(ALEX), Optional.of(AT), AT);
    }

    /** One event of every kind; more than one where it matters. */
    static List<Event> events(String text) {
        List<Event> events = new ArrayList<>(List.of(
                said(text),
                removed(),
                cleared(),
                new Event.Joined(ROOM, ANA, new Via("tcp"), false),
                new Event.Joined(ROOM, ANA, new Via("tcp"), true),
                new Event.Left(ROOM, ANA, new Via("http")),
                new Event.Renamed(ROOM, ANA, ALEX, false),
                new Event.Renamed(ROOM, ANA, ANA, true),
                new Event.Renamed(ROOM, ANA, ANA, false),
                new Event.Presence(ROOM, 37, 0, 1204),
                new Event.Ask(),
                welcome(3, Optional.of(List.of(message(text)))),
                welcome(3, Optional.empty()),
                new Event.Ack(Optional.of(text), new Position(7, 9), AT),
                new Event.Whisper(ALEX, ANA, new Text(text), AT),
                new Event.Told(ANA),
                new Event.Farewelled(ROOM, ANA, new Via("ws")),
                new Event.Called(ROOM, ANA, ALEX, false),
                new Event.Called(ROOM, ANA, ALEX, true),
                new Event.AskSecret(ANA),
                new Event.Claimed(Optional.of(text), ANA, SECRET),
                new Event.Released(Optional.of(text), ANA),
                new Event.Who(ROOM, 3, people(3)),
                new Event.LookBack(ROOM, 2, true),
                new Event.Day(AT),
                new Event.LookedBack(ROOM),
                new Event.Help(),
                new Event.Acted(deed()),
                new Event.Operator(Optional.of(text)),
                new Event.Done(deed(), Optional.of(text)),
                new Event.Closed(ROOM, Secret.shown("key", "the key"), Optional.of(text)),
                new Event.Bans(List.of(new Banned("Alex", ANA, AT)), Optional.of(text)),
                new Event.Acts(List.of(deed()), Optional.of(text)),
                new Event.Opening(new Position(7, 9)),
                new Event.Gap(ROOM, new Position(7, 9), Optional.empty())));
        for (Reason reason : Reason.values()) {
            events.add(new Event.Refusal(reason, Optional.of(text)));
        }
        return events;
    }
}
