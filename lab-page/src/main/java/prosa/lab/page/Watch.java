package prosa.lab.page;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import prosa.lab.Wire;
import prosa.lab.bytes.Classifier;
import prosa.lab.bytes.Span;
import prosa.lab.relay.Direction;
import prosa.lab.relay.Link;
import prosa.lab.relay.Tap;

/**
 * Tells a session of everything that passes through one of its connections, and of what a fault keeps from passing.
 *
 * <p>Each direction's classifier is used by the thread that forwards there; there is one at a time.
 */
final class Watch implements Tap {
    /** More of one write is counted but not shown. */
    private static final int SHOWN = 2_048;

    private final Session session;
    private final Link link;
    private final Wire wire;
    private final String connection;
    private final Classifier up;
    private final Classifier down;
    private volatile boolean faulty;

    Watch(Session session, Link link, Wire wire, String connection) {
        this.session = session;
        this.link = link;
        this.wire = wire;
        this.connection = connection;
        this.up = Classifier.of(wire, Direction.UP);
        this.down = Classifier.of(wire, Direction.DOWN);
    }

    String connection() {
        return connection;
    }

    Link link() {
        return link;
    }

    void befall(FaultName fault) {
        faulty = fault != FaultName.HEAL;
        session.tell(report("fault", System.nanoTime()).with("fault", fault.id()));
        fault.befall(link);
    }

    void opened() {
        session.tell(report("opened", System.nanoTime()));
    }

    @Override
    public void received(Direction direction, ByteBuffer bytes, long nanos) {
        if (faulty) {
            session.tellOfTraffic(sums(report("sent", nanos).with(direction), direction));
        }
    }

    @Override
    public void forwarded(Direction direction, ByteBuffer bytes, long nanos) {
        byte[] shown = new byte[Math.min(SHOWN, bytes.remaining())];
        bytes.get(bytes.position(), shown);
        List<Span> spans = classifier(direction).read(bytes);
        session.tellOfTraffic(sums(report("bytes", nanos).with(direction), direction)
                .with("hex", HexFormat.of().formatHex(shown))
                .with(spans));
    }

    private Classifier classifier(Direction direction) {
        return switch (direction) {
            case UP -> up;
            case DOWN -> down;
        };
    }

    private Report sums(Report report, Direction direction) {
        return report.with("sent", link.received(direction)).with("arrived", link.forwarded(direction));
    }

    @Override
    public void ended(Direction direction, boolean reset, long nanos) {
        session.tell(report("ended", nanos).with(direction).with("reset", reset));
    }

    @Override
    public void closed(long nanos) {
        session.tell(report("closed", nanos));
    }

    private Report report(String name, long nanos) {
        return new Report(name, session.millis(nanos)).with("wire", wire.id()).with("connection", connection);
    }
}
