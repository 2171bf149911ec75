package prosa.application.port;

import java.util.List;
import prosa.domain.Entry;

/**
 * What one read of the log gave: what was said, and what was taken away.
 *
 * @param entries oldest first
 * @param more whether the {@link Bound} left out some of what was asked for
 */
public record Stretch(List<Entry> entries, boolean more) {
    public Stretch {
        entries = List.copyOf(entries);
    }
}
