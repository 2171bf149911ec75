package prosa.bootstrap;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import prosa.application.port.SharedLog;
import prosa.bootstrap.Choices.Given;
import prosa.bootstrap.Options.History;
import prosa.lab.compare.BadOption;

/** Where messages are kept, and what else is said of that. */
final class HistoryValues {
    /** Nothing else is in it: what it asks for by other means, it asks for by options. */
    private static final Pattern SERVER =
            Pattern.compile("(?:nats|tls)://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?/?");

    private static final Pattern OF_SERVERS = Pattern.compile("(?i)[a-z0-9+.-]+:.*");

    private final Choices choices;
    private final Files files;

    /** What a value means that names a file. */
    interface Files {
        Path path(Given given, String complaint) throws BadOption;
    }

    HistoryValues(Choices choices, Files files) {
        this.choices = choices;
        this.files = files;
    }

    History history() throws BadOption {
        Given given = choices.given(Option.HISTORY);
        History history = switch (given.value()) {
            case "sqlite" -> History.SQLITE;
            case "memory" -> History.MEMORY;
            default -> new History.Nats(log(given));
        };
        if (!(history instanceof History.Nats)) {
            requireNone(Option.NATS_CREDS);
            requireNone(Option.NATS_PREFIX);
            requireNone(Option.NATS_REPLICAS);
        }
        return history;
    }

    /** @param given where it is */
    SharedLog log(Given given) throws BadOption {
        return new SharedLog(servers(given), credentials(), prefix(), replicas());
    }

    /** Whoever lists the processes of this machine reads the command line: a secret there is refused, and not shown once more. */
    private List<URI> servers(Given given) throws BadOption {
        if (given.value().contains("@")) {
            throw choices.alone(given, "bad.history.secret", Option.NATS_CREDS.flag());
        }
        if (!OF_SERVERS.matcher(given.value()).matches()) {
            throw choices.bad(given, "bad.history");
        }
        List<URI> servers = new ArrayList<>();
        for (String server : given.value().split(",", -1)) {
            Matcher form = SERVER.matcher(server);
            // What goes on behind the port may be a token.
            if (!form.matches() || !isPort(form.group("port"))) {
                throw choices.alone(given, "bad.history.server");
            }
            servers.add(URI.create(server));
        }
        return servers;
    }

    private static boolean isPort(@Nullable String number) {
        return number == null || Integer.parseInt(number) >= 1 && Integer.parseInt(number) <= Options.MAX_PORT;
    }

    private Optional<Path> credentials() throws BadOption {
        Optional<Given> file = choices.chosen(Option.NATS_CREDS);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Path path = files.path(file.get(), "bad.file");
        if (!java.nio.file.Files.isRegularFile(path)) {
            throw choices.bad(file.get(), "bad.file");
        }
        if (!java.nio.file.Files.isReadable(path)) {
            throw choices.bad(file.get(), "bad.unreadable");
        }
        return Optional.of(path);
    }

    private String prefix() throws BadOption {
        Given given = choices.given(Option.NATS_PREFIX);
        if (!SharedLog.isPrefix(given.value())) {
            throw choices.bad(given, "bad.nats-prefix");
        }
        return given.value();
    }

    private int replicas() throws BadOption {
        Given given = choices.given(Option.NATS_REPLICAS);
        if (given.value().matches("[1-" + SharedLog.MOST_REPLICAS + "]")) {
            return Integer.parseInt(given.value());
        }
        throw choices.bad(given, "bad.nats-replicas", SharedLog.MOST_REPLICAS);
    }

    private void requireNone(Option option) throws BadOption {
        Optional<Given> chosen = choices.chosen(option);
        if (chosen.isPresent()) {
            throw choices.alone(chosen.get(), "bad.needs", Option.HISTORY.flag() + " nats://...");
        }
    }
}
