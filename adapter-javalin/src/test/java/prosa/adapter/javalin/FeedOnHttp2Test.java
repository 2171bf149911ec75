package prosa.adapter.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.adapter.javalin.Http2Connection.Frame;
import prosa.test.wire.House;

@Timeout(30)
class FeedOnHttp2Test {
    @TempDir
    Path folder;

    /** What could not be told whole ends, but not with the end of its stream (RFC 9113 §8.1). */
    @Test
    void aPartOfAnAnswerHasNoEnd() throws Exception {
        House house = HttpHouse.encrypted();
        for (int i = 0; i < 20; i++) {
            house.http().say("r", "Ana", "語".repeat(3_900));
        }
        try (Http2Connection client = new Http2Connection(house.place().https())) {
            client.get(1, "/messages?limit=1000&room=r");
            for (int read = 0; read < Http2Connection.WINDOW; ) {
                Frame frame = client.read(1);
                assertFalse(frame.endsStream());
                read += frame.type() == Http2Connection.DATA ? frame.length() : 0;
            }
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(house::close);
            assertEquals(Http2Connection.RST_STREAM, client.read(1).type());
            stopped.join();
        }
    }

    /** Javalin goes on with an answer for as long as that fails, and it always fails when Jetty has done with the request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/feed?room=r",
                "/messages?follow&room=r",
                "/messages?limit=1000&room=r",
                "/messages?wait=20&room=r"
            })
    void whoLeavesKeepsNoThreadBusy(String path) throws Exception {
        try (House house = HttpHouse.encrypted()) {
            for (int i = 0; i < 20; i++) {
                house.http().say("r", "Ana", "語".repeat(3_900));
            }
            String position = path.contains("wait")
                    ? "&since=" + house.http().get("/messages?room=r&limit=1").header("Prosa-Position")
                    : "";
            for (int round = 0; round < 10; round++) {
                try (Http2Connection client = new Http2Connection(house.place().https())) {
                    client.get(1, path + position);
                    if (position.isEmpty()) {
                        assertEquals(Http2Connection.HEADERS, client.read(1).type());
                    }
                    client.get(3, "/health");
                    client.read(3);
                    if (round % 2 == 0) {
                        client.reset(1);
                        client.get(5, "/health");
                        client.read(5);
                    }
                }
            }
            house.http().say("r", "Ana", "Oi!");
            for (int i = 0; isBusy(i); i++) {
                Thread.onSpinWait();
            }
        }
    }

    /** The same for whatever is answered later, by others too. */
    @Test
    void anAnswerThatNobodyWaitsForKeepsNoThreadBusy() throws Exception {
        BlockingQueue<CompletableFuture<String>> asked = new LinkedBlockingQueue<>();
        Semaphore done = new Semaphore(0);
        try (House house = HttpHouse.encrypted(routes -> routes.get("/later", request -> {
                    CompletableFuture<String> answer = new CompletableFuture<>();
                    Request.addCompletionListener(
                            ServletContextRequest.getServletContextRequest(request.req()), failure -> done.release());
                    request.future(() -> {
                        asked.add(answer);
                        return answer.thenAccept(request::result);
                    });
                }));
                Http2Connection client = new Http2Connection(house.place().https())) {
            client.get(1, "/later");
            CompletableFuture<String> answer = asked.take();
            client.reset(1);
            done.acquire();
            // With all that is to be done then.
            CompletableFuture.runAsync(() -> answer.complete("late")).join();
        }
    }

    private boolean isBusy(int time) throws IOException {
        Path dump = folder.resolve(time + ".txt");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
        String threads = Files.readString(dump);
        Files.delete(dump);
        return threads.contains("io.javalin.http.servlet.JavalinServlet");
    }
}
