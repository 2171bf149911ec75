package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import prosa.test.wire.Waiting;
import prosa.test.wire.client.Mailbox;
import prosa.test.wire.client.RawWebSocket;

/** Rounds over many followers on each wire, of whom some don't read for a while: what is written to many together is whole for each. */
@Timeout(60)
class RoundsTest {
    /** 4.7 MB: more than the kernel takes for a client that does not read (3.7 MB here), and than a feed's log keeps. */
    private static final int MESSAGES = 1_200;

    private static final String FILLING = "x".repeat(3_900);
    private static final int RECEIVE_BUFFER = 16 << 10;
    private static final Pattern SAID = Pattern.compile("#(\\d+)# (x+)");

    private final List<Socket> sockets = new ArrayList<>();
    private RunningHouse house;

    @BeforeEach
    void open(@TempDir Path folder) {
        house = RunningHouse.onDisk(folder);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        house.close();
    }

    /** A follower that reads line by line. */
    private BufferedReader connect(URI server, String request) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout((int) Mailbox.DEADLINE.toMillis());
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private BufferedReader telnet(String name) throws IOException {
        BufferedReader reader = connect(house.place().tcp(), name + "\r\n");
        await(reader, "Welcome|" + name);
        return reader;
    }

    private BufferedReader feed() throws IOException {
        BufferedReader reader = connect(
                house.place().http(), "GET /feed HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
        await(reader, "id:.*");
        return reader;
    }

    private RawWebSocket page(String name) throws IOException {
        RawWebSocket page = new RawWebSocket(house.place().http(), "/chat?name=" + name, RECEIVE_BUFFER);
        page.read(RawWebSocket.TEXT);
        return page;
    }

    private static void await(BufferedReader reader, String pattern) throws IOException {
        Pattern awaited = Pattern.compile(pattern);
        while (!awaited.matcher(reader.readLine()).find()) {}
    }

    private static void readAll(BufferedReader reader) throws IOException {
        int next = 0;
        while (next < MESSAGES) {
            next = read(reader.readLine(), next);
        }
    }

    private static void readAll(RawWebSocket page) throws IOException {
        int next = 0;
        while (next < MESSAGES) {
            next = read(page.read(RawWebSocket.TEXT).text(), next);
        }
    }

    /** @return the number of the message after the one in the line, or the same if there is none */
    private static int read(String line, int expected) {
        Matcher said = SAID.matcher(line);
        if (!said.find()) {
            return expected;
        }
        assertEquals(expected, Integer.parseInt(said.group(1)));
        assertEquals(FILLING, said.group(2));
        return expected + 1;
    }

    @Test
    void everybodyIsToldEverythingOnceAndInOrderWheneverTheyRead() throws Exception {
        List<Callable<Void>> reading = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            reading.addAll(List.of(reading(telnet("telnet" + i)), reading(feed()), reading(page("page" + i))));
        }
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> read = new ArrayList<>();
            reading.subList(0, 3).forEach(task -> read.add(readers.submit(task)));
            for (int i = 0; i < MESSAGES; i++) {
                house.http().say("main", "Ana", "#" + i + "# " + FILLING);
            }
            reading.subList(3, 6).forEach(task -> read.add(readers.submit(task)));
            for (Future<Void> task : read) {
                task.get();
            }
        }
    }

    private static Callable<Void> reading(BufferedReader lines) {
        return () -> {
            readAll(lines);
            return null;
        };
    }

    private static Callable<Void> reading(RawWebSocket page) {
        return () -> {
            try (page) {
                readAll(page);
                return null;
            }
        };
    }

    /** So that the test above is one of what it claims. */
    @Test
    void manyAreWrittenToByIoUringWhereTheKernelHasIt() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/sys/kernel/io_uring_disabled")), "a kernel that tells");
        assumeTrue(
                Files.readString(Path.of("/proc/sys/kernel/io_uring_disabled")).startsWith("0"), "io_uring is allowed");
        List<BufferedReader> crowd = List.of(telnet("one"), telnet("two"), telnet("three"));
        IntStream.range(0, 3).forEach(i -> house.http().say("main", "Ana", "#" + i + "# " + FILLING));
        for (BufferedReader reader : crowd) {
            await(reader, "#2#");
        }
        Waiting.await("a ring", RoundsTest::hasARing);
    }

    private static boolean hasARing() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.anyMatch(RoundsTest::isARing);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isARing(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("io_uring");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
