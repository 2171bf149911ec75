package prosa.lab.measure;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import prosa.lab.client.Connection;
import prosa.lab.client.Counts;
import prosa.lab.client.KernelCount;
import prosa.lab.figures.Traffic;
import prosa.lab.figures.Traffic.Headers;
import prosa.lab.figures.Traffic.Source;
import prosa.lab.figures.Traffic.Tls;

/**
 * What went over some connections so far, in both directions: what they counted themselves, and TCP/IP's headers.
 *
 * @param secured whether TLS was on them
 * @param headersUp bytes of headers, in all
 */
record Bytes(boolean secured, Counts up, Counts down, double headersUp, double headersDown, Source source) {
    private static final int TCP_HEADER = 20;
    private static final int TIMESTAMPS = 12;

    static Bytes of(Collection<Connection> connections) {
        Counts up = connections.stream().map(Connection::up).reduce(Counts.NONE, Counts::plus);
        Counts down = connections.stream().map(Connection::down).reduce(Counts.NONE, Counts::plus);
        Set<Integer> ports = connections.stream().map(Connection::localPort).collect(Collectors.toSet());
        Optional<Map<Integer, KernelCount>> kernel = KernelCount.ofPorts(ports);
        double headersUp = 0;
        double headersDown = 0;
        for (Connection connection : connections) {
            // Where the kernel does not tell: a segment for each write and read, with timestamps, as all systems send
            // them today.
            KernelCount count = kernel.map(counts -> counts.get(connection.localPort()))
                    .orElseGet(() -> new KernelCount(0, 0, connection.writes(), connection.reads(), true));
            int header = connection.ipHeader() + TCP_HEADER + (count.timestamps() ? TIMESTAMPS : 0);
            headersUp += (double) header * count.segmentsOut();
            headersDown += (double) header * count.segmentsIn();
        }
        boolean secured = connections.stream().anyMatch(Connection::isSecured);
        return new Bytes(
                secured, up, down, headersUp, headersDown, kernel.isPresent() ? Source.KERNEL : Source.ESTIMATED);
    }

    Bytes minus(Bytes earlier) {
        return new Bytes(
                secured,
                up.minus(earlier.up),
                down.minus(earlier.down),
                headersUp - earlier.headersUp,
                headersDown - earlier.headersDown,
                source);
    }

    /** Of {@code messages} that came from the server. Presence and heartbeats are nobody's message. */
    Traffic asDown(long messages) {
        return traffic(messages, down, up, headersDown, headersUp);
    }

    /** Of {@code messages} that went to the server. */
    Traffic asUp(long messages) {
        return traffic(messages, up, down, headersUp, headersDown);
    }

    private Traffic traffic(long messages, Counts along, Counts back, double headersAlong, double headersBack) {
        if (messages == 0) {
            return new Traffic(0, 0, 0, 0, 0, Optional.empty(), Optional.empty());
        }
        double each = messages;
        return new Traffic(
                messages,
                along.payload() / each,
                along.envelope() / each,
                along.framing() / each,
                (back.framing() + back.notice()) / each,
                secured ? Optional.of(new Tls(along.tls() / each, back.tls() / each)) : Optional.empty(),
                Optional.of(new Headers(headersAlong / each, headersBack / each, source)));
    }
}
