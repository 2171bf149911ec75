package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
     * @throws IOException in one line that names the folder, if it can't be made or written, or is taken
     */
    static FolderLock take(Path dataDir) throws IOException {
        Path folder;
        try {
            PrivateFiles.makeFolder(dataDir);
            folder = dataDir.toRealPath();
        } catch (IOException e) {
            throw new IOException(dataDir + ": " + reason(e), e);
        }
        if (!HELD.add(folder)) {
            throw inUse(dataDir);
        }
        try {
            return new FolderLock(folder, lockedChannel(dataDir, folder));
        } catch (IOException e) {
            HELD.remove(folder);
            throw e;
        }
    }

    private static FileChannel lockedChannel(Path dataDir, Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = PrivateFiles.open(folder.resolve(FILE), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(dataDir.resolve(FILE) + ": " + reason(e), e);
        }
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (IOException e) {
            channel.close();
            throw new IOException(dataDir.resolve(FILE) + ": " + reason(e), e);
        }
        if (lock == null) {
            channel.close();
            throw inUse(dataDir);
        }
        return channel;
    }

    private static IOException inUse(Path dataDir) {
        return new IOException(dataDir + ": in use by another Prosa");
    }

    /** The exceptions of java.nio.file say the path twice and the cause by their class. */
    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "can't be made";
            case FileAlreadyExistsException _ -> "not a folder";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // The lock goes with the process at the latest.
        } finally {
            HELD.remove(folder);
        }
    }
}
