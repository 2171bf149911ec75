package prosa.lab.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
    @TempDir
    Path folder;

    @Test
    void theEnvironmentNamesTheBrowserByItsPlaceOrItsName() throws IOException {
        Path mine = program("mine");
        program("chromium");
        assertEquals(Optional.of(mine), find(Map.of("PROSA_BROWSER", mine.toString(), "PATH", folder.toString())));
        assertEquals(Optional.of(mine), find(Map.of("PROSA_BROWSER", "mine", "PATH", folder.toString())));
    }

    @Test
    void ifTheNamedOneIsMissingNoOtherIsTaken() throws IOException {
        program("chromium");
        assertEquals(Optional.empty(), find(Map.of("PROSA_BROWSER", "mine", "PATH", folder.toString())));
    }

    @Test
    void otherwiseItIsFoundOnThePathOrAtOneOfTheUsualPlaces() throws IOException {
        Path usual = program("usual");
        assertEquals(Optional.of(usual), find(Map.of(), folder.resolve("missing"), usual));
        Path chrome = program("google-chrome-stable");
        String path = folder.resolve("missing") + File.pathSeparator + folder;
        assertEquals(Optional.of(chrome), find(Map.of("PATH", path), usual));
        assertEquals(Optional.empty(), find(Map.of("PATH", "")));
    }

    @Test
    void whatCannotBeRunIsNoBrowser() throws IOException {
        Files.createFile(folder.resolve("chromium"));
        Files.createDirectory(folder.resolve("google-chrome"));
        assertEquals(Optional.empty(), find(Map.of("PATH", folder.toString())));
    }

    private Path program(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }

    private static Optional<Path> find(Map<String, String> env, Path... places) {
        return new Programs(env, List.of(places)).browser();
    }
}
