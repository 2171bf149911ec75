package prosa.application.port;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

/** An engine can't open its history. The message is one line that names the path, in English; the reason can be told in any language. */
public final class HistoryUnusable extends IOException {
    private static final long serialVersionUID = 1;

    /** What is wrong, with the details that it has. */
    public enum Reason {
        IN_USE("in use by another Prosa"),
        NOT_MADE("can't be made"),
        NO_FOLDER("not a folder"),
        FORBIDDEN("permission denied"),
        EMPTIED("it is empty, and was not: put a backup in its place, or move it away"),
        /** How many bytes there are, and how many there should be. */
        CUT_OFF("its end is cut off (bytes: %s of %s): put a backup in its place"),
        /** The version of the file that was found, and the newest that this Prosa knows. */
        NEWER("written by a newer Prosa (version %s, this one knows %s): start that one, or go back to a backup"),
        FOREIGN("another program's database"),
        /** Of the folder in which a move leaves what is not whole. */
        MOVING("a move to this folder has not ended: start that move again, or delete this"),
        NO_HISTORY("there is no history in it"),
        NOT_EMPTY("has a history already"),
        /** The folders that were tried. */
        NO_LIBRARY("SQLite's library can't be unpacked to, and loaded from, any of these: %s"
                + " (full, read-only, noexec?)"),
        /** What the system or the database said. */
        SAID("%s");

        private final String english;

        Reason(String english) {
            this.english = english;
        }
    }

    private final transient Path path;
    private final Reason reason;
    private final transient List<Object> details;

    /** @param details as the reason has them: whole numbers, or text */
    public HistoryUnusable(Path path, Reason reason, Object... details) {
        super(path + ": " + reason.english.formatted(details));
        this.path = path;
        this.reason = reason;
        this.details = List.of(details);
    }

    /** For what was thrown on the way. The exceptions of java.nio.file say the path twice and the cause by their class. */
    public static HistoryUnusable of(Path path, Exception e) {
        HistoryUnusable unusable = switch (e) {
            case HistoryUnusable already -> already;
            case AccessDeniedException _ -> new HistoryUnusable(path, Reason.FORBIDDEN);
            case FileSystemException f
            when f.getReason() != null -> new HistoryUnusable(path, Reason.SAID, f.getReason());
            default -> new HistoryUnusable(path, Reason.SAID, String.valueOf(e.getMessage()));
        };
        if (unusable != e) {
            unusable.initCause(e);
        }
        return unusable;
    }

    /** The folder or the file. */
    public Path path() {
        return path;
    }

    public Reason reason() {
        return reason;
    }

    public List<Object> details() {
        return details;
    }
}
