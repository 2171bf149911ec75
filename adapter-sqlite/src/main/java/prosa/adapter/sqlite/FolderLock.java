package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import prosa.application.port.HistoryUnusable;

/**
 * Holds a folder for this process alone. SQLite itself would let two servers write one file in turn, each with offsets and keys
 * of its own. The system lets go of the lock when the process ends, however it ends; the file stays, and means nothing.
 */
final class FolderLock implements AutoCloseable {
    static final String FILE = "prosa.lock";

    /** Folders that this process holds: opening and closing a locked file again would let go of its lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Makes the folder if it is missing, and takes it.
     *
     * @throws HistoryUnusable in one line that names the folder, if it can't be made or written, or is taken
     */
    static FolderLock take(Path dataDir) throws HistoryUnusable {
        Path folder;
        try {
            PrivateFiles.makeFolder(dataDir);
            folder = dataDir.toRealPath();
        } catch (IOException e) {
            throw notMade(dataDir, e);
        }
        if (!HELD.add(folder)) {
            throw inUse(dataDir);
        }
        try {
            return new FolderLock(folder, lockedChannel(dataDir, folder));
        } catch (HistoryUnusable e) {
            HELD.remove(folder);
            throw e;
        }
    }

    private static FileChannel lockedChannel(Path dataDir, Path folder) throws HistoryUnusable {
        FileChannel channel;
        try {
            channel = PrivateFiles.open(folder.resolve(FILE), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw HistoryUnusable.of(dataDir.resolve(FILE), e);
        }
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (IOException e) {
            closeQuietly(channel);
            throw HistoryUnusable.of(dataDir.resolve(FILE), e);
        }
        if (lock == null) {
            closeQuietly(channel);
            throw inUse(dataDir);
        }
        return channel;
    }

    private static HistoryUnusable inUse(Path dataDir) {
        return new HistoryUnusable(dataDir, HistoryUnusable.Reason.IN_USE);
    }

    private static HistoryUnusable notMade(Path dataDir, IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> new HistoryUnusable(dataDir, HistoryUnusable.Reason.NOT_MADE);
            case FileAlreadyExistsException _ -> new HistoryUnusable(dataDir, HistoryUnusable.Reason.NO_FOLDER);
            default -> HistoryUnusable.of(dataDir, e);
        };
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // The lock goes with the process at the latest.
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
        HELD.remove(folder);
    }
}
