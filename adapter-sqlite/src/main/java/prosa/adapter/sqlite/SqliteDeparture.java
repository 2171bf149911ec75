package prosa.adapter.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import prosa.application.port.Departure;
import prosa.application.port.HistoryCopy.Copied;
import prosa.application.port.HistoryUnusable;
import prosa.application.port.Register.Kind;
import prosa.application.port.Tally;

/** The history of a Prosa that is stopped, in its folder. What was taken away is not there any more, so of that nothing is told. */
public final class SqliteDeparture implements Departure {
    private static final int GROUP = 1_000;

    private final FolderLock lock;
    private final Still still;
    private final long epoch;

    private SqliteDeparture(FolderLock lock, Still still, long epoch) {
        this.lock = lock;
        this.still = still;
        this.epoch = epoch;
    }

    /**
     * Takes the folder, so that no Prosa starts in it meanwhile.
     *
     * @throws HistoryUnusable in one line that names the path: there is none, it is in use, or it can't be read
     */
    public static SqliteDeparture open(Path folder) throws HistoryUnusable, InterruptedException {
        Still still = Still.in(folder);
        if (!Files.exists(folder)) {
            throw new HistoryUnusable(folder, HistoryUnusable.Reason.NO_HISTORY);
        }
        FolderLock lock = FolderLock.take(folder);
        try {
            SqliteArrival.requireWhole(folder);
            if (!Files.exists(still.history())) {
                throw new HistoryUnusable(folder, HistoryUnusable.Reason.NO_HISTORY);
            }
            NativeLibrary.load(folder);
            still.facts(); // that it can be read is known before anything is done elsewhere
            return new SqliteDeparture(lock, still, still.epoch());
        } catch (IOException e) {
            lock.close();
            throw HistoryUnusable.of(still.history(), e);
        }
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public long count() throws IOException, InterruptedException {
        return still.count();
    }

    @Override
    public void tell(Ear ear) throws IOException, InterruptedException {
        List<Copied> next = new ArrayList<>(GROUP);
        still.tell(copied -> {
            next.add(copied);
            if (next.size() == GROUP) {
                hear(ear, next);
            }
        });
        if (!next.isEmpty()) {
            hear(ear, next);
        }
    }

    private static void hear(Ear ear, List<Copied> next) throws IOException, InterruptedException {
        ear.hear(List.copyOf(next), next.getLast().entry().id().offset());
        next.clear();
    }

    @Override
    public SortedMap<Kind, SortedMap<String, String>> facts() throws IOException, InterruptedException {
        return still.facts();
    }

    @Override
    public Tally tally() throws IOException, InterruptedException {
        return still.tally();
    }

    @Override
    public void close() {
        lock.close();
    }
}
