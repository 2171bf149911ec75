package prosa.lab.compare;

import static prosa.lab.compare.CompareParser.CACERT;
import static prosa.lab.compare.CompareParser.DEFAULT_TCP;
import static prosa.lab.compare.CompareParser.DEFAULT_TCP_TLS;
import static prosa.lab.compare.CompareParser.DOCS;
import static prosa.lab.compare.CompareParser.EXPERIMENTS;
import static prosa.lab.compare.CompareParser.FROM;
import static prosa.lab.compare.CompareParser.HTML;
import static prosa.lab.compare.CompareParser.JSON;
import static prosa.lab.compare.CompareParser.NO_EXPERIMENTS;
import static prosa.lab.compare.CompareParser.PID;
import static prosa.lab.compare.CompareParser.SECONDS;
import static prosa.lab.compare.CompareParser.TCP;
import static prosa.lab.compare.CompareParser.URL;
import static prosa.lab.compare.CompareParser.WARM_UP;
import static prosa.lab.compare.CompareParser.WIRES;
import static prosa.lab.compare.CompareParser.WORK_DIR;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;
import prosa.lab.Wire;
import prosa.lab.WorkFolder;
import prosa.lab.compare.CompareOptions.Running;
import prosa.lab.figures.Experiment;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Tls;
import prosa.lab.tls.Trust;
import prosa.language.Catalogue;
import prosa.language.Language;
import prosa.language.LanguageChoice;

/** What the values on {@code compare}'s command line mean. */
final class CompareValues {
    private static final int DEFAULT_HTTP = 80;
    private static final int DEFAULT_HTTPS = 443;
    private static final int MOST_SECONDS = 600;

    private final ParseResult result;
    private final Map<String, String> env;
    private final Language language;
    private final Catalogue words;

    /** @param language in which it is told what is wrong */
    CompareValues(ParseResult result, Map<String, String> env, Language language) {
        this.result = result;
        this.env = env;
        this.language = language;
        this.words = Words.in(language);
    }

    CompareOptions options() throws BadOption {
        requireLanguage();
        return new CompareOptions(
                running(),
                some(WIRES, Wire.class, Wire::id, false),
                some(EXPERIMENTS, Experiment.Kind.class, Experiment.Kind::id, true),
                duration(SECONDS),
                duration(WARM_UP),
                existing(FROM, path -> Files.isRegularFile(path) && Files.isReadable(path), "bad.read"),
                file(JSON),
                file(HTML),
                existing(DOCS, CompareValues::hasDocuments, "bad.docs"),
                work(),
                language);
    }

    static <E> List<String> ids(Class<E> type, Function<E, String> id) {
        return Stream.of(type.getEnumConstants()).map(id).toList();
    }

    private Optional<String> given(String flag) {
        return Optional.ofNullable(result.matchedOptionValue(flag, null));
    }

    /** @param key of what goes on after the value */
    private BadOption bad(String flag, String value, String key, Object... values) {
        return new BadOption(flag, value, words.get(key, values));
    }

    /** {@link LanguageChoice} has passed over what is none. */
    private void requireLanguage() throws BadOption {
        Optional<String> option = given(LanguageChoice.OPTION);
        String variable = env.getOrDefault(LanguageChoice.VARIABLE, "");
        if (option.isPresent() && Language.of(option.get()).isEmpty()) {
            throw BadOption.noLanguage(LanguageChoice.OPTION, option.get(), language);
        }
        if (option.isEmpty() && !variable.isEmpty() && Language.of(variable).isEmpty()) {
            throw BadOption.noLanguage(LanguageChoice.VARIABLE, variable, language);
        }
    }

    private Optional<Running> running() throws BadOption {
        Optional<String> url = given(URL);
        if (url.isEmpty()) {
            for (String flag : List.of(TCP, CACERT, PID)) {
                if (given(flag).isPresent()) {
                    throw bad(flag, given(flag).get(), "bad.needs", URL);
                }
            }
            return Optional.empty();
        }
        URI http = uri(URL, url.get(), "http", "https");
        String lines = http.getScheme().equals("https") ? "tcps" : "tcp";
        String tcp = given(TCP).orElse(http.getHost());
        URI tcpUri = uri(TCP, tcp.contains("://") ? tcp : lines + "://" + tcp, "tcp", "tcps");
        boolean encrypted = isEncrypted(http) || isEncrypted(tcpUri);
        if (!encrypted && given(CACERT).isPresent()) {
            throw bad(CACERT, given(CACERT).get(), "bad.needs", URL + " https://" + words.get("place.host-port"));
        }
        Optional<Trust> trust = encrypted ? Optional.of(trust()) : Optional.empty();
        Optional<String> pid = given(PID);
        return Optional.of(new Running(
                endpoint(URL, url.get(), http, isEncrypted(http) ? DEFAULT_HTTPS : DEFAULT_HTTP, trust),
                endpoint(TCP, tcp, tcpUri, isEncrypted(tcpUri) ? DEFAULT_TCP_TLS : DEFAULT_TCP, trust),
                pid.isPresent() ? process(pid.get()) : OptionalLong.empty()));
    }

    private static boolean isEncrypted(URI uri) {
        return uri.getScheme().endsWith("s");
    }

    private URI uri(String flag, String value, String plain, String encrypted) throws BadOption {
        try {
            URI uri = URI.create(value);
            if (uri.getHost() == null || !plain.equals(uri.getScheme()) && !encrypted.equals(uri.getScheme())) {
                String shape = words.get("place.host-port");
                throw bad(flag, value, "bad.shape", flag.equals(URL) ? "http(s)://" + shape : shape);
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw bad(flag, value, "bad.address");
        }
    }

    private Endpoint endpoint(String flag, String value, URI uri, int port, Optional<Trust> trust) throws BadOption {
        try {
            InetSocketAddress at = new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? port : uri.getPort());
            if (at.isUnresolved()) {
                throw bad(flag, value, "bad.host");
            }
            Optional<Trust> trusted = trust.filter(whom -> isEncrypted(uri));
            return new Endpoint(at, trusted.map(whom -> new Tls(whom, bare(uri.getHost()))));
        } catch (IllegalArgumentException e) {
            throw bad(flag, value, "bad.address");
        }
    }

    /** As certificates name an address of IPv6. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private Trust trust() throws BadOption {
        Optional<Path> file = existing(CACERT, path -> Files.isRegularFile(path) && Files.isReadable(path), "bad.read");
        try {
            return file.isPresent() ? Trust.in(file.get()) : Trust.usual();
        } catch (IOException e) {
            throw bad(CACERT, given(CACERT).orElse(""), "bad.certificates");
        }
    }

    private OptionalLong process(String value) throws BadOption {
        long pid = number(PID, value, Integer.MAX_VALUE);
        if (ProcessHandle.of(pid).isEmpty()) {
            throw bad(PID, value, "bad.process");
        }
        return OptionalLong.of(pid);
    }

    private Optional<Duration> duration(String flag) throws BadOption {
        Optional<String> seconds = given(flag);
        return seconds.isPresent()
                ? Optional.of(Duration.ofSeconds(number(flag, seconds.get(), MOST_SECONDS)))
                : Optional.empty();
    }

    private int number(String flag, String value, int most) throws BadOption {
        // Not Integer.parseInt alone: it takes +1 and other scripts' digits.
        if (value.matches("[1-9][0-9]{0,9}") && Long.parseLong(value) <= most) {
            return Integer.parseInt(value);
        }
        throw bad(flag, value, "bad.number", most);
    }

    private <E extends Enum<E>> Set<E> some(String flag, Class<E> type, Function<E, String> id, boolean orNone)
            throws BadOption {
        Optional<String> value = given(flag);
        if (value.isEmpty()) {
            return EnumSet.allOf(type);
        }
        Set<E> chosen = EnumSet.noneOf(type);
        if (orNone && value.get().equals(NO_EXPERIMENTS)) {
            return chosen;
        }
        for (String wanted : value.get().split(",", -1)) {
            Optional<E> found = Arrays.stream(type.getEnumConstants())
                    .filter(one -> id.apply(one).equals(wanted))
                    .findFirst();
            chosen.add(found.orElseThrow(() -> bad(flag, wanted, "bad.none-of", language.list(ids(type, id)))));
        }
        return chosen;
    }

    /** Told before three minutes are spent on what then can't be written. */
    private Optional<Path> file(String flag) throws BadOption {
        Optional<String> value = given(flag);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Path file = path(flag, value.get());
        Path folder = file.getParent();
        boolean writable = !value.get().isBlank()
                && folder != null
                && Files.isWritable(folder)
                && !Files.isDirectory(file)
                && (Files.notExists(file) || Files.isWritable(file));
        if (!writable) {
            throw bad(flag, value.get(), "bad.write");
        }
        return Optional.of(file);
    }

    private Path path(String flag, String value) throws BadOption {
        try {
            return Path.of(Tilde.expand(flag, value, env, language)).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw bad(flag, value, "bad.file-name");
        }
    }

    private WorkFolder work() throws BadOption {
        return existing(WORK_DIR, path -> Files.isDirectory(path) && Files.isWritable(path), "bad.write")
                .map(WorkFolder::new)
                .orElseGet(WorkFolder::usual);
    }

    private static boolean hasDocuments(Path folder) {
        return Files.isWritable(folder.resolve("discussion.md"))
                && Files.isWritable(folder.resolve("discussion.pt.md"));
    }

    private Optional<Path> existing(String flag, Predicate<Path> fits, String otherwise) throws BadOption {
        Optional<String> value = given(flag);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Path path = path(flag, value.get());
        if (value.get().isBlank() || !fits.test(path)) {
            throw bad(flag, value.get(), otherwise);
        }
        return Optional.of(path);
    }
}
