package prosa.application;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.ObjLongConsumer;
import prosa.application.port.Event;
import prosa.delivery.DeliveryThread;
import prosa.delivery.Feed;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Participant;
import prosa.domain.RoomName;

/**
 * Tells a room who comes and goes. In a crowd that would be the square of its size in deliveries, so there comings and goings
 * are summed up, at most once a second, and the larger it is the more seldom: each summary is a write to everybody.
 */
@OwnedByTurn
final class Presence {
    /** Up to so many people are told of each other one by one. */
    static final int CROWD = 50;

    private static final Duration SUMMARY = Duration.ofSeconds(1);

    /** So many may be told in a second that people come and go: in a room of 9,000 there is a summary every 3 s. */
    static final int TOLD_A_SECOND = 3_000;

    private final RoomName room;
    private final IntSupplier count;
    private final DeliveryThread deliveryThread;
    private final ObjLongConsumer<Event.Shared> teller;
    private int in;
    private int out;
    private boolean summaryDue;
    private long lastSummary = System.nanoTime() - SUMMARY.toNanos();

    /** @param count how many are in the room */
    Presence(RoomName room, IntSupplier count, DeliveryThread deliveryThread, ObjLongConsumer<Event.Shared> teller) {
        this.room = room;
        this.count = count;
        this.deliveryThread = deliveryThread;
        this.teller = teller;
    }

    void joined(Participant newcomer) {
        assert DeliveryThread.hasTurn();
        if (isCrowd()) {
            in++;
            sumUp();
        } else {
            teller.accept(new Event.Joined(room, newcomer.name(), newcomer.via(), newcomer.claimed()), Feed.NOBODY);
        }
    }

    void left(Participant leaver) {
        assert DeliveryThread.hasTurn();
        if (isCrowd()) {
            out++;
            sumUp();
        } else {
            teller.accept(new Event.Left(room, leaver.name(), leaver.via()), Feed.NOBODY);
        }
    }

    /** @param origin the connection that is not told, since it was told already */
    void renamed(Participant from, Participant to, long origin) {
        assert DeliveryThread.hasTurn();
        if (!isCrowd()) {
            teller.accept(new Event.Renamed(room, from.name(), to.name(), to.claimed()), origin);
        }
    }

    private boolean isCrowd() {
        return count.getAsInt() > CROWD || summaryDue;
    }

    private void sumUp() {
        if (!summaryDue) {
            summaryDue = true;
            deliveryThread.at(lastSummary + pause(), () -> {
                summaryDue = false;
                lastSummary = System.nanoTime();
                teller.accept(new Event.Presence(room, in, out, count.getAsInt()), Feed.NOBODY);
                in = 0;
                out = 0;
            });
        }
    }

    private long pause() {
        return SUMMARY.toNanos() * Math.max(TOLD_A_SECOND, count.getAsInt()) / TOLD_A_SECOND;
    }
}
