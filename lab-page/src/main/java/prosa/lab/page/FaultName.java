package prosa.lab.page;

import java.util.Optional;
import java.util.stream.Stream;
import prosa.lab.relay.Direction;
import prosa.lab.relay.Fault;
import prosa.lab.relay.Link;

/** The faults that the page has buttons for. */
enum FaultName {
    /** As a router does that forgot the connection: both sides get a reset. */
    CUT("cut", new Fault.Cut(Fault.Cut.How.RST)),
    /** As a client that stops reading. */
    STALL("stall", new Fault.Stall()),
    /** So slow that one can watch: a message takes some two seconds. */
    THROTTLE("throttle", new Fault.Throttle(100)),
    HALF_OPEN("half-open", new Fault.HalfOpen()),
    /** A proxy that collects a page's worth of bytes whatever the response says. */
    BUFFER("buffer", new Fault.Buffer(4_096, false)),
    /** The same, but it does what the response's head asks. */
    BUFFER_HEEDING("buffer-heeding", new Fault.Buffer(4_096, true)),
    HEAL("heal", Fault.NONE);

    private final String id;
    private final Fault fault;

    FaultName(String id, Fault fault) {
        this.id = id;
        this.fault = fault;
    }

    String id() {
        return id;
    }

    static Optional<FaultName> of(String id) {
        return Stream.of(values()).filter(name -> name.id.equals(id)).findFirst();
    }

    /** What is slow or holds back does so to what the server sends; the rest concerns both directions. */
    void befall(Link link) {
        switch (fault) {
            case Fault.Stall stall -> onlyDown(link);
            case Fault.Throttle throttle -> onlyDown(link);
            case Fault.Buffer buffer -> onlyDown(link);
            default -> link.set(fault);
        }
    }

    private void onlyDown(Link link) {
        link.set(Direction.UP, Fault.NONE);
        link.set(Direction.DOWN, fault);
    }
}
