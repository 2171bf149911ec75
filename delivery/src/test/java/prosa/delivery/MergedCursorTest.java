package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a connection is told what several feeds tell. */
class MergedCursorTest {
    private static final String[] ALL = {"den", "main", "nook"};

    private final Delivery delivery = new Delivery();
    private final FakeSubscriber socket = new FakeSubscriber();

    @AfterEach
    void stop() {
        delivery.close();
    }

    @Test
    void feedsAreToldInTheOrderInWhichThingsWereKept() {
        Follower follower = delivery.follow(socket, "main", "den");
        delivery.run(() -> {
            delivery.say("one");
            delivery.sayIn("den", "two");
            delivery.sayIn("nook", "three");
            delivery.say("four");
            delivery.sayIn("den", "five");
        });
        socket.awaitLines(
                "said @1 main Ana: one", "said @2 den Ana: two", "said @4 main Ana: four", "said @5 den Ana: five");
        delivery.run(() -> follower.closeNow(CloseReason.GONE));
        assertTrue(!delivery.isOpen("main") && !delivery.isOpen("den"));
    }

    @Test
    void whatLiesApartIsOneWrite() {
        delivery.follow(socket, "main", "den");
        delivery.run(() -> {
            for (int i = 1; i <= 50; i++) {
                delivery.sayIn(i % 2 == 0 ? "main" : "den", "n");
            }
        });
        socket.awaitLine("said @50 main Ana: n");
        assertEquals(50, socket.lines().size());
        assertTrue(socket.writes() <= 3, socket.writes() + " writes");
    }

    @Test
    void whatIsLongerThanAWriteIsToldWhole() {
        delivery.follow(socket, "main", "den");
        String longer = "b".repeat(MergedCursor.AT_ONCE + 1_000);
        delivery.say(longer);
        delivery.sayIn("den", "short");
        socket.awaitText("said @1 main Ana: " + longer + "\nsaid @2 den Ana: short\n");
    }

    @Test
    void whateverASocketTakesAtOnceNoByteIsLostOrDoubled() {
        String expected =
                "said @1 main Ana: one\nsaid @3 den Ana: three\nsaid @4 main Ana: four\nsaid @5 den Ana: five\n";
        for (int cut = 0; cut <= expected.length(); cut++) {
            try (Delivery house = new Delivery()) {
                FakeSubscriber narrow = new FakeSubscriber();
                int most = cut;
                narrow.takes(remaining -> Math.max(0, most - narrow.length()));
                Follower own = house.follow(narrow, "main", "den");
                house.run(() -> {
                    house.say("one");
                    house.sayAs(own, "two");
                    house.sayIn("den", "three");
                    house.say("four");
                    house.sayIn("den", "five");
                });
                narrow.awaitText(expected);
            }
        }
    }

    @Test
    void whatIsNotKeptIsToldToo() {
        delivery.follow(socket, "main", "den");
        delivery.say("one");
        delivery.tellIn("den", "somebody came");
        delivery.sayIn("den", "two");
        socket.awaitLine("said @2 den Ana: two");
        assertEquals(
                Set.of("said @1 main Ana: one", "somebody came", "said @2 den Ana: two"), Set.copyOf(socket.lines()));
    }

    @Test
    void whoFallsOutOfOneLogIsToldAllFromThePastWithoutLossOrDouble() {
        delivery.follow(socket, "main", "den");
        socket.stall();
        delivery.say("the first");
        socket.awaitFinishing();
        StringBuilder expected = new StringBuilder("said @1 main Ana: the first\n");
        for (int i = 2; i <= 400; i++) {
            String name = i % 100 == 0 ? "den" : "main";
            String text = "b".repeat(4_000);
            delivery.sayIn(name, text);
            expected.append("said @" + i + " " + name + " Ana: " + text + "\n");
        }
        socket.flow();
        delivery.sayIn("den", "the last");
        expected.append("said @401 den Ana: the last\n");
        socket.awaitText(expected.toString());
        assertTrue(delivery.past.reads() > 0);
    }

    /** A connection, what it follows, and what it should have been told. */
    private static final class Guest {
        final FakeSubscriber socket = new FakeSubscriber();
        final StringBuilder expected = new StringBuilder();
        final List<String> follows;
        final Follower follower;

        Guest(Delivery delivery, Random random, Random socketRandom) {
            socket.takes(remaining -> socketRandom.nextInt(4) == 0 ? socketRandom.nextInt(remaining + 1) : remaining);
            List<String> names = new ArrayList<>(Arrays.asList(ALL));
            if (random.nextBoolean()) {
                names.remove(random.nextInt(names.size()));
            }
            follows = names;
            follower = delivery.follow(socket, names.toArray(new String[0]));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 20_260_304})
    void everybodyIsToldEverythingOnceInOrderWhoeverStallsAndSpeaks(long seed) {
        Random random = new Random(seed);
        Random socketRandom = new Random(seed); // used under the sockets' monitors, on the delivery thread
        List<Guest> guests = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            guests.add(new Guest(delivery, random, socketRandom));
        }
        guests.getFirst().socket.stall();
        for (int said = 1; said <= 4_000; said++) {
            Guest any = guests.get(1 + random.nextInt(guests.size() - 1));
            switch (random.nextInt(8)) {
                case 0 -> any.socket.stall();
                case 1, 2 -> any.socket.flow();
                default -> {}
            }
            String name = ALL[random.nextInt(ALL.length)];
            String text = "x".repeat(random.nextInt(2) == 0 ? 3_900 : random.nextInt(100));
            boolean isOwn = random.nextBoolean() && any.follows.contains(name);
            delivery.say(name, text, isOwn ? any.follower.id() : 0);
            for (Guest guest : guests) {
                if (guest.follows.contains(name) && !(isOwn && guest == any)) {
                    guest.expected.append("said @" + said + " " + name + " Ana: " + text + "\n");
                }
            }
        }
        for (Guest guest : guests) {
            guest.socket.flow();
            guest.socket.awaitText(guest.expected.toString());
        }
        assertTrue(delivery.past.reads() > 0, "nobody fell out of a log");
    }
}
