package prosa.test.wire;

import org.jspecify.annotations.Nullable;
import prosa.application.port.Act;
import prosa.test.wire.client.Http;
import prosa.test.wire.client.Place;
import prosa.test.wire.client.Wire;
import prosa.test.wire.client.WireClient;
import prosa.test.wire.client.Witness;

/** A Prosa in this process, on free ports: the whole of it, or a chat and the wires of one module. */
public interface House extends AutoCloseable {
    Place place();

    /** Requests by HTTP, of a house that has it. */
    default Http http() {
        return new Http(place().http());
    }

    /**
     * Somebody who is about to join a room. A house without that wire brings somebody who does the same without one.
     *
     * @param since where they were before, or null
     * @param language what a browser would ask for
     */
    default WireClient connect(Wire over, String room, @Nullable String since, String language) {
        return over.connect(place(), room, since, language);
    }

    /** Looks in from outside, if this house has a wire for that. */
    default Witness witness() {
        return http();
    }

    /** An operator called Olga keeps order, past the wire that is tried; returns when that is done. */
    void act(String room, Act act);

    @Override
    void close();
}
