package prosa.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static prosa.delivery.Delivery.line;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A wire's own first bytes, which go out with what is told first. */
class PrefaceTest {
    private static final String HEAD = "HTTP/1.1 200 OK";

    private final Delivery delivery = new Delivery();
    private final FakeSubscriber socket = new FakeSubscriber().beginningWith(HEAD + "\n");

    @AfterEach
    void stop() {
        delivery.close();
    }

    private Follower come(String... told) {
        Follower follower = delivery.unopened(socket);
        delivery.run(() -> {
            delivery.open(follower);
            for (String text : told) {
                follower.tell(line(text));
            }
        });
        return follower;
    }

    @Test
    void goesOutWithWhatIsToldFirst() {
        come("welcome", "hello");
        socket.awaitLines(HEAD, "welcome", "hello");
        assertEquals(1, socket.writes());
    }

    @Test
    void goesOutByItselfIfNothingIsTold() {
        come();
        socket.awaitLines(HEAD);
    }

    /** The JDK's client loses some of it otherwise. */
    @Test
    void goesOutByItselfIfMuchIsTold() {
        String much = "m".repeat(Follower.TOGETHER);
        come(much);
        socket.awaitLines(HEAD, much);
        assertEquals(2, socket.writes());
    }

    @Test
    void keepsItsPlaceIfTheSocketTakesLittle() {
        String much = "m".repeat(Follower.TOGETHER);
        socket.takes(remaining -> Math.min(remaining, 3));
        Follower follower = come(much);
        delivery.run(() -> follower.tell(line("more")));
        delivery.say("unheard");
        for (int i = 0; i < 4; i++) {
            socket.drain();
            delivery.run(() -> {});
        }
        socket.awaitLines(HEAD, much, "more");
    }

    /** What follows would stand where a head is expected. */
    @Test
    void noLastWordsAreSaidBeforeIt() {
        Follower follower = delivery.unopened(socket);
        delivery.run(() -> {
            delivery.open(follower);
            follower.closeNow(CloseReason.SHUTDOWN);
        });
        socket.awaitClose(CloseReason.GONE);
        assertEquals(List.of(), socket.lines());
    }

    @Test
    void whoIsSentAwayAtOnceIsToldSoBehindIt() {
        Follower follower = delivery.unopened(socket);
        delivery.run(() -> {
            delivery.open(follower);
            follower.close(CloseReason.SHUTDOWN);
        });
        socket.awaitClose(CloseReason.SHUTDOWN);
        assertEquals(List.of(HEAD), socket.lines());
    }
}
