package prosa.lab.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import prosa.lab.client.Connection;
import prosa.lab.server.Server;

/**
 * What the kernel of the server's network tells of its TCP connections ({@code /proc/PID/net/tcp}): whether one is still open, and how
 * much waits in it. For a server on this machine, under Linux. Any thread may ask.
 */
final class Sockets {
    private static final int ESTABLISHED = 1;
    /** The peer has closed, and this side not yet. */
    private static final int CLOSE_WAIT = 8;

    private static final long FRESH_NANOS = 200_000_000;

    private final Path net;
    /** This and the next under this object's lock. */
    private OptionalLong looked = OptionalLong.empty();

    private Optional<List<Row>> seen = Optional.empty();

    private Sockets(Path net) {
        this.net = net;
    }

    static Sockets of(Server server) {
        String process =
                server.process().map(known -> Long.toString(known.pid())).orElse("self");
        return new Sockets(Path.of("/proc", process, "net"));
    }

    /** Whether the server holds its end of a client's connection; empty if that can't be known. */
    Optional<Boolean> holds(int serverPort, Connection client) {
        return rows().map(rows -> rows.stream()
                .anyMatch(row -> row.connects(serverPort, client.localPort())
                        && (row.state == ESTABLISHED || row.state == CLOSE_WAIT)));
    }

    /** Bytes that the server wrote and the client did not read, in both kernels' buffers. */
    OptionalLong waiting(int serverPort, Connection client) {
        return rows().map(rows -> OptionalLong.of(rows.stream()
                        .mapToLong(row -> row.connects(serverPort, client.localPort())
                                ? row.toSend
                                : row.connects(client.localPort(), serverPort) ? row.toRead : 0)
                        .sum()))
                .orElse(OptionalLong.empty());
    }

    private record Row(int localPort, int remotePort, int state, long toSend, long toRead) {
        boolean connects(int local, int remote) {
            return localPort == local && remotePort == remote;
        }

        /** {@code sl local:port remote:port state tx:rx ...}, in hexadecimal. */
        static Row parse(String line) {
            String[] fields = line.strip().split("\\s+", 6);
            return new Row(
                    hex(after(fields[1])),
                    hex(after(fields[2])),
                    hex(fields[3]),
                    Long.parseLong(fields[4].substring(0, 8), 16),
                    Long.parseLong(after(fields[4]), 16));
        }

        private static String after(String field) {
            return field.substring(field.indexOf(':') + 1);
        }

        private static int hex(String digits) {
            return Integer.parseInt(digits, 16);
        }
    }

    /** As they were a moment ago: a kernel walks through its whole table, which takes it a millisecond or more. */
    private synchronized Optional<List<Row>> rows() {
        if (looked.isEmpty() || System.nanoTime() - looked.getAsLong() > FRESH_NANOS) {
            seen = look();
            looked = OptionalLong.of(System.nanoTime());
        }
        return seen;
    }

    private Optional<List<Row>> look() {
        List<Row> rows = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            try {
                Files.readAllLines(net.resolve(table)).stream()
                        .skip(1)
                        .map(Row::parse)
                        .forEach(rows::add);
            } catch (IOException | RuntimeException e) {
                if (table.equals("tcp")) {
                    return Optional.empty();
                }
                // A system without IPv6 has but one table.
            }
        }
        return Optional.of(rows);
    }
}
