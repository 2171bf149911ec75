package prosa.application.port;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.domain.Draft;
import prosa.domain.Message;
import prosa.domain.Position;

/**
 * When what is kept was said: never before what was kept before it, whatever the clock does meanwhile. For an engine that gives the
 * order.
 *
 * <p>Not thread-safe: the engine's lock or thread owns it.
 */
public final class Timeline {
    /** A last time that lies farther ahead than this was a wrong clock's: what is said must not carry it for years. */
    public static final Duration BELIEVED = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);

    private final InstantSource clock;
    private Instant last;

    /** @param last when the last entry that is kept was said */
    public Timeline(InstantSource clock, Instant last) {
        this.clock = clock;
        this.last = last;
    }

    /** The message that a draft becomes when it is kept there. */
    public Message keep(Draft draft, Position id) {
        return draft.keptAt(id, keep(draft.at()));
    }

    /** When an entry was made, if it is kept now. */
    public Instant keep(Instant at) {
        if (!at.isBefore(last)) {
            last = at;
        } else if (last.isAfter(clock.instant().plus(BELIEVED))) {
            LOG.warn("The last message was said at {}, which is yet to come: the clock is believed from now on", last);
            last = at;
        }
        return last;
    }
}
