package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import prosa.application.port.HistoryUnusable;

/**
 * SQLite itself, which the driver unpacks from its jar so that the system can load it. What is loaded is deleted at once: the system
 * keeps what it has mapped, and who is killed, or halts as we do, would leave 1.1 MB behind at each start.
 */
final class NativeLibrary {
    /** Where the driver unpacks to. Somebody may have chosen it. */
    static final String PLACE = "org.sqlite.tmpdir";

    static final String PREFIX = "prosa-library-";

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    private static boolean loaded;

    /** Unpacks into {@link #PLACE}, and loads from there. */
    @FunctionalInterface
    interface Loader {
        void load() throws Exception;
    }

    private NativeLibrary() {}

    /**
     * Loads it, once a process.
     *
     * @param dataDir the data folder, which is locked
     * @throws IOException in one line, if it can be loaded from nowhere
     */
    static synchronized void load(Path dataDir) throws IOException {
        if (!loaded) {
            load(dataDir, Path.of(System.getProperty("java.io.tmpdir")), SQLiteJDBCLoader::initialize);
            loaded = true;
        }
    }

    /**
     * From the data folder, where nobody else writes, and where what a kill within these milliseconds has left is found again. From the
     * temporary folder if nothing may be loaded from there ({@code noexec}).
     */
    static void load(Path dataDir, Path temporary, Loader loader) throws IOException {
        deleteLeftovers(dataDir);
        String chosen = System.getProperty(PLACE);
        List<Path> places = chosen == null ? List.of(dataDir, temporary) : List.of(Path.of(chosen));
        for (Path place : places) {
            if (isLoaded(place, loader)) {
                return;
            }
        }
        throw new HistoryUnusable(
                dataDir,
                HistoryUnusable.Reason.NO_LIBRARY,
                String.join("; ", places.stream().map(Path::toString).toList()));
    }

    private static void deleteLeftovers(Path dataDir) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(dataDir, PREFIX + "*")) {
            leftovers.forEach(NativeLibrary::delete);
        }
    }

    private static boolean isLoaded(Path parent, Loader loader) {
        String before = System.getProperty(PLACE);
        Path place;
        try {
            place = Files.createTempDirectory(parent, PREFIX).toAbsolutePath(); // nobody else's to write
        } catch (IOException e) {
            LOG.debug("No place for the library in {}", parent, e);
            return false;
        }
        try {
            System.setProperty(PLACE, place.toString());
            loader.load();
            return true;
        } catch (Exception e) {
            LOG.debug("No library from {}", parent, e);
            return false;
        } finally {
            if (before == null) {
                System.clearProperty(PLACE);
            } else {
                System.setProperty(PLACE, before);
            }
            delete(place);
        }
    }

    private static void delete(Path place) {
        List<Path> all = new ArrayList<>();
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
                files.forEach(all::add);
            }
            all.add(place);
            for (Path file : all) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.debug("{} stays", place, e); // Windows keeps what is loaded
        }
    }
}
