package prosa.bootstrap.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import prosa.test.wire.client.Place;

/** Who comes by which command. */
final class Commands {
    private static final Pattern LINES = Pattern.compile("(?:telnet|nc) localhost \\d+");
    private static final Pattern PIPED = Pattern.compile("(printf .+) \\| nc -N localhost \\d+");
    private static final Pattern WEBSOCKET = Pattern.compile("wscat -c '?ws://localhost:\\d+([^' ]*)'?(?: -s (\\S+))?");
    private static final Pattern SHELL = Pattern.compile("(?:curl|sqlite3|printf) .+");

    private final Place place;
    private final Path folder;

    Commands(Place place, Path folder) {
        this.place = place;
        this.folder = folder;
    }

    Party start(String command) {
        Matcher piped = PIPED.matcher(command);
        Matcher webSocket = WEBSOCKET.matcher(command);
        if (LINES.matcher(command).matches()) {
            return LineParty.typing(place.tcp());
        } else if (piped.matches()) {
            return LineParty.of(printed(piped.group(1)), place.tcp());
        } else if (webSocket.matches()) {
            return new WebSocketParty(
                    URI.create("http://localhost:" + place.http().getPort()), webSocket.group(1), webSocket.group(2));
        } else if (SHELL.matcher(command).matches()) {
            return new ShellParty(command, folder);
        }
        throw new AssertionError("no test knows how to run: " + command);
    }

    private static String printed(String command) {
        try {
            Process printf = new ProcessBuilder("/bin/sh", "-c", command).start();
            return new String(printf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
