package prosa.lab.server;

import java.util.Optional;
import prosa.lab.client.Address;

/**
 * A Prosa to measure.
 *
 * @param process what it spends; empty if its process can't be looked at
 */
public record Server(Address address, Optional<Spending> process) {
    /** The address of its HTTP, as a browser writes it. */
    public String url() {
        return address.url();
    }
}
