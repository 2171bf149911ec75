package prosa.bootstrap;

import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import prosa.lab.client.HttpBody;
import prosa.lab.client.HttpHead;
import prosa.lab.client.Input;
import prosa.lab.compare.BadOption;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.Leg;
import prosa.language.Catalogue;
import prosa.language.Language;
import prosa.language.LanguageChoice;

/**
 * {@code ./prosa health}: asks a server whether it is ready, for a container's health check. It says so in one line, and its status is 0 or 1
 * and nothing else, whatever is wrong. A certificate is not judged: nothing is told that others may not know.
 *
 * @param out gets the line
 */
record Health(PrintStream out) {
    private static final String WORD = "health";
    private static final int CONNECT_MILLIS = 2_000;
    /** The server answers within 2 s, however it is. */
    private static final int ANSWER_MILLIS = 4_000;

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int MOST_OF_AN_ANSWER = 1_024;

    /** Those that say where a server listens. */
    private static final List<Option> WHERE = List.of(
            Option.HTTP_PORT,
            Option.TCP_PORT,
            Option.BIND,
            Option.TLS,
            Option.TLS_CERT,
            Option.TLS_KEY,
            Option.HTTPS_PORT,
            Option.TCP_TLS_PORT);

    static CommandSpec spec(Language language) {
        Catalogue words = Words.in(language);
        CommandSpec spec = TextCommand.spec(WORD, words.get("help.option") + " [URL]", words)
                .addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .arity("0..1")
                        .type(String.class)
                        .paramLabel("URL")
                        .description(words.get("health.url"))
                        .build());
        WHERE.forEach(option -> spec.addOption(Syntax.option(option, words)));
        return TextCommand.complete(spec, words);
    }

    /** @param args what follows its word */
    Status run(List<String> args, Map<String, String> env) {
        Language language = LanguageChoice.of(args, env);
        CommandSpec spec = spec(language);
        CommandLine line = new CommandLine(spec)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setUnmatchedArgumentsAllowed(true);
        try {
            ParseResult result = line.parseArgs(args.toArray(String[]::new));
            if (result.hasMatchedOption(Syntax.HELP)) {
                out.println(Syntax.help(spec));
                return Status.FINE;
            }
            for (String unknown : result.unmatched()) {
                throw BadOption.unknown(unknown, WORD + " " + Syntax.HELP, language);
            }
            String url = result.matchedPositionalValue(0, "");
            HealthPlace place = url.isEmpty()
                    ? HealthPlace.of(new Choices(result, env, Words.in(language)))
                    : HealthPlace.at(url, Words.in(language));
            return ask(place, Words.in(language));
        } catch (BadOption e) {
            return not(e.line());
        } catch (ParameterException e) {
            return not(BadOption.of(e, language).line());
        }
    }

    private Status not(String line) {
        out.println(line);
        return Status.INCOMPLETE;
    }

    private Status ask(HealthPlace place, Catalogue words) {
        try {
            Optional<String> because = switch (place) {
                case HealthPlace.OfHttp(Endpoint endpoint, String host, String path) -> overHttp(endpoint, host, path);
                case HealthPlace.OfLines(Endpoint endpoint) -> overTcp(endpoint, words);
            };
            if (because.isPresent()) {
                return not(words.get("health.not-ready", because.get()));
            }
            out.println(words.get("health.ready"));
            return Status.FINE;
        } catch (IOException e) {
            return not(words.get("health.not-ready", place.shown() + ": " + e.getMessage()));
        }
    }

    private interface Asking<T> {
        T ask(Leg leg, Input in) throws IOException;
    }

    private static <T> T over(Endpoint endpoint, Asking<T> asking) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(endpoint.at(), CONNECT_MILLIS);
            Leg leg = endpoint.join(socket);
            leg.limitReads(ANSWER_MILLIS);
            return asking.ask(leg, new Input(leg.in()));
        }
    }

    /** Why it is not ready. */
    private static Optional<String> overHttp(Endpoint endpoint, String host, String path) throws IOException {
        return over(endpoint, (leg, in) -> {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            leg.out().write(request.getBytes(StandardCharsets.US_ASCII));
            HttpHead head = HttpHead.read(in);
            if (head.status() == OK) {
                return Optional.empty();
            }
            String body = head.status() == UNAVAILABLE
                    ? new String(new HttpBody(in, head).readNBytes(MOST_OF_AN_ANSWER), StandardCharsets.UTF_8)
                    : "";
            return Optional.of(("HTTP " + head.status() + " " + body.replaceAll("\\p{C}+", " ")).strip());
        });
    }

    /** Whoever connects is greeted by a line. */
    private static Optional<String> overTcp(Endpoint endpoint, Catalogue words) throws IOException {
        boolean greeted = over(endpoint, (leg, in) -> in.line().length > 0);
        return greeted ? Optional.empty() : Optional.of(words.get("health.not-greeted"));
    }
}
