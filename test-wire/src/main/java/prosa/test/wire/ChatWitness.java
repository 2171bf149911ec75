package prosa.test.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import prosa.application.Chat;
import prosa.application.port.Peer;
import prosa.dialect.JsonDialect;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Position;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.test.wire.client.Json;
import prosa.test.wire.client.Mailbox;
import prosa.test.wire.client.Wire;
import prosa.test.wire.client.Witness;

/** Asks the chat itself, in a house without HTTP. Any thread but the chat's own. */
final class ChatWitness implements Witness {
    private static final Peer PEER = ChatBystander.peer(Wire.HTTP);

    /** As many as by HTTP, if nothing is said of it; few enough to be held. */
    private static final int PAGE = 100;

    private static final long PAUSE_NANOS = 500_000;

    private final Chat chat;

    ChatWitness(Chat chat) {
        this.chat = chat;
    }

    @Override
    public String position() {
        return result(chat.position()).toString();
    }

    @Override
    public List<Json> messagesAfter(String room, String position) {
        List<Json> messages = new ArrayList<>();
        String since = position;
        while (true) {
            List<Json> more = read(room, Optional.of(Position.parse(since)));
            if (more.isEmpty()) {
                return messages;
            }
            messages.addAll(more);
            since = more.getLast().text("id");
        }
    }

    @Override
    public List<Json> lastMessages(String room) {
        return read(room, Optional.empty());
    }

    private List<Json> read(String room, Optional<Position> since) {
        List<Message> messages = result(
                        chat.readBack(PEER, new RoomName(room), since, PAGE).excerpt())
                .messages()
                .orElseThrow(() -> new AssertionError("more than a test should say"));
        return messages.stream().map(JsonDialect::said).map(Json::parse).toList();
    }

    @Override
    public long headCount(String room) {
        return result(chat.rooms(PEER)).getOrDefault(new RoomName(room), 0);
    }

    @Override
    public List<String> rooms() {
        return result(chat.rooms(PEER)).keySet().stream().map(RoomName::value).toList();
    }

    /** No faster than clients do it by HTTP: who talks without end would have history grow faster than a test can read it. */
    @Override
    public void pass(String room, String name, String text) {
        LockSupport.parkNanos(PAUSE_NANOS);
        result(chat.post(PEER, new RoomName(room), new Name(name), new Text(text), Optional.empty()));
    }

    private static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(Mailbox.DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
