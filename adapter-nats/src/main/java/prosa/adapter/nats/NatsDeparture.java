package prosa.adapter.nats;

import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import prosa.application.port.Departure;
import prosa.application.port.HistoryCopy.Copied;
import prosa.application.port.HouseClock;
import prosa.application.port.LogUnusable;
import prosa.application.port.Register.Kind;
import prosa.application.port.SharedLog;
import prosa.application.port.Tally;
import prosa.domain.Cleared;
import prosa.domain.Entry;
import prosa.domain.Message;
import prosa.domain.Removed;
import prosa.domain.RoomName;

/** A stream that no Prosa has at the moment. */
public final class NatsDeparture implements Departure {
    private final Link link;
    private final Places places;
    private final long epoch;
    private final StreamInfo stream;

    // What was taken away, and may stand in the stream still.
    private final Set<Long> removed = new HashSet<>();
    private final Map<RoomName, Long> cleared = new HashMap<>();

    private NatsDeparture(Link link, Places places, long epoch, StreamInfo stream) {
        this.link = link;
        this.places = places;
        this.epoch = epoch;
        this.stream = stream;
    }

    /**
     * @throws LogUnusable in one line: there is no such stream, it is in use, or a move to it has not ended
     * @throws IOException if the engine is not there
     */
    public static NatsDeparture open(SharedLog log, HouseClock clock)
            throws IOException, LogUnusable, InterruptedException {
        Places places = new Places(log.prefix());
        Link link = Link.open(log, 1);
        try {
            Premises premises = new Premises(places, log.replicas());
            premises.find(link);
            Moves moves = new Moves(places);
            moves.requireNone(link);
            moves.requireStill(link, false);
            return new NatsDeparture(link, places, new Epochs(places, clock).agreed(link), link.look(places.stream()));
        } catch (IOException | LogUnusable | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public long count() {
        return stream.getStreamState().getMsgCount();
    }

    private void read(Ear ear) throws IOException, InterruptedException {
        new StreamReading(link, places, epoch).read(1, stream.getStreamState().getLastSequence(), ear);
    }

    @Override
    public void tell(Ear ear) throws IOException, InterruptedException {
        read((next, upTo) -> {
            next.forEach(copied -> note(copied.entry()));
            ear.hear(next, upTo);
        });
    }

    private void note(Entry entry) {
        switch (entry) {
            case Message message -> {}
            case Removed one -> removed.add(one.of().offset());
            case Cleared all -> cleared.put(all.room(), all.id().offset());
        }
    }

    @Override
    public SortedMap<Kind, SortedMap<String, String>> facts() throws IOException, InterruptedException {
        return new FactBucket(places).readAll(link);
    }

    @Override
    public Tally tally() throws IOException, InterruptedException {
        Tally tally = new Tally();
        read((next, upTo) -> tally(next, tally));
        facts().forEach((kind, all) -> all.forEach((key, value) -> tally.add(kind, key, value)));
        return tally;
    }

    private void tally(List<Copied> next, Tally tally) {
        for (Copied copied : next) {
            if (copied.entry() instanceof Message message && isThere(message)) {
                tally.add(message, copied.key());
            }
        }
    }

    private boolean isThere(Message message) {
        long offset = message.id().offset();
        return !removed.contains(offset) && offset > cleared.getOrDefault(message.room(), 0L);
    }

    @Override
    public void close() {
        link.close();
    }
}
