package prosa.bootstrap;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ParseResult;
import prosa.application.port.Secret;
import prosa.application.port.Trust;
import prosa.bootstrap.Choices.Given;
import prosa.bootstrap.Options.TutorialPort;
import prosa.domain.RoomName;
import prosa.lab.compare.BadOption;
import prosa.lab.compare.Tilde;
import prosa.language.Language;

/** What the options' values mean, on the command line and in the environment. */
final class OptionValues {
    private static final int MEBIBYTES_IN_GIBIBYTE = 1_024;
    private static final int LEAST_MEBIBYTES = 256;
    private static final int MOST_MEBIBYTES = 1_024 * MEBIBYTES_IN_GIBIBYTE;

    /** As {@code ./prosa} reads it. */
    private static final Pattern SIZE = Pattern.compile("(?<number>[1-9][0-9]{0,5})(?:[mM]|(?<giga>[gG]))");

    private final Choices choices;
    private final Map<String, String> env;
    private final boolean launched;
    private final Language language;

    /** @param language that was chosen, in which it is also told what is wrong */
    OptionValues(ParseResult result, Map<String, String> env, boolean launched, Language language) {
        this.choices = new Choices(result, env, Words.in(language));
        this.env = env;
        this.launched = launched;
        this.language = language;
    }

    Options options() throws BadOption {
        requireMemory();
        requireLanguage();
        PortValues ports = new PortValues(choices, this::path);
        Optional<Tls> tls = ports.tls();
        HttpPort http = ports.http(tls);
        OptionalInt tcp = ports.tcp(http, tls);
        Bind bind = bind(choices, given(Option.BIND));
        Trust trust = new TrustValues(choices).trust();
        return new Options(
                http,
                tcp,
                tls,
                tutorialPort(),
                choices.port(given(Option.LAB_PORT), "bad.port"),
                bind,
                dataDir(given(Option.DATA_DIR)),
                new HistoryValues(choices, this::path).history(),
                language,
                choices.isOn(given(Option.IO_URING)),
                trust,
                roomKeys(),
                claimDays(given(Option.CLAIM_DAYS)),
                new LimitValues(choices)
                        .limits(
                                bind.isLoopback(),
                                trust.proxies(),
                                Runtime.getRuntime().maxMemory()));
    }

    private Map<RoomName, Secret.Hash> roomKeys() throws BadOption {
        Optional<Given> file = choices.chosen(Option.ROOM_KEYS);
        if (file.isEmpty()) {
            return Map.of();
        }
        try {
            return RoomKeys.read(path(file.get(), "bad.file"));
        } catch (RoomKeys.Bad e) {
            throw choices.bad(file.get(), e.key(), e.details());
        }
    }

    private Given given(Option option) {
        return choices.given(option);
    }

    private Optional<TutorialPort> tutorialPort() throws BadOption {
        Optional<Given> chosen = choices.chosen(Option.TUTORIAL_PORT);
        if (chosen.isEmpty()) {
            return Optional.of(new TutorialPort(Integer.parseInt(Option.TUTORIAL_PORT.fallback), false));
        }
        if (chosen.get().value().equals(Choices.OFF)) {
            return Optional.empty();
        }
        return Optional.of(new TutorialPort(choices.port(chosen.get(), "bad.port-or-off"), true));
    }

    static Bind bind(Choices choices, Given given) throws BadOption {
        try {
            return Bind.to(given.value());
        } catch (Bind.NotOurs e) {
            throw choices.bad(
                    given,
                    switch (e.why()) {
                        case NO_ADDRESS -> "bad.bind.none";
                        case UNKNOWN -> "bad.bind.unknown";
                        case FOREIGN -> "bad.bind.foreign";
                    });
        }
    }

    private Path dataDir(Given given) throws BadOption {
        Path dir = path(given, "bad.folder");
        if (Files.exists(dir) && !Files.isDirectory(dir)) {
            throw choices.bad(given, "bad.folder");
        }
        return dir;
    }

    private Path path(Given given, String complaint) throws BadOption {
        return path(choices, given, complaint, env, language);
    }

    static Path path(Choices choices, Given given, String complaint, Map<String, String> env, Language language)
            throws BadOption {
        if (given.value().isBlank()) {
            throw choices.bad(given, complaint);
        }
        try {
            return Path.of(Tilde.expand(given.where(), given.value(), env, language));
        } catch (InvalidPathException e) {
            throw choices.bad(given, complaint);
        }
    }

    private int claimDays(Given given) throws BadOption {
        if (given.value().matches("[0-9]{1,5}")) {
            int days = Integer.parseInt(given.value());
            if (days >= 1 && days <= Options.MAX_CLAIM_DAYS) {
                return days;
            }
        }
        throw choices.bad(given, "bad.days", Options.MAX_CLAIM_DAYS);
    }

    /** The launcher has read it before there was a JVM; here it is only told what is wrong with it. */
    private void requireMemory() throws BadOption {
        Optional<Given> chosen = choices.chosen(Option.MEMORY);
        if (chosen.isEmpty()) {
            return;
        }
        Given given = chosen.get();
        Matcher size = SIZE.matcher(given.value());
        if (!size.matches()) {
            throw choices.bad(given, "bad.size");
        }
        long mebibytes =
                Long.parseLong(size.group("number")) * (size.group("giga") == null ? 1 : MEBIBYTES_IN_GIBIBYTE);
        if (mebibytes < LEAST_MEBIBYTES || mebibytes > MOST_MEBIBYTES) {
            throw choices.bad(given, "bad.size-range");
        }
        if (!launched) {
            throw choices.bad(given, "bad.java-jar");
        }
    }

    /** What names none was passed over when the language was chosen. */
    private void requireLanguage() throws BadOption {
        Optional<Given> chosen = choices.chosen(Option.LANG);
        if (chosen.isPresent() && Language.of(chosen.get().value()).isEmpty()) {
            throw BadOption.noLanguage(chosen.get().where(), chosen.get().value(), language);
        }
    }
}
