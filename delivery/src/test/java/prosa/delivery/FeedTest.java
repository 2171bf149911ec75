package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a feed sees to it that all its followers are told. */
class FeedTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Delivery delivery = new Delivery();

    @AfterEach
    void stop() {
        delivery.close();
    }

    private List<FakeSubscriber> followers(int count) {
        List<FakeSubscriber> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FakeSubscriber socket = new FakeSubscriber();
            sockets.add(socket);
            delivery.follow(socket);
        }
        return sockets;
    }

    @Test
    void aCrowdIsToldInSeveralTurns() {
        List<FakeSubscriber> sockets = followers(1_300);
        delivery.say("one");
        delivery.say("two");
        for (FakeSubscriber socket : sockets) {
            socket.awaitLines("said @1 main Ana: one", "said @2 main Ana: two");
        }
    }

    @Test
    void whoMovesUpWhileOthersLeaveIsToldToo() {
        List<FakeSubscriber> sockets = followers(100);
        // Each of these leaves in the middle of the round, and the last one takes its place.
        for (int i = 0; i < 100; i += 2) {
            sockets.get(i).breakOff();
        }
        delivery.say("one");
        for (int i = 1; i < 100; i += 2) {
            sockets.get(i).awaitLines("said @1 main Ana: one");
        }
        delivery.say("two");
        for (int i = 1; i < 100; i += 2) {
            sockets.get(i).awaitLines("said @1 main Ana: one", "said @2 main Ana: two");
        }
    }

    /** A connection and what it should have been told. */
    private static final class Guest {
        final FakeSubscriber socket = new FakeSubscriber();
        final StringBuilder expected = new StringBuilder();
        final Follower follower;

        Guest(Delivery delivery, Random random) {
            socket.takes(remaining -> random.nextInt(4) == 0 ? random.nextInt(remaining + 1) : remaining);
            follower = delivery.follow(socket);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 20_260_304})
    void everybodyIsToldEverythingOnceWhoeverComesGoesStallsAndSpeaks(long seed) {
        Random random = new Random(seed);
        Random socketRandom = new Random(seed); // used under the sockets' monitors, on the delivery thread
        List<Guest> guests = new ArrayList<>();
        Guest sleeper = new Guest(delivery, socketRandom);
        sleeper.socket.stall();
        int said = 0;
        for (int step = 0; step < 2_000; step++) {
            switch (random.nextInt(12)) {
                case 0 -> guests.add(new Guest(delivery, socketRandom));
                case 1 -> leave(random, guests);
                case 2 -> pick(random, guests).ifPresent(guest -> guest.socket.stall());
                case 3, 4 -> pick(random, guests).ifPresent(guest -> guest.socket.flow());
                default -> sleeper.expected.append(say(random, guests, ++said));
            }
        }
        guests.add(sleeper);
        for (Guest guest : guests) {
            guest.socket.flow();
            guest.socket.awaitText(guest.expected.toString());
        }
        assertTrue(delivery.past.reads() > 0, "the sleeper did not fall out of the log");
    }

    private static Optional<Guest> pick(Random random, List<Guest> guests) {
        return guests.isEmpty() ? Optional.empty() : Optional.of(guests.get(random.nextInt(guests.size())));
    }

    private void leave(Random random, List<Guest> guests) {
        if (guests.size() > 10) {
            Guest leaver = guests.remove(random.nextInt(guests.size()));
            delivery.thread.execute(() -> leaver.follower.closeNow(CloseReason.GONE));
        }
    }

    private String say(Random random, List<Guest> guests, int number) {
        // Now and then so long that who stalls falls out of the log.
        String text = number + "x".repeat(random.nextInt(2) == 0 ? 3_900 : random.nextInt(100));
        String line = "said @" + number + " main Ana: " + text + "\n";
        Optional<Guest> speaker = random.nextBoolean() ? pick(random, guests) : Optional.empty();
        speaker.ifPresentOrElse(guest -> delivery.sayAs(guest.follower, text), () -> delivery.say(text));
        for (Guest guest : guests) {
            if (speaker.isEmpty() || guest != speaker.get()) {
                guest.expected.append(line);
            }
        }
        return line;
    }

    @Test
    void aFeedWithoutFollowersIsClosed() {
        FakeSubscriber socket = new FakeSubscriber();
        Follower follower = delivery.follow(socket);
        Feed feed = delivery.ask(delivery::feed);
        delivery.say("one");
        delivery.run(() -> follower.closeNow(CloseReason.GONE));
        assertTrue(!delivery.isOpen("main"));
        FakeSubscriber next = new FakeSubscriber();
        delivery.follow(next);
        delivery.say("two");
        next.awaitLines("said @2 main Ana: two");
        assertFalse(delivery.ask(() -> feed == delivery.feed()));
    }

    @Test
    void memoryIsGivenBackAfterAWhileOfSilenceOnceAllHaveRead() {
        List<FakeSubscriber> sockets = followers(2);
        Feed feed = delivery.ask(delivery::feed);
        sockets.getFirst().stall();
        delivery.say("one");
        sockets.getFirst().awaitFinishing();
        sockets.getLast().awaitLines("said @1 main Ana: one");
        long now = System.nanoTime();
        assertTrue(holdsMemoryAfterALookAt(feed, now + 11 * SECOND), "one has not read it");
        sockets.getFirst().flow();
        sockets.getFirst().awaitLines("said @1 main Ana: one");
        assertTrue(holdsMemoryAfterALookAt(feed, now + 5 * SECOND), "there may be more to come");
        assertFalse(holdsMemoryAfterALookAt(feed, now + 11 * SECOND));
        delivery.say("two");
        sockets.forEach(socket -> socket.awaitLines("said @1 main Ana: one", "said @2 main Ana: two"));
    }

    private boolean holdsMemoryAfterALookAt(Feed feed, long now) {
        return delivery.ask(() -> {
            feed.inspect(now);
            return feed.log().holdsMemory();
        });
    }
}
