package prosa.adapter.nats;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import prosa.application.port.Act;
import prosa.application.port.Deed;
import prosa.application.port.Event;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;

/** How nodes write down what they tell and ask each other: as an {@link Envelope}, with the text as the body and all else in headers. */
record Letter(Headers headers, byte[] body) {
    static final String KIND = "Prosa-Kind";
    static final String WHISPER = "whisper";

    private static final String ROOM = "Prosa-Room";
    private static final String BY = "Prosa-By";
    private static final String OF = "Prosa-Of";
    private static final String AT = "Prosa-At";
    private static final String UNTIL = "Prosa-Until";
    private static final String TIME = "Prosa-Time";
    private static final String DONE = "done";
    private static final String REFUSED = "refused";
    private static final String REASON = "Prosa-Reason";
    private static final byte[] NOTHING = {};

    static Letter of(Message message) {
        return new Letter(message.hasHeaders() ? message.getHeaders() : new Headers(), message.getData());
    }

    private static Letter about(String kind, RoomName room, Name by) {
        Headers headers = new Headers().put(KIND, kind).put(ROOM, room.value());
        return new Letter(headers.put(BY, encoded(by.value())), NOTHING);
    }

    static Letter of(RoomName room, Event.Whisper whisper) {
        Headers headers = about(WHISPER, room, whisper.by())
                .headers()
                .put(OF, encoded(whisper.to().value()))
                .put(AT, Long.toString(whisper.at().toEpochMilli()));
        return new Letter(headers, whisper.text().value().getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException of what can't be about somebody at another node */
    static Letter of(RoomName room, Name by, Act act) {
        return switch (act) {
            case Act.Kick(String name) -> about("kick", room, by).with(name, Optional.empty());
            case Act.Mute(String name, Optional<String> time) ->
                about("mute", room, by).with(name, time);
            case Act.Unmute(String name) -> about("unmute", room, by).with(name, Optional.empty());
            case Act.Ban(String whom, Optional<String> time) ->
                about("ban", room, by).with(whom, time);
            default -> throw new IllegalArgumentException("is about nobody: " + act);
        };
    }

    private Letter with(String of, Optional<String> time) {
        headers.put(OF, encoded(of));
        time.ifPresent(length -> headers.put(TIME, encoded(length)));
        return this;
    }

    static Letter of(Deed deed) {
        Headers headers = about(deed.kind().word(), deed.room(), deed.by())
                .headers()
                .put(AT, Long.toString(deed.at().toEpochMilli()));
        deed.name().ifPresent(name -> headers.put(OF, encoded(name.value())));
        deed.until().ifPresent(until -> headers.put(UNTIL, Long.toString(until.toEpochMilli())));
        return new Letter(headers, NOTHING);
    }

    static Letter done() {
        return new Letter(new Headers().put(KIND, DONE), NOTHING);
    }

    static Letter refused(Reason reason) {
        return new Letter(new Headers().put(KIND, REFUSED).put(REASON, reason.name()), NOTHING);
    }

    /** @throws Refused if it says so */
    void requireNotRefused() {
        if (field(KIND).equals(REFUSED)) {
            throw new Refused(reason(field(REASON)));
        }
    }

    /** A later Prosa may have others. */
    private static Reason reason(String name) {
        return Stream.of(Reason.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(Reason.UNAVAILABLE);
    }

    /** Empty if there is none, or none of ours. */
    String field(String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : decoded(value);
    }

    /** @throws Refused if it is none */
    RoomName room() {
        return new RoomName(field(ROOM));
    }

    /** @throws Refused if it is none */
    Name by() {
        return Name.kept(field(BY));
    }

    /** @throws Refused if it is none */
    Event.Whisper whisper() {
        Instant at = instant(AT).orElseThrow(() -> new Refused(Reason.UNAVAILABLE));
        Text text = Text.kept(new String(body, StandardCharsets.UTF_8));
        return new Event.Whisper(by(), Name.kept(field(OF)), text, at);
    }

    /** @throws Refused if it is none */
    Act act() {
        String of = field(OF);
        Optional<String> time = Optional.of(field(TIME)).filter(length -> !length.isEmpty());
        return switch (field(KIND)) {
            case "kick" -> new Act.Kick(of);
            case "mute" -> new Act.Mute(of, time);
            case "unmute" -> new Act.Unmute(of);
            case "ban" -> new Act.Ban(of, time);
            default -> throw new Refused(Reason.UNKNOWN_COMMAND);
        };
    }

    /** Empty if it says nothing that was done. */
    static Optional<Deed> deed(Letter letter) {
        try {
            for (Deed.Kind kind : Deed.Kind.values()) {
                if (kind.word().equals(letter.field(KIND))) {
                    Optional<Name> name = Optional.of(letter.field(OF))
                            .filter(of -> !of.isEmpty())
                            .map(Name::kept);
                    return letter.instant(AT)
                            .map(at -> new Deed(kind, letter.room(), letter.by(), name, letter.instant(UNTIL), at));
                }
            }
            return Optional.empty();
        } catch (Refused _) {
            return Optional.empty();
        }
    }

    private Optional<Instant> instant(String field) {
        try {
            String value = field(field);
            return value.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(value)));
        } catch (NumberFormatException | DateTimeException _) {
            return Optional.empty();
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
