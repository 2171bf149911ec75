package prosa.test.wire;

import java.net.InetAddress;
import java.time.ZoneOffset;
import java.util.Optional;
import prosa.application.Chat;
import prosa.application.Visitor;
import prosa.application.port.Command;
import prosa.application.port.Peer;
import prosa.dialect.Dialect;
import prosa.dialect.JsonDialect;
import prosa.dialect.TextDialect;
import prosa.domain.Via;
import prosa.language.Language;
import prosa.test.wire.client.TalkingWire;
import prosa.test.wire.client.Wire;

/** Somebody in a room as on a wire that this house does not have. They come in past all wires. */
final class ChatBystander extends TalkingWire {
    private final Dialect dialect;
    private final Visitor visitor;

    ChatBystander(Chat chat, Wire like, String room, Optional<String> since) {
        super(room, since, like.isJson());
        dialect = like.isJson() ? new JsonDialect(Language.ENGLISH) : new TextDialect(Language.ENGLISH, ZoneOffset.UTC);
        // A program says where it wants to go when it gives its name; a person has said so while connecting.
        Optional<Command.Join> opening = like.isJson()
                ? Optional.empty()
                : Optional.of(new Command.Join(
                        Optional.empty(), Optional.of(room), since, Optional.empty(), Optional.empty()));
        visitor = chat.visit(peer(like), new Ear.Lines(dialect), new Ear(this::hear, heard()::end), opening);
    }

    static Peer peer(Wire like) {
        return new Peer(new Via(like.via()), InetAddress.getLoopbackAddress());
    }

    @Override
    protected void send(String message) {
        dialect.linesOf(message).forEach(line -> visitor.hear(dialect.read(line)));
    }

    @Override
    public void close() {
        visitor.hear(new Command.Quit());
        heard().untilEnd();
    }

    @Override
    public void vanish() {
        visitor.gone();
    }
}
