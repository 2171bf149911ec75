package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import prosa.application.port.HistoryUnusable;

/**
 * What was promised to clients, in a small file beside the database: what a database that was put back, or lost its end, can't know
 * of itself.
 *
 * <p>It has two slots, written by turns, each with a number and a checksum: a write that is torn leaves the other one. The highest
 * offset is written with each group and not synced, as after a power cut the database itself has all that was acknowledged. The
 * bound is synced before an offset beyond the last one is given.
 *
 * <p>Not thread-safe: whoever opened it, then the writer thread owns it.
 */
final class Promise implements AutoCloseable {
    static final String FILE = "prosa.promise";

    /** The bound moves in steps of so many offsets: one more sync in a hundred thousand messages. */
    static final long STEP = 100_000;

    /** The file's version: the last bytes of each slot's first eight, behind its name. Raise it when an older Prosa could not read a slot. */
    static final int VERSION = 1;

    private static final long NAME = 0x50726f7361_0000L; // "Prosa"
    private static final long VERSIONS = 0xffff;
    private static final long MAGIC = NAME | VERSION;
    private static final int SLOT = 64;

    private final FileChannel channel;
    private final ByteBuffer slot = ByteBuffer.allocateDirect(SLOT);
    private long number;
    private Promised promised;

    /**
     * What it says.
     *
     * @param epoch of the log
     * @param highest the highest offset that was acknowledged
     * @param bound no offset beyond it was ever given
     * @param clean whether the log was closed in good order after that
     */
    record Promised(long epoch, long highest, long bound, boolean clean) {}

    private record Slot(long number, Promised promised) {}

    private Promise(FileChannel channel, long number, Promised promised) {
        this.channel = channel;
        this.number = number;
        this.promised = promised;
    }

    /**
     * What the file in that folder says; empty if there is none, or none that can be read.
     *
     * @throws HistoryUnusable if a newer Prosa has written it
     */
    static Optional<Promised> read(Path folder) throws IOException {
        return readSlot(folder).map(Slot::promised);
    }

    private static Optional<Slot> readSlot(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        requireKnown(file, bytes);
        Slot first = parse(bytes, 0);
        Slot second = parse(bytes, SLOT);
        if (first == null) {
            return Optional.ofNullable(second);
        }
        return Optional.of(second != null && second.number() > first.number() ? second : first);
    }

    /** Whatever a newer version looks like behind that: taken for none, its history would get an epoch or offsets that it has had. */
    private static void requireKnown(Path file, ByteBuffer bytes) throws HistoryUnusable {
        for (int at = 0; at + Long.BYTES <= bytes.limit(); at += SLOT) {
            long begin = bytes.getLong(at);
            if ((begin & ~VERSIONS) == NAME && (begin & VERSIONS) > VERSION) {
                throw new HistoryUnusable(file, HistoryUnusable.Reason.NEWER, begin & VERSIONS, VERSION);
            }
        }
    }

    private static @Nullable Slot parse(ByteBuffer bytes, int at) {
        if (bytes.limit() < at + SLOT) {
            return null;
        }
        ByteBuffer slot = bytes.slice(at, SLOT);
        if (slot.getLong(0) != MAGIC || slot.getLong(SLOT - Long.BYTES) != checksum(slot)) {
            return null;
        }
        Promised promised = new Promised(slot.getLong(16), slot.getLong(24), slot.getLong(32), slot.getLong(40) == 1);
        return new Slot(slot.getLong(8), promised);
    }

    private static long checksum(ByteBuffer slot) {
        CRC32 crc = new CRC32();
        crc.update(slot.slice(0, SLOT - Long.BYTES));
        return crc.getValue();
    }

    /** Opens the file, made if need be, and promises that from now on. Synced. */
    static Promise make(Path folder, Promised promised) throws IOException {
        long number = readSlot(folder).map(Slot::number).orElse(0L);
        FileChannel channel = PrivateFiles.open(folder.resolve(FILE), StandardOpenOption.WRITE);
        Promise promise = new Promise(channel, number, promised);
        try {
            promise.write(promised);
            channel.force(true);
            PrivateFiles.sync(folder);
            return promise;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void write(Promised next) throws IOException {
        number++;
        slot.clear()
                .putLong(MAGIC)
                .putLong(number)
                .putLong(next.epoch())
                .putLong(next.highest())
                .putLong(next.bound())
                .putLong(next.clean() ? 1 : 0)
                .putLong(0);
        slot.putLong(SLOT - Long.BYTES, checksum(slot.clear()));
        channel.write(slot.clear(), number % 2 * SLOT);
        promised = next;
    }

    /** Sees to it that offsets up to this one may be given. Syncs once in a while. */
    void allow(long offset) throws IOException {
        if (offset > promised.bound()) {
            write(new Promised(promised.epoch(), promised.highest(), offset + STEP, false));
            channel.force(false);
        }
    }

    /** That offset, and all before it, are about to be acknowledged. Not synced. */
    void acknowledge(long offset) throws IOException {
        write(new Promised(promised.epoch(), offset, promised.bound(), false));
    }

    /** All is on disk, and nothing more is given. Synced. */
    void closeClean(long head) throws IOException {
        write(new Promised(promised.epoch(), head, promised.bound(), true));
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
