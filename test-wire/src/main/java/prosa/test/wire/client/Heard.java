package prosa.test.wire.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody on any wire is told, without the wire's own form. */
public sealed interface Heard {
    /**
     * Somebody said something.
     *
     * @param id where it stands in the log; empty on wires for people
     */
    record Said(String by, String text, Optional<String> id) implements Heard {}

    /** Somebody had said something, which is told again to who looks back: on wires for people it comes with the time of day. */
    record Recalled(String by, String text) implements Heard {}

    /** A further line of what was said before it: on TCP a message may come as several lines. */
    record More(String text) implements Heard {}

    record Ask(String sentence) implements Heard {}

    record Welcome(String room, String name) implements Heard {}

    record Joined(String name, String via) implements Heard {}

    record Left(String name) implements Heard {}

    record Whispered(String by, String text) implements Heard {}

    record Refused(String reason) implements Heard {}

    record Claimed(String name, String secret) implements Heard {}

    /** The name that was given is somebody's, and people are asked for its secret. */
    record AskSecret(String name) implements Heard {}

    /** Anything else, as it came. */
    record Other(String line) implements Heard {}

    Pattern WELCOME = Pattern.compile("\\* (?:Welcome to|Boas-vindas à sala) ([a-z0-9-]+), (.*)\\.");
    Pattern JOINED = Pattern.compile("\\* (.*) (?:joined|entrou) \\((ws|tcp|http)\\)");
    Pattern LEFT = Pattern.compile("\\* (.*) (?:left|saiu)");
    Pattern WHISPERED = Pattern.compile("\\* \\((?:private|privada)\\) ([^:]*): (.*)");
    Pattern REFUSED = Pattern.compile("\\* ([a-z]+(?:-[a-z]+)*): .*");
    Pattern ASK = Pattern.compile("\\* .*(?:name|nome).*\\?");
    Pattern CLAIMED = Pattern.compile("\\* (.*) is yours; your secret is (.*); show it by .*");
    Pattern ASK_SECRET = Pattern.compile("\\* (.*) is claimed: .*");
    Pattern RECALLED = Pattern.compile("\\d\\d:\\d\\d ([^:]*): (.*)");
    Pattern SAID = Pattern.compile("([^:]*): (.*)");

    /** A line as people read it. */
    static Heard line(String line) {
        if (line.startsWith("  ")) {
            return new More(line.substring(2));
        }
        if (!line.startsWith("* ")) {
            return said(line);
        }
        for (Pattern pattern : List.of(ASK, CLAIMED, ASK_SECRET, WELCOME, JOINED, WHISPERED, REFUSED, LEFT)) {
            Matcher notice = pattern.matcher(line);
            if (notice.matches()) {
                return notice(pattern, notice);
            }
        }
        return new Other(line);
    }

    private static Heard said(String line) {
        Matcher recalled = RECALLED.matcher(line);
        if (recalled.matches()) {
            return new Recalled(recalled.group(1), recalled.group(2));
        }
        Matcher said = SAID.matcher(line);
        return said.matches() ? new Said(said.group(1), said.group(2), Optional.empty()) : new Other(line);
    }

    private static Heard notice(Pattern pattern, Matcher notice) {
        if (pattern == ASK) {
            return new Ask(notice.group());
        } else if (pattern == CLAIMED) {
            return new Claimed(notice.group(1), notice.group(2));
        } else if (pattern == ASK_SECRET) {
            return new AskSecret(notice.group(1));
        } else if (pattern == WELCOME) {
            return new Welcome(notice.group(1), notice.group(2));
        } else if (pattern == JOINED) {
            return new Joined(notice.group(1), notice.group(2));
        } else if (pattern == WHISPERED) {
            return new Whispered(notice.group(1), notice.group(2));
        } else if (pattern == REFUSED) {
            return new Refused(notice.group(1));
        }
        return new Left(notice.group(1));
    }

    /** A line as programs read it. */
    static Heard json(String line) {
        Json json = Json.parse(line);
        return switch (json.text("type")) {
            case "said" -> new Said(json.text("by"), json.text("text"), Optional.of(json.text("id")));
            case "ask" -> new Ask(line);
            case "welcome" -> new Welcome(json.text("room"), json.text("name"));
            case "joined" -> new Joined(json.text("name"), json.text("via"));
            case "left" -> new Left(json.text("name"));
            case "whisper" -> new Whispered(json.text("by"), json.text("text"));
            case "claimed" -> new Claimed(json.text("name"), json.text("secret"));
            case "refused" -> new Refused(json.text("reason"));
            default -> new Other(line);
        };
    }

    /** Whether it is what somebody said, now or before. */
    static boolean isMessage(Heard heard) {
        return heard instanceof Said || heard instanceof Recalled;
    }

    /** The messages among all that was heard, each whole and without its id. */
    static List<Said> conversation(List<Heard> all) {
        List<Said> conversation = new ArrayList<>();
        boolean open = false;
        for (Heard heard : all) {
            if (heard instanceof Said said) {
                conversation.add(new Said(said.by(), said.text(), Optional.empty()));
                open = true;
            } else if (heard instanceof Recalled recalled) {
                conversation.add(new Said(recalled.by(), recalled.text(), Optional.empty()));
                open = true;
            } else if (heard instanceof More more && open) {
                Said begun = conversation.removeLast();
                conversation.add(new Said(begun.by(), begun.text() + "\n" + more.text(), Optional.empty()));
            } else {
                open = false;
            }
        }
        return conversation;
    }
}
