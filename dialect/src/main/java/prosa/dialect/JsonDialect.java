package prosa.dialect;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import prosa.application.port.Act;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.application.port.Ticket;
import prosa.delivery.CloseReason;
import prosa.domain.Cleared;
import prosa.domain.Fault;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.Removed;
import prosa.domain.RoomName;
import prosa.domain.Via;
import prosa.language.Language;

/**
 * What programs write and read, {@code prosa.v1}: a JSON object a line, whose {@code type} names its kind.
 *
 * <p>A {@code ref} may be a string of at most {@value JsonFields#MAX_REF} characters or a number, and comes back as it came.
 *
 * @param language of the sentences in it
 */
public record JsonDialect(Language language) implements Dialect {
    /** What this dialect is called: a WebSocket subprotocol, and the first line on TCP. */
    public static final String NAME = "prosa.v1";

    @Override
    public Command read(String line) {
        JsonFields fields = JsonFields.read(line);
        try {
            return command(fields);
        } catch (Refused refused) {
            return new Command.Unreadable(refused.reason(), refused.fault(), fields.ref());
        }
    }

    private static Command command(JsonFields fields) {
        fields.requireWhole();
        fields.requireRef();
        Optional<String> ref = fields.ref();
        return switch (fields.required("type")) {
            case "join" ->
                new Command.Join(
                        fields.optional("name"),
                        fields.optional("room"),
                        fields.optional("since"),
                        fields.optional("token"),
                        fields.secret("roomKey"),
                        fields.secret("claim"),
                        ref);
            case "say" -> asserting(fields, fields.optional("name"), say(fields));
            case "rename" ->
                asserting(
                        fields,
                        Optional.empty(),
                        new Command.Rename(fields.required("name"), fields.secret("claim"), ref));
            case "who" -> asserting(fields, fields.optional("name"), new Command.Who(ref));
            case "whisper" ->
                asserting(
                        fields,
                        fields.optional("name"),
                        new Command.Whisper(fields.required("to"), fields.required("text"), ref));
            case "claim" -> asserting(fields, fields.optional("name"), new Command.Claim(ref));
            case "release" -> release(fields);
            case "leave" -> asserting(fields, fields.optional("name"), new Command.Leave(ref));
            case "op" ->
                new Command.Op(fields.secret("token").orElseThrow(() -> new Refused(new Fault.Missing("token"))), ref);
            default ->
                JsonActs.read(fields.required("type"), fields)
                        .map(act -> new Command.Perform(act, fields.optional("room"), ref))
                        .orElseThrow(() -> new Refused(Reason.UNKNOWN_COMMAND));
        };
    }

    /** Of a name it is an operator's. */
    private static Command release(JsonFields fields) {
        Optional<Act> act = fields.optional("name").map(Act.Release::new);
        return act.isPresent()
                ? new Command.Perform(act.get(), fields.optional("room"), fields.ref())
                : asserting(fields, Optional.empty(), new Command.Release(fields.ref()));
    }

    /** What is meant for one person must not be said to all. */
    private static Command say(JsonFields fields) {
        fields.forbid("to");
        return new Command.Say(fields.required("text"), fields.optional("key"), fields.ref());
    }

    private static Command asserting(JsonFields fields, Optional<String> name, Command command) {
        Optional<String> room = fields.optional("room");
        return room.isEmpty() && name.isEmpty() ? command : new Command.Asserting(room, name, command);
    }

    @Override
    public List<String> linesOf(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * What a program posts without joining, {@code {"name": ..., "text": ...}}.
     *
     * @param room may stand elsewhere, in the query, as may the name
     * @param key may stand elsewhere, in a header
     */
    public record Post(Optional<String> room, Optional<String> name, Optional<String> key, String text) {}

    /**
     * Reads the body of a post.
     *
     * @throws Refused {@link Reason#MALFORMED}
     */
    public static Post post(String body) {
        JsonFields fields = JsonFields.read(body);
        fields.requireWhole();
        fields.forbid("to");
        fields.forbid("claim");
        return new Post(
                fields.optional("room"), fields.optional("name"), fields.optional("key"), fields.required("text"));
    }

    /**
     * Reads the body of what an operator posts: an act, and perhaps its room.
     *
     * @throws Refused {@link Reason#MALFORMED}, or {@link Reason#UNKNOWN_COMMAND} if it is no act
     */
    public static Command.Perform act(String body) {
        JsonFields fields = JsonFields.read(body);
        fields.requireWhole();
        fields.requireRef();
        Act act = JsonActs.read(fields.required("type"), fields).orElseThrow(() -> new Refused(Reason.UNKNOWN_COMMAND));
        return new Command.Perform(act, fields.optional("room"), fields.ref());
    }

    /** A refusal as an object of its own, {@code reason} and {@code message}. */
    public String error(Reason reason, Optional<Fault> fault) {
        return retry(error(new JsonLine().object(), reason.word(), new Phrases(language).refusal(reason, fault)), fault)
                .endObject()
                .end();
    }

    /** What HTTP itself refuses, in the same form. */
    public static String error(String reason, String message) {
        return error(new JsonLine().object(), reason, message).endObject().end();
    }

    private static JsonLine error(JsonLine object, String reason, String message) {
        return object.with("reason", reason).with("message", message);
    }

    /** Where something else is to be had; null if nowhere. */
    public static String port(OptionalInt port) {
        JsonLine line = new JsonLine().object();
        port.ifPresentOrElse(number -> line.with("port", number), () -> line.withNullable("port", Optional.empty()));
        return line.endObject().end();
    }

    /** What stands for secrets in an address, and until when it is to be used. */
    public static String ticket(Ticket ticket) {
        return new JsonLine()
                .object()
                .with("ticket", ticket.secret().reveal())
                .with("expires", ticket.expires())
                .endObject()
                .end();
    }

    /** That the house delivers, and up to where it has. */
    public static String healthy(Position position) {
        return new JsonLine()
                .object()
                .with("status", "ok")
                .with("position", position)
                .endObject()
                .end();
    }

    /** That the house delivers and keeps what is said. */
    public static String ready() {
        return new JsonLine().object().with("status", "ok").endObject().end();
    }

    /** That it does not. */
    public static String unavailable(String because) {
        return new JsonLine()
                .object()
                .with("status", "unavailable")
                .with("because", because)
                .endObject()
                .end();
    }

    /** Rooms and how many are in each, as an array. */
    public static String rooms(Map<RoomName, Integer> counts) {
        return new JsonLine()
                .array(
                        List.copyOf(counts.entrySet()),
                        (room, line) -> line.object()
                                .with("room", room.getKey())
                                .with("count", room.getValue())
                                .endObject())
                .end();
    }

    /** Messages as one array, oldest first as given. */
    public static String messages(List<Message> messages) {
        return new JsonLine().array(messages, JsonDialect::addSaid).end();
    }

    @Override
    public boolean tellsToken() {
        return true;
    }

    @Override
    public List<String> write(Event event) {
        return switch (event) {
            case Event.Said said -> List.of(said(said.message()));
            case Event.Removed(Removed removed) ->
                line(object("removed")
                        .with("id", removed.id())
                        .with("of", removed.of())
                        .with("room", removed.room())
                        .with("by", removed.by())
                        .with("at", removed.at()));
            case Event.Cleared(Cleared cleared) ->
                line(object("cleared")
                        .with("id", cleared.id())
                        .with("room", cleared.room())
                        .with("by", cleared.by())
                        .with("at", cleared.at()));
            case Event.Joined joined ->
                line(passing("joined", joined.room(), joined.name(), joined.via())
                        .withIf("claimed", joined.claimed()));
            case Event.Left left -> line(passing("left", left.room(), left.name(), left.via()));
            case Event.Farewelled left -> line(passing("left", left.room(), left.name(), left.via()));
            case Event.Renamed renamed ->
                line(renamed(renamed.room(), renamed.from(), renamed.name(), renamed.claimed()));
            case Event.Called renamed ->
                line(renamed(renamed.room(), renamed.from(), renamed.name(), renamed.claimed()));
            case Event.Claimed claimed ->
                line(object("claimed")
                        .withRef(claimed.ref())
                        .with("name", claimed.name())
                        .with("secret", claimed.secret().reveal()));
            case Event.Released released ->
                line(object("released").withRef(released.ref()).with("name", released.name()));
            case Event.AskSecret ask -> line(object("ask"));
            case Event.Presence presence ->
                line(object("presence")
                        .with("room", presence.room())
                        .with("in", presence.in())
                        .with("out", presence.out())
                        .with("count", presence.count()));
            case Event.Ask ask -> line(object("ask"));
            case Event.Welcome welcome -> line(welcome(welcome));
            case Event.Ack ack ->
                line(object("ack").withRef(ack.ref()).with("id", ack.id()).with("at", ack.at()));
            case Event.Refusal refusal ->
                line(refused(refusal.reason(), refusal.fault()).withRef(refusal.ref()));
            case Event.Whisper whisper ->
                line(object("whisper")
                        .with("by", whisper.by())
                        .with("to", whisper.to())
                        .with("text", whisper.text())
                        .with("at", whisper.at()));
            case Event.Told told -> List.of();
            case Event.Who who ->
                line(object("who")
                        .with("room", who.room())
                        .with("count", who.count())
                        .with("present", who.present(), JsonDialect::addPresent));
            case Event.Gap gap ->
                line(object("gap")
                        .with("room", gap.room())
                        .with("after", gap.after())
                        .withNullable("next", gap.next().map(Position::toString)));
            case Event.Help help -> List.of();
            case Event.LookBack lookBack -> List.of();
            case Event.Day day -> List.of();
            case Event.LookedBack lookedBack -> List.of();
            case Event.Acted acted -> line(JsonActs.acted(acted));
            case Event.Operator operator -> line(object("operator").withRef(operator.ref()));
            case Event.Done done -> line(JsonActs.done(done));
            case Event.Closed closed -> line(JsonActs.closed(closed));
            case Event.Bans bans -> line(JsonActs.bans(bans));
            case Event.Acts acts -> line(JsonActs.acts(acts));
            case Event.Opening opening -> line(object("following").with("position", opening.at()));
        };
    }

    @Override
    public List<String> write(CloseReason reason) {
        return switch (reason) {
            case TOO_SLOW -> line(refused(Reason.TOO_SLOW));
            case TOO_FAST -> line(refused(Reason.TOO_FAST));
            case NAMELESS -> line(refused(Reason.NAME_INVALID));
            case UNAVAILABLE -> line(refused(Reason.UNAVAILABLE));
            case QUIT, SHUTDOWN, GONE, REPLACED, EXPELLED -> List.of();
        };
    }

    /** A message as every JSON wire shows it. */
    public static String said(Message message) {
        JsonLine line = new JsonLine();
        addSaid(message, line);
        return line.end();
    }

    private static void addSaid(Message message, JsonLine line) {
        line.object("said")
                .with("id", message.id())
                .with("room", message.room())
                .with("by", message.by())
                .with("via", message.via().word())
                .with("at", message.at())
                .with("text", message.text())
                .endObject();
    }

    private static void addPresent(Participant participant, JsonLine line) {
        line.object()
                .with("name", participant.name())
                .with("via", participant.via().word())
                .withIf("claimed", participant.claimed())
                .endObject();
    }

    private static JsonLine passing(String type, RoomName room, Name name, Via via) {
        return object(type).with("room", room).with("name", name).with("via", via.word());
    }

    private static JsonLine renamed(RoomName room, Name from, Name name, boolean claimed) {
        return object("renamed")
                .with("room", room)
                .with("from", from)
                .with("name", name)
                .withIf("claimed", claimed);
    }

    private static JsonLine welcome(Event.Welcome welcome) {
        JsonLine line = object("welcome")
                .with("room", welcome.room())
                .with("name", welcome.name())
                .with("token", welcome.token())
                .with("position", welcome.position())
                .with("count", welcome.count())
                .with("present", welcome.present(), JsonDialect::addPresent);
        welcome.recent().ifPresent(recent -> line.with("recent", recent, JsonDialect::addSaid));
        return line;
    }

    private JsonLine refused(Reason reason) {
        return refused(reason, Optional.empty());
    }

    private JsonLine refused(Reason reason, Optional<Fault> fault) {
        return retry(
                object("refused")
                        .with("reason", reason.word())
                        .with("message", new Phrases(language).refusal(reason, fault)),
                fault);
    }

    /** When to try again, rounded up: who comes at that time is not refused for it. */
    private static JsonLine retry(JsonLine line, Optional<Fault> fault) {
        return fault.orElse(null) instanceof Fault.TooSoon(Duration retryAfter)
                ? line.with("retryAfterMs", (int) retryAfter.plusNanos(999_999).toMillis())
                : line;
    }

    private static JsonLine object(String type) {
        return new JsonLine().object(type);
    }

    private static List<String> line(JsonLine open) {
        return List.of(open.endObject().end());
    }
}
