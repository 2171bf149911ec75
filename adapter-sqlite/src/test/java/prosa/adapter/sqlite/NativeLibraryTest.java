package prosa.adapter.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver's library leaves nothing behind, wherever it was unpacked. */
class NativeLibraryTest {
    @TempDir
    Path data;

    @TempDir
    Path temporary;

    private final List<Path> places = new ArrayList<>();
    private @Nullable String before;

    @BeforeEach
    void rememberWhatWasChosen() {
        before = System.clearProperty(NativeLibrary.PLACE);
    }

    @AfterEach
    void giveItBack() {
        System.clearProperty(NativeLibrary.PLACE);
        if (before != null) {
            System.setProperty(NativeLibrary.PLACE, before);
        }
    }

    /** As the driver does it: a library, and a file beside it. */
    private void unpack() throws IOException {
        Path place = Path.of(System.getProperty(NativeLibrary.PLACE));
        Files.writeString(place.resolve("libsqlitejdbc.so"), "ELF");
        Files.createFile(place.resolve("libsqlitejdbc.so.lck"));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(place)));
        places.add(place.getParent());
    }

    private void unpackUnlessIn(Path noexec) throws IOException {
        unpack();
        if (places.getLast().equals(noexec)) {
            throw new IOException("failed to map segment from shared object");
        }
    }

    private static List<Path> contents(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private void assertNothingIsLeft() throws IOException {
        assertEquals(List.of(), contents(data));
        assertEquals(List.of(), contents(temporary));
    }

    @Test
    void itIsLoadedFromTheDataFolderAndDeleted() throws IOException {
        NativeLibrary.load(data, temporary, this::unpack);
        assertEquals(List.of(data), places);
        assertNothingIsLeft();
        assertFalse(System.getProperties().containsKey(NativeLibrary.PLACE));
    }

    @Test
    void itIsLoadedFromTheTemporaryFolderIfNothingMayBeLoadedFromTheOther() throws IOException {
        NativeLibrary.load(data, temporary, () -> unpackUnlessIn(data));
        assertEquals(List.of(data, temporary), places);
        assertNothingIsLeft();
    }

    @Test
    void whereSomebodyWantsItItIsUnpacked() throws IOException {
        System.setProperty(NativeLibrary.PLACE, temporary.toString());
        NativeLibrary.load(data, Path.of("/nowhere"), this::unpack);
        assertEquals(List.of(temporary), places);
        assertNothingIsLeft();
        assertEquals(temporary.toString(), System.getProperty(NativeLibrary.PLACE));
    }

    @Test
    void whatAKillHasLeftIsDeletedByTheNextStart() throws IOException {
        Path left = Files.createDirectory(data.resolve(NativeLibrary.PREFIX + "123"));
        Files.writeString(left.resolve("libsqlitejdbc.so"), "ELF");
        NativeLibrary.load(data, temporary, this::unpack);
        assertNothingIsLeft();
    }

    @Test
    void ifItCantBeLoadedFromAnywhereThePlacesAreNamed() throws IOException {
        Path nowhere = data.resolve("nowhere");
        IOException failure =
                assertThrows(IOException.class, () -> NativeLibrary.load(data, nowhere, () -> unpackUnlessIn(data)));
        assertTrue(failure.getMessage().contains(data + "; " + nowhere + " ("), failure.getMessage());
        assertNothingIsLeft();
    }

    @Test
    void theDriversOwnIsLoadedFromTheDataFolder() throws IOException {
        NativeLibrary.load(data);
        NativeLibrary.load(data);
        assertEquals(List.of(), contents(data));
    }
}
