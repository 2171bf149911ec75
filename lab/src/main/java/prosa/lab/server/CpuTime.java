package prosa.lab.server;

import java.util.Map;

/**
 * Processor time of a process's threads at one moment, of user and kernel together.
 *
 * @param nanos by thread, in nanoseconds
 */
public record CpuTime(Map<String, Long> nanos) {
    public CpuTime {
        nanos = Map.copyOf(nanos);
    }

    /** What was used since {@code earlier}, in nanoseconds. What a thread used that has ended meanwhile is not known, and left out. */
    public long since(CpuTime earlier) {
        return nanos.entrySet().stream()
                .mapToLong(thread -> Math.max(0, thread.getValue() - earlier.nanos.getOrDefault(thread.getKey(), 0L)))
                .sum();
    }
}
