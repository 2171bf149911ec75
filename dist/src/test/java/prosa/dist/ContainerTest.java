package prosa.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The image: built, run as its user, asked how it is as an engine asks, stopped, and run again on what it kept. */
class ContainerTest {
    @Test
    void itServesSaysHowItIsAndKeepsWhatWasSaid() throws Exception {
        try (Container container = Container.orSkip()) {
            String described = Container.described();
            String check = words(described, "Test").replaceFirst("^CMD ", "");
            String command = words(described, "Entrypoint");
            assertEquals(
                    "990:990",
                    container
                            .run(List.of(), "sh -c 'echo $(id -u):$(id -g)'")
                            .right()
                            .strip());
            assertTrue(described.contains("\"/var/lib/prosa\": {}"), described);
            assertEquals(127, container.run(List.of(), "sh -c java").status());

            List<String> ports = List.of("PROSA_HTTP_PORT=" + freePort(), "PROSA_TCP_PORT=" + freePort());
            assertEquals(1, container.run(ports, check).status());
            try (Served served = new Served(container.start(ports, command))) {
                assertEquals("ready", container.run(ports, check).right().strip());
                assertEquals(201, served.say("Ana", "Oi!").statusCode());
                served.stop();
            }
            try (Served served = new Served(container.start(ports, command))) {
                served.awaitOverTcp("Bia", "Oi!");
                served.stop();
            }
        }
    }

    /** The words of an array, first found under that name. */
    private static String words(String json, String name) {
        return Pattern.compile("\"" + name + "\": \\[([^\\]]*)\\]")
                .matcher(json)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .replaceAll("[\\s\",]+", " ")
                .strip();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
