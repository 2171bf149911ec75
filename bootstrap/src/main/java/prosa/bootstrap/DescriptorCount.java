package prosa.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import prosa.application.Descriptors;

/** How many file descriptors are left, as systems tell it. */
final class DescriptorCount {
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files +([0-9]+|unlimited) ");

    private DescriptorCount() {}

    /** Of a system that does not tell there are any number. */
    static Descriptors.Count ofThisProcess() {
        return Files.isDirectory(OPEN) && Files.isReadable(LIMITS) ? new Linux() : () -> Long.MAX_VALUE;
    }

    /** Not by the JDK's bean, which loads 300 classes and lists the folder each time. */
    private static final class Linux implements Descriptors.Count {
        /** Read again with each count, as it may be changed from outside; the last one known when there is no descriptor to read it by. */
        private long limit = Long.MAX_VALUE;

        @Override
        public long left() throws IOException {
            long open = open();
            limit = limit();
            return limit - open;
        }

        private static long open() throws IOException {
            long size = Files.size(OPEN);
            return size > 0 ? size : listed();
        }

        /** Before Linux 6.2 the folder has no size. One of its entries is the descriptor by which it is read. */
        private static long listed() throws IOException {
            try (Stream<Path> entries = Files.list(OPEN)) {
                return entries.count() - 1;
            }
        }

        private long limit() {
            try {
                return limitIn(Files.readString(LIMITS));
            } catch (IOException e) {
                return limit;
            }
        }
    }

    /** @param limits as Linux writes them */
    static long limitIn(String limits) {
        Matcher matcher = LIMIT.matcher(limits);
        return matcher.find() && !matcher.group(1).equals("unlimited")
                ? Long.parseLong(matcher.group(1))
                : Long.MAX_VALUE;
    }
}
