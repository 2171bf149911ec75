package prosa.adapter.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import prosa.application.port.Limits;
import prosa.application.port.Proxies;
import prosa.application.port.Rate;
import prosa.test.wire.House;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.LineClient;
import prosa.test.wire.client.TestTls;

/** What people may not do over TCP, and how they are told. */
class LimitsOverTcpTest {
    private static final Limits USUAL = Limits.usual(1L << 30, Proxies.NONE);

    private House house = TcpHouse.limited(USUAL);
    private final List<LineClient> clients = new ArrayList<>();

    private void limit(Limits limits) {
        house.close();
        house = TcpHouse.limited(limits);
    }

    @AfterEach
    void close() throws IOException {
        for (LineClient client : clients) {
            client.close();
        }
        house.close();
    }

    private LineClient connect() throws IOException {
        LineClient client = new LineClient(house.place().tcp());
        clients.add(client);
        return client;
    }

    @Test
    void whoSaysTooMuchIsToldForHowLongToWaitAndStays() throws IOException {
        LineClient ana = connect().join("Ana");
        ana.send("hi\n".repeat(40));
        String refused = ana.lines().next(line -> line.startsWith("* too-fast: "));
        assertEquals("* too-fast: That was too much at once; please wait a second.", refused);
        ana.send("/who\n");
        ana.lines().next("* 1 in main: Ana (tcp)"::equals);
    }

    @Test
    void programsAreToldTheMilliseconds() throws IOException {
        LineClient bot = connect();
        bot.send("prosa.v1\n{\"type\":\"join\",\"name\":\"Bot\"}\n");
        bot.lines().next(line -> line.contains("\"welcome\""));
        bot.send("{\"type\":\"say\",\"text\":\"hi\",\"ref\":1}\n".repeat(40));
        String refused = bot.lines().next(line -> line.contains("\"refused\""));
        assertTrue(refused.matches(".*\"reason\":\"too-fast\",.*\"retryAfterMs\":[0-9]{1,4}.*\"ref\":1.*"), refused);
    }

    @Test
    void whoIsOneTooManyIsTurnedAwayUntilSomebodyLeaves() throws IOException {
        limit(USUAL.withAddressConnections(2));
        LineClient ana = connect().join("Ana");
        connect().join("Bia");
        LineClient caio = connect();
        caio.lines().next("* too-fast: That was too much at once; please wait 10 seconds."::equals);
        caio.lines().untilEnd();
        ana.vanish();
        Waiting.await("there is a place again", () -> {
            try {
                LineClient again = connect();
                return again.lines().next(line -> line.startsWith("* ")).equals("* What is your name?");
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    void whoComesTooOftenIsTurnedAway() throws IOException {
        limit(USUAL.withArrivals(Rate.perHour(1, 3)));
        for (int i = 0; i < 3; i++) {
            connect().lines().next("* What is your name?"::equals);
        }
        LineClient fourth = connect();
        fourth.lines().next(line -> line.startsWith("* too-fast: That was too much for now; please wait "));
        fourth.lines().untilEnd();
    }

    @Test
    void overTlsTheConnectionJustEnds() throws IOException {
        house.close();
        house = TcpHouse.limitedOverTls(USUAL.withAddressConnections(1));
        try (LineClient ana = new LineClient(house.place().tcp())) {
            ana.join("Ana");
            try (Socket bia = TestTls.connect(house.place().tcp())) {
                assertThrows(IOException.class, () -> ((SSLSocket) bia).startHandshake());
            }
        }
    }
}
