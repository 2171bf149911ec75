package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Followers that are written to together. */
class WriteBatchTest {
    private static final String BIG = "b".repeat(3_900);

    private final Delivery delivery = new Delivery();
    private final ChannelBatches batches = delivery.batches;
    private final List<FakeSubscriber> sockets =
            Stream.generate(FakeSubscriber::new).limit(3).toList();

    @AfterEach
    void stop() {
        delivery.close();
    }

    private void followAll() {
        sockets.forEach(delivery::follow);
    }

    private void awaitAll(String... lines) {
        sockets.forEach(socket -> socket.awaitLines(lines));
    }

    @Test
    void whatIsSaidIsOneBatchForAll() {
        followAll();
        settle();
        delivery.say("one");
        awaitAll("said @1 main Ana: one");
        assertEquals(List.of(3), batches.sizes());
    }

    /** Each looks once by itself whether there is anything to be told when it comes: after that, only rounds write. */
    private void settle() {
        CompletableFuture<Void> looked = new CompletableFuture<>();
        delivery.run(() -> delivery.thread.at(System.nanoTime(), () -> looked.complete(null)));
        Await.result(looked);
    }

    @Test
    void manyAreSeveralBatches() {
        assertEquals(List.of(64, 64, 22), sizesFor(150));
    }

    @Test
    void aSmallRoomHasSmallBatches() {
        assertEquals(List.of(16, 16, 8), sizesFor(40));
    }

    private List<Integer> sizesFor(int followers) {
        List<FakeSubscriber> crowd =
                Stream.generate(FakeSubscriber::new).limit(followers).toList();
        crowd.forEach(delivery::follow);
        settle();
        delivery.say("one");
        crowd.forEach(socket -> socket.awaitLines("said @1 main Ana: one"));
        return batches.sizes();
    }

    @Test
    void oneAloneIsWrittenToByItself() {
        delivery.follow(sockets.getFirst());
        delivery.say("one");
        sockets.getFirst().awaitLines("said @1 main Ana: one");
        assertEquals(List.of(), batches.sizes());
        assertEquals(0, batches.asked());
    }

    @Test
    void whoSaidItIsLeftOut() {
        Follower own = delivery.follow(sockets.get(0));
        delivery.follow(sockets.get(1));
        delivery.follow(sockets.get(2));
        delivery.sayAs(own, "mine");
        delivery.say("another's");
        sockets.get(0).awaitLines("said @2 main Ana: another's");
        sockets.get(1).awaitLines("said @1 main Ana: mine", "said @2 main Ana: another's");
        sockets.get(2).awaitLines("said @1 main Ana: mine", "said @2 main Ana: another's");
    }

    @Test
    void aSocketThatTakesAPartIsFinishedAndTheOthersGoOn() {
        followAll();
        sockets.get(1).takes(remaining -> remaining / 3);
        for (int i = 0; i < 40; i++) {
            delivery.say(BIG + i);
        }
        sockets.forEach(socket -> socket.awaitLine("said @40 main Ana: " + BIG + 39));
        assertEquals(sockets.get(0).text(), sockets.get(1).text());
    }

    @Test
    void aFullSocketWaitsForItsClientAlone() {
        followAll();
        sockets.get(1).stall();
        delivery.say("one");
        sockets.get(1).awaitFinishing();
        delivery.say("two");
        sockets.get(0).awaitLines("said @1 main Ana: one", "said @2 main Ana: two");
        sockets.get(1).flow();
        awaitAll("said @1 main Ana: one", "said @2 main Ana: two");
    }

    @Test
    void aBrokenConnectionIsClosedAndTheOthersAreToldOnce() {
        followAll();
        settle();
        sockets.get(1).breakOff();
        delivery.say("one");
        delivery.say("two");
        sockets.get(1).awaitClose(CloseReason.GONE);
        for (int i : List.of(0, 2)) {
            sockets.get(i).awaitLines("said @1 main Ana: one", "said @2 main Ana: two");
        }
        assertEquals(2, batches.admitted());
    }

    @Test
    void aWireThatFailsBadlyIsClosedAndTheOthersAreToldOnce() {
        FakeSubscriber faulty = new FakeSubscriber() {
            @Override
            public void finish(ByteBuffer rest, Runnable done) {
                throw new IllegalStateException("planted by a test");
            }
        };
        delivery.follow(faulty);
        followAll();
        faulty.takes(remaining -> 1);
        delivery.say("one");
        faulty.awaitClose(CloseReason.GONE);
        delivery.say("two");
        awaitAll("said @1 main Ana: one", "said @2 main Ana: two");
    }

    @Test
    void whoCanNotBeAdmittedIsAskedForOnce() {
        batches.refuse(BatchWriter.NEVER);
        followAll();
        settle();
        delivery.say("one");
        delivery.say("two");
        awaitAll("said @1 main Ana: one", "said @2 main Ana: two");
        assertEquals(3, batches.asked());
    }

    @Test
    void whoCanNotBeAdmittedYetIsAskedForAgain() {
        batches.refuse(BatchWriter.NOT_YET);
        followAll();
        delivery.say("one");
        awaitAll("said @1 main Ana: one");
        settle();
        batches.admitFromNowOn();
        delivery.say("two");
        awaitAll("said @1 main Ana: one", "said @2 main Ana: two");
        assertEquals(List.of(3), batches.sizes());
    }

    @Test
    void whoLeavesIsDismissed() {
        Follower leaving = delivery.follow(sockets.get(0));
        delivery.follow(sockets.get(1));
        settle();
        delivery.say("one");
        sockets.get(1).awaitLines("said @1 main Ana: one");
        delivery.run(() -> leaving.closeNow(CloseReason.GONE));
        assertEquals(1, batches.admitted());
    }
}
