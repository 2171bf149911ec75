package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Http.Answer;
import prosa.test.wire.client.Json;

/** Prosa on data folders of earlier ones, and what it says of those of later ones. */
@Timeout(60)
class UpgradeTest {
    private static final Path FOLDERS = Path.of("src/test/resources/prosa/bootstrap/folders");

    /** Where SQLite keeps {@code user_version} in a file's first page. */
    private static final int USER_VERSION = 60;

    /** Where {@code prosa.promise} has its own, in each of its two slots. */
    private static final int PROMISE_VERSION = 6;

    private static final int PROMISE_SLOT = 64;

    @TempDir
    Path parent;

    /** The folders, with what is in them beside messages. */
    enum Earlier {
        HISTORY_B906A19(1_795_848_949_011L, "", "", List.of("Oi!", "olá, João 💬")),
        PROMISE_A44B349(1_795_848_951_133L, "", "", List.of("Oi!", "olá, João 💬")),
        HOUSE_3D4F885(
                1_795_848_985_781L, "prosa_room__DO2ruvk7k-6D3cBYbKdGg", "", List.of("Oi!", "olá, João 💬", "spam")),
        REMOVALS_B7196E3(
                1_795_848_991_047L, "prosa_room_njYk5oRUscrtQkoOKf8dtQ", "", List.of("Oi!", "olá, João 💬", "spam")),
        CLAIMS_615AAC5(
                1_795_848_996_266L,
                "prosa_room_ma13_lp1ZVGnRwwjrxiIJQ",
                "prosa_claim_fkxyrXkmv3n6L-3SrsBmfw",
                List.of("Oi!", "olá, João 💬")),
        VOUCHED_E5B47C3(
                1_795_849_055_788L,
                "prosa_room_vH7YdEEo9NpQxI6VtXCXNA",
                "prosa_claim_vVBO6GymGLuwlHSthVPRbw",
                List.of("Oi!", "olá, João 💬"));

        /** Of its positions. */
        private final long epoch;

        /** Of the room {@code secreta}, which is closed; empty where rooms could not be. */
        private final String roomKey;

        /** Of Dora's name; empty where names could not be claimed. */
        private final String secret;

        /** What was said in {@code main}, and not removed. */
        private final List<String> texts;

        Earlier(long epoch, String roomKey, String secret, List<String> texts) {
            this.epoch = epoch;
            this.roomKey = roomKey;
            this.secret = secret;
            this.texts = texts;
        }

        Path folder() {
            return FOLDERS.resolve(name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }

        boolean hasHouse() {
            return !roomKey.isEmpty();
        }
    }

    private Path copy(Earlier earlier) throws IOException {
        Path data = Files.createDirectory(parent.resolve("data"));
        try (Stream<Path> files = Files.list(earlier.folder())) {
            for (Path file : files.toList()) {
                Files.copy(file, data.resolve(file.getFileName()));
            }
        }
        return data;
    }

    @Test
    void eachFolderIsTried() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDERS).filter(Files::isDirectory)) {
            assertEquals(
                    Stream.of(Earlier.values()).map(Earlier::folder).sorted().toList(),
                    folders.sorted().toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsInAnEarlierFolderIsThereAndInTheNewestFormat(Earlier earlier) throws Exception {
        Path data = copy(earlier);
        // A claim is over some time after the folder was made.
        try (ProsaProcess prosa = ProsaProcess.start(parent, "--data-dir", data.toString(), "--claim-days", "9999")) {
            Http http = prosa.http();
            assertEquals(earlier.texts, texts(http, "main"));
            assertEquals("quieto aqui", texts(http, "sala-2").getFirst());
            if (earlier.hasHouse()) {
                assertRulesHold(
                        earlier,
                        http,
                        Files.readString(data.resolve("operator.token")).strip());
            }
            if (!earlier.secret.isEmpty()) {
                assertEquals(403, http.say("sala-2", "Dora", "não sou eu").status());
                assertEquals(
                        201,
                        http.say("sala-2", "Dora", "sou eu", Optional.of(earlier.secret))
                                .status());
            }
            if (earlier == Earlier.VOUCHED_E5B47C3) {
                assertEquals(403, http.say("sala-2", "Vera", "sem o proxy").status());
            }
            Answer said = http.say("sala-2", "Lia", "depois");
            assertEquals(201, said.status(), said::body);
            assertTrue(said.json().text("id").startsWith(earlier.epoch + "-"), "positions stay valid");
            prosa.terminate();
            prosa.assertEndedWell();
        }
        assertEquals(2, userVersion(data.resolve("prosa.db")));
        assertEquals(
                1,
                ByteBuffer.wrap(Files.readAllBytes(data.resolve("prosa.promise")))
                        .getShort(PROMISE_VERSION));
        if (earlier.hasHouse()) {
            assertEquals(2, userVersion(data.resolve("house.db")));
        }
    }

    /** The closed room is closed, the quiet one quiet, and who has the token keeps order. */
    private static void assertRulesHold(Earlier earlier, Http http, String token) {
        assertEquals(403, http.get("/messages?room=secreta").status());
        assertEquals(
                200,
                http.get("/messages?room=secreta", "Prosa-Room-Key", "secreta=" + earlier.roomKey)
                        .status());
        assertEquals(403, http.say("main", "Lia", "psiu").status());
        Answer done = http.post("/acts?name=Olga", "{\"type\":\"unquiet\"}", "Prosa-Operator", token);
        assertEquals(200, done.status(), done::body);
        assertEquals(201, http.say("main", "Lia", "oi de novo").status());
        assertEquals(403, http.say("main", "Bia", "calada").status());
    }

    private static List<String> texts(Http http, String room) {
        List<String> texts = new ArrayList<>();
        for (Json message : http.get("/messages?room=" + room).json().list()) {
            texts.add(message.text("text"));
        }
        return texts;
    }

    private static int userVersion(Path database) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(database)).getInt(USER_VERSION);
    }

    /** As a later Prosa would have left it. */
    private static void raise(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        if (file.endsWith("prosa.promise")) {
            for (int at = PROMISE_VERSION; at < bytes.limit(); at += PROMISE_SLOT) {
                bytes.putShort(at, (short) (bytes.getShort(at) + 1));
            }
        } else {
            bytes.putInt(USER_VERSION, file.endsWith("house.db") ? 3 : bytes.getInt(USER_VERSION) + 1);
        }
        Files.write(file, bytes.array());
    }

    @ParameterizedTest
    @CsvSource({
        "prosa.db, 3, 2, en", "prosa.db, 3, 2, pt",
        "house.db, 3, 2, en", "house.db, 3, 2, pt",
        "prosa.promise, 2, 1, en", "prosa.promise, 2, 1, pt"
    })
    void aFileOfALaterOneIsRefusedInOneLineAndLeftAsItIs(String name, int found, int known, String lang)
            throws Exception {
        Path data = copy(Earlier.VOUCHED_E5B47C3);
        Path file = data.resolve(name);
        raise(file);
        byte[] before = Files.readAllBytes(file);
        try (ProsaProcess prosa = ProsaProcess.startWith(
                parent,
                Map.of("PROSA_HTTP_PORT", "0", "PROSA_TCP_PORT", "0"),
                "--data-dir",
                data.toString(),
                "--lang",
                lang)) {
            assertEquals(2, prosa.status(), prosa::errors);
            String english =
                    ": written by a newer Prosa (version %d, this one knows %d): start that one, or go back to a backup\n";
            String portuguese =
                    ": gravado por um Prosa mais novo (versão %d; este conhece a %d): inicie aquele, ou volte a uma cópia de segurança\n";
            assertEquals(
                    "prosa: --data-dir: " + file + (lang.equals("en") ? english : portuguese).formatted(found, known),
                    prosa.errors());
            assertEquals("", prosa.output());
        }
        assertArrayEquals(before, Files.readAllBytes(file));
    }
}
