package prosa.dialect;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import prosa.application.port.Act;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.application.port.MessageHistory;
import prosa.application.port.Secret;
import prosa.delivery.CloseReason;
import prosa.domain.Fault;
import prosa.domain.Fault.Usage.Form;
import prosa.domain.Message;
import prosa.domain.Reason;
import prosa.domain.Text;
import prosa.language.Language;

/**
 * What people type and read.
 *
 * <p>No line can pass for another person's: what somebody says begins with their name and a colon, each further line of it with
 * two blanks, and what the server says with {@code * }, with which no name begins.
 *
 * @param language in which the server speaks
 * @param zone in which it tells the time
 */
public record TextDialect(Language language, ZoneId zone) implements Dialect {
    private static final int NAMES_IN_WELCOME = 20;

    // A line that begins with a slash: the command's word, and all that follows, further lines too.
    private static final Pattern COMMAND = Pattern.compile("/(\\S*)(?:\\s(.*))?", Pattern.DOTALL);
    // Names contain no quotes, straight or curved (some keyboards put curved ones by themselves).
    private static final Pattern QUOTED = Pattern.compile("[\"“”]([^\"“”\\v]*)[\"“”]\\s(.*)", Pattern.DOTALL);
    private static final Pattern ADDRESSED = Pattern.compile("[^\\s\"“”]+\\s.*", Pattern.DOTALL);
    private static final Pattern SHOWN =
            Pattern.compile("[\"“”]?(?<name>[^\"“”\\v]+?)[\"“”]?\\s+(?<secret>prosa_claim_[!-~]{1,100})");
    private static final Pattern LINE_BREAK = Pattern.compile("\\v");
    private static final Pattern COUNT = Pattern.compile("0*([1-9][0-9]{0,8})");

    /**
     * {@inheritDoc}
     *
     * <p>A text of several lines that begins with {@code /} is one command; only {@code /msg} takes more than one line. It is
     * refused rather than taken apart, so that nothing that somebody pasted is done or said behind their back. Blanks before a known
     * command slipped in: a secret behind {@code /msg} must not be said to all for one. Before all else they are text.
     */
    @Override
    public Command read(String line) {
        Matcher command = COMMAND.matcher(line.substring(blanksBefore(line)));
        if (!command.matches()) {
            return new Command.Line(line);
        }
        String rest = command.group(2) == null ? "" : command.group(2).strip();
        Optional<Form> form = formOf(command.group(1).toLowerCase(Locale.ROOT));
        if (form.isPresent()) {
            return command(form.get(), rest);
        }
        if (line.startsWith("//")) {
            return new Command.Line(line.substring(1));
        }
        return line.startsWith("/")
                ? new Command.Unreadable(Reason.UNKNOWN_COMMAND, Optional.empty())
                : new Command.Line(line);
    }

    private static int blanksBefore(String line) {
        int blanks = 0;
        while (blanks < line.length()
                && (Character.isWhitespace(line.charAt(blanks)) || Character.isSpaceChar(line.charAt(blanks)))) {
            blanks++;
        }
        return blanks;
    }

    private static Optional<Form> formOf(String word) {
        return Stream.of(Form.values())
                .filter(form -> form.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private static Command command(Form form, String rest) {
        return switch (form) {
            case HELP -> rest.isEmpty() ? new Command.Help() : wrong(form);
            case WHO -> rest.isEmpty() ? new Command.Who(Optional.empty()) : wrong(form);
            case QUIT -> rest.isEmpty() ? new Command.Quit() : wrong(form);
            case NICK -> isOneLine(rest) ? new Command.Nick(rest) : wrong(form);
            case CLAIM -> claim(rest);
            case RELEASE ->
                rest.isEmpty() ? new Command.Release(Optional.empty()) : TextActs.on(form, rest, Act.Release::new);
            case JOIN -> isOneLine(rest) ? join(rest) : wrong(form);
            case MSG -> whisper(rest);
            case LAST -> last(rest);
            case KEY -> TextActs.key(rest);
            case OP -> TextActs.op(rest);
            case KICK -> TextActs.on(form, rest, Act.Kick::new);
            case MUTE -> TextActs.timed(form, rest, Act.Mute::new);
            case UNMUTE -> TextActs.on(form, rest, Act.Unmute::new);
            case QUIET -> TextActs.alone(form, rest, new Act.Quiet());
            case UNQUIET -> TextActs.alone(form, rest, new Act.Unquiet());
            case BAN -> TextActs.timed(form, rest, Act.Ban::new);
            case UNBAN -> TextActs.on(form, rest, Act.Unban::new);
            case BANS -> TextActs.alone(form, rest, new Act.Bans());
            case CLOSE -> TextActs.alone(form, rest, new Act.Close());
            case OPEN -> TextActs.alone(form, rest, new Act.Open());
            case REMOVE -> TextActs.remove(rest);
            case CLEAR -> TextActs.alone(form, rest, new Act.Clear());
            case ACTS -> TextActs.alone(form, rest, new Act.Acts());
        };
    }

    static Command wrong(Form form) {
        return new Command.Unreadable(Reason.MALFORMED, Optional.of(new Fault.Usage(form)), Optional.empty());
    }

    static boolean isOneLine(String rest) {
        return !rest.isEmpty() && !LINE_BREAK.matcher(rest).find();
    }

    /** Names have blanks in them, and secrets have none. What does not look like one was not meant as one. */
    private static Command claim(String rest) {
        if (rest.isEmpty()) {
            return new Command.Claim(Optional.empty());
        }
        Matcher shown = SHOWN.matcher(rest);
        return shown.matches()
                ? new Command.Prove(shown.group("name"), Secret.shown("SECRET", shown.group("secret")))
                : wrong(Form.CLAIM);
    }

    private static Command join(String room) {
        return new Command.Join(
                Optional.empty(), Optional.of(room), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Command whisper(String rest) {
        Matcher quoted = QUOTED.matcher(rest);
        if (quoted.matches()) {
            return new Command.Whisper(quoted.group(1), quoted.group(2).strip(), Optional.empty());
        }
        return ADDRESSED.matcher(rest).matches() ? new Command.Aside(rest) : wrong(Form.MSG);
    }

    private static Command last(String rest) {
        Matcher count = COUNT.matcher(rest);
        return count.matches()
                ? new Command.Last(Math.min(Integer.parseInt(count.group(1)), MessageHistory.MAX_READ))
                : wrong(Form.LAST);
    }

    @Override
    public List<String> linesOf(String text) {
        return List.of(text);
    }

    @Override
    public Dialect past() {
        return new TextOfThePast(this);
    }

    @Override
    public boolean tellsToken() {
        return false;
    }

    @Override
    public List<String> write(Event event) {
        Phrases phrases = new Phrases(language);
        return switch (event) {
            case Event.Said said -> said(said.message());
            case Event.Removed removed ->
                notice(phrases.removed(removed.entry().by(), removed.entry().author()));
            case Event.Cleared cleared -> notice(phrases.cleared(cleared.entry().by()));
            case Event.Joined joined ->
                notice(phrases.joined(joined.name()) + " (" + joined.via().word() + ")");
            case Event.Left left -> notice(phrases.left(left.name()));
            case Event.Renamed renamed -> notice(renamed(renamed, phrases));
            case Event.Presence presence -> notice(phrases.presence(presence.in(), presence.out(), presence.count()));
            case Event.Ask ask -> notice(phrases.askName());
            case Event.Welcome welcome -> welcome(welcome, phrases);
            case Event.Ack ack -> List.of();
            case Event.Refusal refusal -> refusal(refusal.reason(), refusal.fault(), phrases);
            case Event.Told told -> notice(phrases.told(told.to()));
            case Event.Whisper whisper -> said("* " + phrases.privately() + " " + whisper.by(), whisper.text());
            case Event.Farewelled farewelled -> notice(phrases.youLeft(farewelled.room()));
            case Event.AskSecret ask -> notice(phrases.askSecret(ask.name()));
            case Event.Claimed claimed ->
                List.of(
                        "* " + phrases.yours(claimed.name(), claimed.secret().reveal()),
                        "* " + phrases.keepTheSecret());
            case Event.Released released -> notice(phrases.nobodys(released.name()));
            case Event.Called called -> notice(phrases.youAreCalled(called.name()));
            case Event.Who who ->
                notice(phrases.present(
                        who.room(), who.count(), who.present(), who.present().size()));
            case Event.LookBack lookBack -> lookBack(lookBack, phrases);
            case Event.Day day -> List.of();
            case Event.LookedBack lookedBack -> notice(phrases.endOfHistory());
            case Event.Help help -> notices(phrases.help());
            case Event.Opening opening -> List.of();
            case Event.Gap gap -> notice(phrases.gap(gap.room()));
            case Event.Acted acted -> notice(acts().deed(acted.deed()));
            case Event.Operator operator -> notices(acts().operator());
            case Event.Done done -> List.of();
            case Event.Closed closed -> notice(acts().closed(closed));
            case Event.Bans bans -> notices(acts().bans(bans.banned()));
            case Event.Acts acts -> notices(acts().acts(acts.deeds()));
        };
    }

    private ActPhrases acts() {
        return new ActPhrases(language, zone);
    }

    /** Who is called as before has claimed the name, or given it up. */
    private static String renamed(Event.Renamed renamed, Phrases phrases) {
        if (!renamed.from().equals(renamed.name())) {
            return phrases.renamed(renamed.from(), renamed.name());
        }
        return renamed.claimed() ? phrases.claimed(renamed.name()) : phrases.nobodys(renamed.name());
    }

    @Override
    public List<String> write(CloseReason reason) {
        Phrases phrases = new Phrases(language);
        return switch (reason) {
            case QUIT -> notice(phrases.goodbye());
            case SHUTDOWN -> notice(phrases.serverStops());
            case TOO_SLOW -> refusal(Reason.TOO_SLOW, Optional.empty(), phrases);
            case TOO_FAST -> refusal(Reason.TOO_FAST, Optional.empty(), phrases);
            case NAMELESS -> refusal(Reason.NAME_INVALID, Optional.empty(), phrases);
            case UNAVAILABLE -> refusal(Reason.UNAVAILABLE, Optional.empty(), phrases);
            case GONE, REPLACED, EXPELLED -> List.of();
        };
    }

    /** A message as people read it: {@code Alex: Muito bom esse servidor.}, and each further line after two blanks. */
    public static List<String> said(Message message) {
        return said(message.by().value(), message.text());
    }

    static List<String> said(String by, Text text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.lines()) {
            lines.add((lines.isEmpty() ? by + ": " : "  ") + line);
        }
        return lines;
    }

    static List<String> notice(String sentence) {
        return List.of("* " + sentence);
    }

    private static List<String> notices(List<String> lines) {
        return lines.stream().map(line -> "* " + line).toList();
    }

    private static List<String> refusal(Reason reason, Optional<Fault> fault, Phrases phrases) {
        boolean helpHelps = reason == Reason.UNKNOWN_COMMAND || reason == Reason.MALFORMED;
        String sentence = phrases.refusal(reason, fault) + (helpHelps ? " " + phrases.seeHelp() : "");
        return notice(reason.word() + ": " + sentence);
    }

    private static List<String> welcome(Event.Welcome welcome, Phrases phrases) {
        String here = phrases.present(welcome.room(), welcome.count(), welcome.present(), NAMES_IN_WELCOME);
        return List.of("* " + phrases.welcome(welcome.room(), welcome.name()), "* " + here, "* " + phrases.howToGoOn());
    }

    private List<String> lookBack(Event.LookBack lookBack, Phrases phrases) {
        List<String> lines = new ArrayList<>(notice(phrases.historyOf(lookBack.room(), lookBack.count(), zone)));
        if (lookBack.more()) {
            lines.addAll(notice(phrases.moreHistory()));
        }
        return lines;
    }
}
