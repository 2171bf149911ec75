package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import prosa.application.port.Secret;
import prosa.domain.RoomName;

/** The files by which one gets in: of rooms' keys, and of the operators' token. */
class AccessOptionsTest {
    @TempDir
    Path folder;

    private Path keys(String permissions, String text) throws Exception {
        Path file = folder.resolve("keys");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    private static Parsed parse(Path file) {
        return Options.parse(List.of("--room-keys", file.toString()), Map.of());
    }

    @Test
    void aFileClosesRoomsForGood() throws Exception {
        Parsed parsed = parse(keys("rw-------", "# the class\nden  the key \n\nTEACHERS prosa_room_x\n"));
        assertEquals(
                Map.of(
                        new RoomName("den"),
                        Secret.shown("key", "the key").hash(),
                        new RoomName("teachers"),
                        Secret.shown("key", "prosa_room_x").hash()),
                assertInstanceOf(Parsed.Run.class, parsed, parsed::toString)
                        .options()
                        .roomKeys());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void whatOthersCanReadIsNoSecret(String permissions) throws Exception {
        Path file = keys(permissions, "den key\n");
        assertEquals(
                new Parsed.Bad("prosa: --room-keys: \"" + file + "\" can be read by others: chmod 600"), parse(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"den key\nden\n", "den key\nNo_Room key\n", "den key\nden another\n"})
    void theLineThatIsWrongIsNamedAndNoKeyIsTold(String text) throws Exception {
        Path file = keys("rw-------", text);
        assertEquals(
                new Parsed.Bad("prosa: --room-keys: \"" + file + "\" is wrong in line 2: it is not a room and its key"),
                parse(file));
    }

    @Test
    void theTokenIsMadeOnceForItsOwnerAlone() throws Exception {
        Secret.Hash made = OperatorToken.of(folder);
        Path file = folder.resolve("operator.token");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
        List<String> lines = Files.readAllLines(file);
        assertEquals(1, lines.size());
        assertTrue(lines.getFirst().startsWith("prosa_op_"), "a token");
        assertTrue(made.isOf(Secret.shown("token", lines.getFirst())));
        assertEquals(made, OperatorToken.of(folder));
        Files.writeString(file, "my own token\n");
        assertTrue(OperatorToken.of(folder).isOf(Secret.shown("token", "my own token")));
    }

    @Test
    void aTokensFileWithoutATokenStopsTheStart() throws Exception {
        Files.writeString(folder.resolve("operator.token"), "\n");
        assertThrows(OperatorToken.Unusable.class, () -> OperatorToken.of(folder));
    }
}
