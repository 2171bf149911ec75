package prosa.application;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.Codec;
import prosa.application.port.Event;
import prosa.application.port.Names;
import prosa.delivery.DeliveryThread;
import prosa.delivery.Feed;
import prosa.delivery.OwnedByTurn;
import prosa.domain.ChatRoom;
import prosa.domain.Name;
import prosa.domain.Participant;

/**
 * A room that somebody is in or follows: who is in it, the feeds that tell of it, and its last messages. A room that nobody is in
 * or follows is rows in the history and nothing else.
 */
@OwnedByTurn
final class OpenRoom {
    private static final Logger LOG = LoggerFactory.getLogger(OpenRoom.class);

    private final ChatRoom chat;
    private final Elsewhere elsewhere;
    private final Presence presence;
    private final Recent recent;
    private final Map<Long, Person> seats = new HashMap<>();
    /** One for each way of writing, in which an event is encoded once for all. */
    private final Map<Codec, Feed> feeds = new LinkedHashMap<>();

    OpenRoom(ChatRoom chat, Elsewhere elsewhere, Recent recent, DeliveryThread deliveryThread) {
        this.chat = chat;
        this.elsewhere = elsewhere;
        this.recent = recent;
        this.presence = new Presence(
                chat.name(), this::count, deliveryThread, (event, origin) -> tell(event, Feed.NOT_KEPT, origin));
    }

    ChatRoom chat() {
        return chat;
    }

    /** How many are in it, at this node and at others. */
    int count() {
        assert DeliveryThread.hasTurn();
        return chat.count() + elsewhere.count(chat.name());
    }

    /** Who is in it, those at this node first, at most {@code limit} of them. */
    List<Participant> present(int limit) {
        assert DeliveryThread.hasTurn();
        List<Participant> here = chat.present(limit);
        List<Participant> there = elsewhere.present(chat.name(), limit - here.size());
        return there.isEmpty()
                ? here
                : Stream.concat(here.stream(), there.stream()).toList();
    }

    /** Who is called so in it, at this node or another. */
    Optional<Participant> participant(Name name) {
        assert DeliveryThread.hasTurn();
        return chat.find(name).or(() -> elsewhere.find(chat.name(), name));
    }

    Presence presence() {
        return presence;
    }

    Recent recent() {
        return recent;
    }

    void seat(Participant participant, Person person) {
        assert DeliveryThread.hasTurn();
        seats.put(participant.seat(), person);
    }

    /** @return who sat there */
    Person unseat(Participant participant) {
        assert DeliveryThread.hasTurn();
        return Objects.requireNonNull(seats.remove(participant.seat()));
    }

    /** Who is called so at this node. */
    Optional<Person> find(Name name) {
        assert DeliveryThread.hasTurn();
        return chat.find(name).map(participant -> seats.get(participant.seat()));
    }

    /** Who is here under the name that is held so. */
    Optional<Person> holder(Names.Hold hold) {
        assert DeliveryThread.hasTurn();
        return seats.values().stream()
                .filter(person ->
                        person.in(chat.name()).filter(in -> in.hold() == hold).isPresent())
                .findFirst();
    }

    /** What is told here in a codec. */
    Optional<Feed> feed(Codec codec) {
        assert DeliveryThread.hasTurn();
        return Optional.ofNullable(feeds.get(codec));
    }

    void add(Codec codec, Feed feed) {
        assert DeliveryThread.hasTurn();
        feeds.put(codec, feed);
    }

    void remove(Codec codec) {
        assert DeliveryThread.hasTurn();
        feeds.remove(codec);
    }

    /** Whether nobody is here, and nothing was ever said. Once its last messages are loaded. */
    boolean isNew() {
        assert DeliveryThread.hasTurn();
        return count() == 0 && recent.isEmpty();
    }

    boolean isDeserted() {
        assert DeliveryThread.hasTurn();
        return chat.count() == 0 && feeds.isEmpty() && !recent.isAwaited();
    }

    /**
     * Tells everybody.
     *
     * @param offset the message's offset, or {@link Feed#NOT_KEPT}
     * @param origin the connection that is not told, or {@link Feed#NOBODY}
     */
    void tell(Event.Shared event, long offset, long origin) {
        assert DeliveryThread.hasTurn();
        // A copy: a feed that fails loses its followers, and is gone with them.
        for (Map.Entry<Codec, Feed> told : List.copyOf(feeds.entrySet())) {
            tell(event, offset, origin, told.getKey(), told.getValue());
        }
    }

    /** What was told here by now is soon told to nobody any more. */
    void letGoSoon() {
        assert DeliveryThread.hasTurn();
        feeds.values().forEach(Feed::letGoSoon);
    }

    private static void tell(Event.Shared event, long offset, long origin, Codec codec, Feed feed) {
        try {
            byte[] unit = codec.encode(event);
            if (unit.length > 0) {
                feed.append(unit, offset, origin);
            }
        } catch (RuntimeException e) {
            LOG.error("A feed can't go on; the others do", e);
            feed.fail();
        }
    }
}
