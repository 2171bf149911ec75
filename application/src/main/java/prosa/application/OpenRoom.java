package prosa.application;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final byte[] NOT_ENCODED = {};

    private final ChatRoom chat;
    private final Presence presence;
    private final Recent recent;
    private final Map<Long, Conversation> seats = new HashMap<>();
    /** Feeds of one codec stand side by side, so that an event is encoded once for all of them. */
    private final List<Feed> feeds = new ArrayList<>();

    OpenRoom(ChatRoom chat, Recent recent, DeliveryThread deliveryThread) {
        this.chat = chat;
        this.recent = recent;
        this.presence = new Presence(chat, deliveryThread, (event, origin) -> tell(event, 0, origin));
    }

    ChatRoom chat() {
        return chat;
    }

    Presence presence() {
        return presence;
    }

    Recent recent() {
        return recent;
    }

    void seat(Participant participant, Conversation conversation) {
        assert DeliveryThread.hasTurn();
        seats.put(participant.seat(), conversation);
    }

    void unseat(Participant participant) {
        assert DeliveryThread.hasTurn();
        seats.remove(participant.seat());
    }

    /** Who is called so here. */
    Optional<Conversation> find(Name name) {
        assert DeliveryThread.hasTurn();
        return chat.find(name).map(participant -> seats.get(participant.seat()));
    }

    void add(Feed feed) {
        assert DeliveryThread.hasTurn();
        int place = 0;
        while (place < feeds.size() && !feeds.get(place).codec().equals(feed.codec())) {
            place++;
        }
        feeds.add(place, feed);
    }

    void remove(Feed feed) {
        assert DeliveryThread.hasTurn();
        feeds.remove(feed);
    }

    boolean isDeserted() {
        assert DeliveryThread.hasTurn();
        return chat.count() == 0 && feeds.isEmpty() && !recent.isAwaited();
    }

    /**
     * Tells everybody.
     *
     * @param offset the message's offset, or 0 for what is not kept in the history
     * @param origin the connection that is not told, or 0
     */
    void tell(Event.Shared event, long offset, long origin) {
        assert DeliveryThread.hasTurn();
        byte[] unit = {};
        // A copy: a feed that fails loses its followers, and is gone with them.
        Feed[] told = feeds.toArray(new Feed[0]);
        for (int i = 0; i < told.length; i++) {
            try {
                if (i == 0 || !told[i - 1].codec().equals(told[i].codec())) {
                    unit = NOT_ENCODED;
                    unit = told[i].codec().encode(event);
                }
                if (unit == NOT_ENCODED) {
                    told[i].fail();
                } else if (unit.length > 0) {
                    told[i].append(unit, offset, origin);
                }
            } catch (RuntimeException e) {
                LOG.error("A feed can't go on; the others do", e);
                told[i].fail();
            }
        }
    }
}
