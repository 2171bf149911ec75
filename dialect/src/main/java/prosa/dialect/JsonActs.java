package prosa.dialect;

import java.util.Optional;
import prosa.application.port.Act;
import prosa.application.port.Banned;
import prosa.application.port.Deed;
import prosa.application.port.Event;
import prosa.domain.Fault;
import prosa.domain.Name;
import prosa.domain.Refused;

/** What operators ask for and are told, as programs write it. */
final class JsonActs {
    private JsonActs() {}

    /**
     * Reads an act, if the type names one.
     *
     * @throws Refused if a field is missing or wrong
     */
    static Optional<Act> read(String type, JsonFields fields) {
        return Optional.ofNullable(
                switch (type) {
                    case "kick" -> new Act.Kick(fields.required("name"));
                    case "mute" -> new Act.Mute(fields.required("name"), fields.optional("time"));
                    case "unmute" -> new Act.Unmute(fields.required("name"));
                    case "quiet" -> new Act.Quiet();
                    case "unquiet" -> new Act.Unquiet();
                    case "ban" -> new Act.Ban(whom(fields), fields.optional("time"));
                    case "unban" -> new Act.Unban(whom(fields));
                    case "release" -> new Act.Release(fields.required("name"));
                    case "bans" -> new Act.Bans();
                    case "close" -> new Act.Close();
                    case "open" -> new Act.Open();
                    case "remove" -> remove(fields);
                    case "clear" -> new Act.Clear();
                    case "acts" -> new Act.Acts();
                    default -> null;
                });
    }

    private static Act remove(JsonFields fields) {
        Optional<String> id = fields.optional("id");
        if (id.isEmpty()) {
            return new Act.RemoveLast(fields.required("name"), fields.optional("count"));
        }
        fields.forbid("name");
        fields.forbid("count");
        return new Act.Remove(id.get());
    }

    /** A name, or an address. */
    private static String whom(JsonFields fields) {
        Optional<String> address = fields.optional("address");
        if (address.isEmpty()) {
            return fields.required("name");
        }
        fields.forbid("name");
        if (address.get().startsWith("@")) {
            throw new Refused(new Fault.NotAddress("address"));
        }
        return "@" + address.get();
    }

    static JsonLine acted(Event.Acted acted) {
        return with(acted.deed(), new JsonLine().object("acted"));
    }

    static JsonLine done(Event.Done done) {
        return with(done.deed(), new JsonLine().object("done").withRef(done.ref()));
    }

    static JsonLine bans(Event.Bans bans) {
        return new JsonLine().object("bans").withRef(bans.ref()).with("bans", bans.banned(), JsonActs::addBanned);
    }

    static JsonLine acts(Event.Acts acts) {
        return new JsonLine()
                .object("acts")
                .withRef(acts.ref())
                .with(
                        "acts",
                        acts.deeds(),
                        (deed, line) -> with(deed, line.object()).endObject());
    }

    static JsonLine closed(Event.Closed closed) {
        return new JsonLine()
                .object("closed")
                .withRef(closed.ref())
                .with("room", closed.room())
                .with("roomKey", closed.roomKey().reveal());
    }

    private static void addBanned(Banned banned, JsonLine line) {
        line.object()
                .with(
                        banned.whom().startsWith("@") ? "address" : "name",
                        banned.whom().replaceFirst("^@", ""))
                .with("by", banned.by())
                .with("until", banned.until())
                .endObject();
    }

    private static JsonLine with(Deed deed, JsonLine line) {
        line.with("act", deed.kind().word()).with("room", deed.room()).with("by", deed.by());
        deed.name().map(Name::value).ifPresent(name -> line.with("name", name));
        deed.until().ifPresent(until -> line.with("until", until));
        return line.with("at", deed.at());
    }
}
