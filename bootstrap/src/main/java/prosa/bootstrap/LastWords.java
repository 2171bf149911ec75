package prosa.bootstrap;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.delivery.Collapse;
import prosa.language.Language;

/**
 * Ends the process when nobody caught what happened and the house can't go on, with one line on stderr ({@code docs/operations.md} names
 * them) and a {@link Status} that a supervisor sees. All else that nobody caught is logged.
 *
 * <p>Any thread. What it needs is there from the start: at the end there may be no memory left.
 */
final class LastWords implements UncaughtExceptionHandler {
    /** Asked for beforehand: at the end there may be no memory left to load a class. */
    private static final int OUT_OF_MEMORY = Status.OUT_OF_MEMORY.code();

    private static final int SILENT = Status.SILENT.code();

    private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);

    /** In the JVM's own words, which end the process if it is the heap that is full; so they are English in any language. */
    private static final String JVMS = "Terminating due to java.lang.OutOfMemoryError: ";

    /** Where the catalogue has it. */
    private static final String NAME = "{0}";

    private static final int LONGEST = 1_000;

    /** Frames that are shown: the line is all that is left to find the fault by. */
    private static final int FRAMES = 12;

    private final byte[] line = new byte[LONGEST];
    /** What stands before a thread's name, and what after it. */
    private final String before;

    private final String after;
    private final FileOutputStream stderr = new FileOutputStream(FileDescriptor.err);
    private int length;

    private LastWords(String ended) {
        int name = ended.indexOf(NAME);
        before = ended.substring(0, name);
        after = ended.substring(name + NAME.length());
    }

    /** To be called once, by main. */
    static void install(Language language) {
        Collapse.ifOutOfMemory(null); // loads it
        Thread.setDefaultUncaughtExceptionHandler(
                new LastWords(Words.in(language).get("last.ended")));
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        OutOfMemoryError outOfMemory = Collapse.outOfMemory(thrown);
        if (outOfMemory != null) {
            end(OUT_OF_MEMORY, JVMS, outOfMemory.getMessage());
        } else if (thrown instanceof Collapse collapse) {
            end(SILENT, before + collapse.thread() + after, told(collapse));
        } else {
            LOG.error("{} has ended", thread.getName(), thrown);
        }
    }

    /** The first thread's words alone: the others wait here for the end. */
    private synchronized void end(int status, String what, @Nullable String why) {
        try {
            add(what);
            add(why == null ? "" : why);
            line[length++] = '\n';
            stderr.write(line, 0, length);
        } catch (IOException e) {
            // Nobody listens.
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }

    private void add(String text) {
        for (int i = 0; i < text.length() && length < LONGEST - 1; i++) {
            char c = text.charAt(i);
            line[length++] = (byte) (c >= ' ' && c <= '~' ? c : '?');
        }
    }

    private static String told(Collapse collapse) {
        Throwable cause = collapse.getCause() == null ? collapse : collapse.getCause();
        StringBuilder told = new StringBuilder(cause.toString());
        StackTraceElement[] frames = cause.getStackTrace();
        for (int i = 0; i < frames.length && i < FRAMES; i++) {
            told.append(i == 0 ? " at " : " < ").append(frames[i]);
        }
        return told.toString();
    }
}
