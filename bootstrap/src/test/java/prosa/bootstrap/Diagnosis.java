package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import prosa.doctor.Doctor;
import prosa.doctor.check.Patience;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the doctor said.
 *
 * @param status with which it ended
 * @param out what it printed
 * @param err on stderr
 */
record Diagnosis(int status, String out, String err) {
    /** A good tenth of what is usual. */
    static final Patience LITTLE = new Patience(Duration.ofSeconds(6), Duration.ofMillis(3_200), Duration.ofSeconds(2));

    /** So that a feed's heartbeat is waited for. */
    static final Patience SOME = new Patience(Duration.ofSeconds(17), Duration.ofMillis(3_200), Duration.ofSeconds(2));

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Diagnosis of(Patience patience, String... args) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Doctor.Outcome outcome = new Doctor(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        InstantSource.system(),
                        patience)
                .run(List.of(args), Map.of());
        return new Diagnosis(
                Status.of(outcome).code(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** For programs, with little patience. */
    static Diagnosis inJson(String... args) throws InterruptedException {
        return inJson(LITTLE, args);
    }

    static Diagnosis inJson(Patience patience, String... args) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--json");
        return of(patience, all.toArray(String[]::new));
    }

    /** The objects that it printed. */
    List<JsonNode> checks() {
        List<JsonNode> checks = new ArrayList<>();
        JSON.readTree(out).forEach(checks::add);
        return checks;
    }

    String says(String check) {
        return checks().stream()
                .filter(each -> each.get("check").asString().equals(check))
                .findFirst()
                .orElseThrow()
                .get("says")
                .asString();
    }

    /** That these are wrong and no others, and that it is told what to change. */
    void assertWrong(String... expected) {
        TreeSet<String> wrong = new TreeSet<>();
        for (JsonNode each : checks()) {
            boolean isWrong =
                    each.get("right").isBoolean() && !each.get("right").asBoolean();
            if (isWrong) {
                wrong.add(each.get("check").asString());
            }
            each.get("change")
                    .forEach(change -> assertEquals(!isWrong, change.asString().isEmpty(), out));
            assertEquals(3, each.get("change").size(), out);
        }
        assertEquals(new TreeSet<>(List.of(expected)), wrong, out);
        assertEquals(expected.length == 0 ? 0 : 1, status, out);
    }
}
