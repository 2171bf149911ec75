package prosa.bootstrap;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import prosa.bootstrap.Choices.Given;
import prosa.lab.compare.BadOption;

/** What is open, what is encrypted, and what of that does not go together. */
final class PortValues {
    private static final String REDIRECT = "redirect";
    private static final String SELF = "self";

    private final Choices choices;
    private final Paths paths;

    PortValues(Choices choices, Paths paths) {
        this.choices = choices;
        this.paths = paths;
    }

    /** Reads a path. */
    interface Paths {
        /** @param complaint key of what is wrong with it, if something is */
        Path path(Given given, String complaint) throws BadOption;
    }

    Optional<Tls> tls() throws BadOption {
        Optional<Tls.Certificate> certificate = certificate();
        if (certificate.isPresent()) {
            return Optional.of(new Tls(
                    certificate.get(), choices.portOrOff(Option.HTTPS_PORT), choices.portOrOff(Option.TCP_TLS_PORT)));
        }
        for (Option port : List.of(Option.HTTPS_PORT, Option.TCP_TLS_PORT)) {
            Optional<Given> given = choices.chosen(port);
            if (given.isPresent()) {
                throw choices.alone(given.get(), "bad.tls.none");
            }
        }
        return Optional.empty();
    }

    private Optional<Tls.Certificate> certificate() throws BadOption {
        Optional<Given> self = choices.chosen(Option.TLS);
        Optional<Given> file = choices.chosen(Option.TLS_CERT);
        Optional<Given> key = choices.chosen(Option.TLS_KEY);
        if (self.isPresent()) {
            if (!self.get().value().equals(SELF)) {
                throw choices.bad(self.get(), "bad.tls");
            }
            if (file.isPresent() || key.isPresent()) {
                throw choices.alone(self.get(), "bad.tls.both");
            }
            return Optional.of(new Tls.Certificate.Self());
        }
        if (file.isPresent() != key.isPresent()) {
            Option missing = file.isPresent() ? Option.TLS_KEY : Option.TLS_CERT;
            throw choices.alone(file.or(() -> key).orElseThrow(), "bad.tls.alone", missing.flag());
        }
        if (file.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Tls.Certificate.Files(paths.path(file.get(), "bad.file"), paths.path(key.get(), "bad.file")));
    }

    HttpPort http(Optional<Tls> tls) throws BadOption {
        Given given = choices.given(Option.HTTP_PORT);
        String value = given.value();
        if (value.equals(Choices.OFF)) {
            return new HttpPort.Off();
        }
        if (!value.equals(REDIRECT) && !value.startsWith(REDIRECT + ":")) {
            return new HttpPort.Open(choices.port(given, "bad.http-port"));
        }
        if (tls.isEmpty()) {
            throw choices.alone(given, "bad.tls.none");
        }
        if (tls.get().httpsPort().isEmpty()) {
            throw choices.alone(given, "bad.redirect", Option.HTTPS_PORT.flag());
        }
        String number = value.equals(REDIRECT) ? Option.HTTP_PORT.fallback : value.substring(REDIRECT.length() + 1);
        return new HttpPort.Redirect(choices.port(given, number, "bad.http-port"));
    }

    OptionalInt tcp(HttpPort http, Optional<Tls> tls) throws BadOption {
        OptionalInt tcp = choices.portOrOff(Option.TCP_PORT);
        boolean encrypted = tls.isPresent() && tls.get().isOpen();
        if (tcp.isEmpty() && http instanceof HttpPort.Off && !encrypted) {
            throw choices.alone(choices.given(Option.TCP_PORT), "bad.all-off");
        }
        return tcp;
    }
}
