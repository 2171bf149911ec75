package prosa.adapter.tcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.test.wire.House;
import prosa.test.wire.client.LineClient;

/** One client has one share, whatever it sends in lines. */
class LineBudgetTest {
    private static House house;

    @BeforeAll
    static void open() {
        house = TcpHouse.open();
    }

    @AfterAll
    static void shut() {
        house.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u00ff\u00f1"})
    void emptyLinesAndTelnetsCommands(String nothing) throws IOException {
        try (LineClient flooder = new LineClient(house.place().tcp())) {
            flooder.join("Flood");
            byte[] bytes = nothing.repeat(3_000).getBytes(StandardCharsets.ISO_8859_1);
            flooder.send(bytes);
            flooder.lines().next(line -> line.startsWith("* too-fast: "));
            flooder.lines().untilEnd();
        }
    }

    @Test
    void programsToo() throws IOException {
        try (LineClient flooder = new LineClient(house.place().tcp())) {
            flooder.send("prosa.v1\n").send("\n".repeat(3_000));
            flooder.lines().next(line -> line.contains("\"reason\":\"too-fast\""));
            flooder.lines().untilEnd();
        }
    }

    @Test
    void manyLinesInOneReadAreAllHeardInTurn() throws IOException {
        try (LineClient client = new LineClient(house.place().tcp())) {
            client.send("prosa.v1\n{\"type\":\"join\",\"name\":\"Reader\",\"room\":\"read\"}\n");
            client.lines().next(line -> line.contains("\"welcome\""));
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 3_000; i++) {
                lines.append("{\"type\":\"say\",\"text\":\"n")
                        .append(i)
                        .append("\",\"ref\":")
                        .append(i)
                        .append("}\n");
            }
            client.send(lines.toString());
            for (int i = 0; i < 3_000; i++) {
                String ref = "\"ref\":" + i + ",";
                client.lines().next(line -> line.contains(ref));
            }
        }
    }
}
