package prosa.application.port;

import java.util.Optional;

/**
 * A port to listen on.
 *
 * @param number 0 for any that is free
 * @param encryption empty: in the clear
 */
public record Port(int number, Optional<Encryption> encryption) {
    public static Port plain(int number) {
        return new Port(number, Optional.empty());
    }
}
