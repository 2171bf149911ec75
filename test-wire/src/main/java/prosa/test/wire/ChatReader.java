package prosa.test.wire;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import prosa.application.Chat;
import prosa.application.OpenFeed;
import prosa.application.port.Subscription;
import prosa.dialect.JsonDialect;
import prosa.domain.Position;
import prosa.domain.RoomName;
import prosa.language.Language;
import prosa.test.wire.client.Heard;
import prosa.test.wire.client.Mailbox;
import prosa.test.wire.client.Wire;
import prosa.test.wire.client.WireClient;

/** Somebody who listens and speaks in passing, as over HTTP, in a house that does not have it. */
final class ChatReader extends WireClient {
    private final ChatWitness passer;
    private final OpenFeed feed;
    private String name = "";

    ChatReader(Chat chat, Wire like, String room, Optional<String> since) {
        super(room);
        passer = new ChatWitness(chat);
        Subscription listening =
                new Subscription(Set.of(new RoomName(room)), since.map(Position::parse), OptionalInt.empty());
        Mailbox<String> lines = new Mailbox<>();
        feed = chat.follow(
                ChatBystander.peer(like),
                listening,
                new Ear.Lines(new JsonDialect(Language.ENGLISH)),
                new Ear(lines::put, lines::end));
        passer.position(); // asked after the feed was opened, it is answered when that is done
        lines.forEach(line -> heard().put(Heard.json(line)), heard()::end);
    }

    @Override
    public void offerName(String offered) {
        name = offered;
        heard().put(new Heard.Welcome(room(), offered));
    }

    @Override
    public void offerName(String offered, String secret) {
        throw new UnsupportedOperationException("a bystander has no secrets");
    }

    @Override
    public void claim() {
        throw new UnsupportedOperationException("a bystander claims nothing");
    }

    @Override
    public void release() {
        throw new UnsupportedOperationException("a bystander claims nothing");
    }

    @Override
    public void say(String text) {
        passer.pass(room(), name, text);
    }

    @Override
    public void moveTo(String otherRoom) {
        throw new UnsupportedOperationException("a bystander stays");
    }

    @Override
    public void whisper(String to, String text) {
        throw new UnsupportedOperationException("a bystander has no secrets");
    }

    @Override
    public void sendUnknownCommand() {
        throw new UnsupportedOperationException("a bystander has no commands");
    }

    @Override
    public void sendMalformed() {
        throw new UnsupportedOperationException("a bystander has no commands");
    }

    @Override
    public void close() {
        feed.gone();
        heard().untilEnd();
    }

    @Override
    public void vanish() {
        feed.gone();
    }
}
