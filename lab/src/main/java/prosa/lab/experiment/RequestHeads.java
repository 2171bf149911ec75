package prosa.lab.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import prosa.lab.relay.Direction;
import prosa.lab.relay.Link;
import prosa.lab.relay.Tap;

/** The heads of the requests that pass through a relay (RFC 9112 §2.1). Any thread may look. */
final class RequestHeads {
    private static final Pattern HEAD =
            Pattern.compile("(?:GET|POST|HEAD|OPTIONS) (\\S+) HTTP/1\\.1\r\n(?:[^\r\n]+\r\n)*\r\n");
    private static final int MOST = 64 * 1024;

    private final List<Head> heads = new CopyOnWriteArrayList<>();

    /**
     * One of them.
     *
     * @param link the connection on which it came
     * @param text all of it, up to and with the empty line
     */
    record Head(Link link, String target, String text) {
        int bytes() {
            return text.length();
        }

        /** @param field in small letters */
        boolean has(String field) {
            return text.toLowerCase(Locale.ROOT).contains("\r\n" + field + ":");
        }
    }

    /** What looks at one connection. */
    Tap tap(Link link) {
        return new Tap() {
            /** Of a request whose end has not come. */
            private final StringBuilder begun = new StringBuilder();

            @Override
            public void received(Direction direction, ByteBuffer bytes, long nanos) {
                if (direction == Direction.UP && begun.length() < MOST) {
                    begun.append(StandardCharsets.ISO_8859_1.decode(bytes.duplicate()));
                    take(link, begun);
                }
            }
        };
    }

    private void take(Link link, StringBuilder begun) {
        Matcher head = HEAD.matcher(begun);
        int end = 0;
        while (head.find()) {
            heads.add(new Head(link, head.group(1), head.group()));
            end = head.end();
        }
        begun.delete(0, end);
    }

    /** Those for one target, in the order in which they came. */
    Stream<Head> to(String target) {
        return heads.stream().filter(head -> head.target().equals(target));
    }

    /** On how many connections these were asked for. */
    long connections(Collection<String> targets) {
        return heads.stream()
                .filter(head -> targets.contains(head.target()))
                .map(Head::link)
                .distinct()
                .count();
    }
}
