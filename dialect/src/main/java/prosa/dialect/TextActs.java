package prosa.dialect;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import prosa.application.port.Act;
import prosa.application.port.Command;
import prosa.application.port.Secret;
import prosa.domain.Fault.Usage.Form;
import prosa.domain.Refused;
import prosa.domain.Term;

/** What operators type, and whoever shows a secret. */
final class TextActs {
    // Names contain no quotes, straight or curved (some keyboards put curved ones by themselves).
    private static final Pattern QUOTED = Pattern.compile("[\"“”]([^\"“”\\v]*)[\"“”](?:\\s+(\\S+))?");
    private static final Pattern TIMED = Pattern.compile("(.*\\S)\\s+(\\S+)");
    private static final Pattern POSITION = Pattern.compile("[0-9]+-[0-9]+");
    private static final Pattern COUNT = Pattern.compile("[0-9]+");
    private static final Pattern ROOM_AND_KEY = Pattern.compile("(\\S+)\\s+(\\S.*)");

    private TextActs() {}

    /** Into a closed room, by its key. */
    static Command key(String rest) {
        Matcher parts = ROOM_AND_KEY.matcher(rest);
        if (!parts.matches()) {
            return TextDialect.wrong(Form.KEY);
        }
        return shown(
                "KEY",
                parts.group(2),
                key -> new Command.Join(
                        Optional.empty(),
                        Optional.of(parts.group(1)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(key),
                        Optional.empty(),
                        Optional.empty()));
    }

    static Command op(String rest) {
        return rest.isEmpty()
                ? TextDialect.wrong(Form.OP)
                : shown("TOKEN", rest, token -> new Command.Op(token, Optional.empty()));
    }

    private static Command shown(String part, String secret, Function<Secret, Command> command) {
        try {
            return command.apply(Secret.shown(part, secret));
        } catch (Refused refused) {
            return new Command.Unreadable(refused.reason(), refused.fault(), Optional.empty());
        }
    }

    /** An act that needs nothing but its word. */
    static Command alone(Form form, String rest, Act act) {
        return rest.isEmpty() ? perform(act) : TextDialect.wrong(form);
    }

    /** An act on somebody: all of the rest is their name. */
    static Command on(Form form, String rest, Function<String, Act> act) {
        Matcher quoted = QUOTED.matcher(rest);
        if (quoted.matches() && quoted.group(2) == null) {
            return perform(act.apply(quoted.group(1)));
        }
        return TextDialect.isOneLine(rest) ? perform(act.apply(rest)) : TextDialect.wrong(form);
    }

    /** An act on somebody, for a time: the last word, if it can be one. A name that ends so goes in quotes. */
    static Command timed(Form form, String rest, Timed act) {
        Matcher quoted = QUOTED.matcher(rest);
        if (quoted.matches()) {
            return perform(act.of(quoted.group(1), Optional.ofNullable(quoted.group(2))));
        }
        Matcher timed = TIMED.matcher(rest);
        if (timed.matches() && isTerm(timed.group(2))) {
            return perform(act.of(timed.group(1), Optional.of(timed.group(2))));
        }
        return TextDialect.isOneLine(rest) ? perform(act.of(rest, Optional.empty())) : TextDialect.wrong(form);
    }

    /** A message by its position, or the last of somebody. No position is a name, and a name that ends in a number goes in quotes. */
    static Command remove(String rest) {
        if (POSITION.matcher(rest).matches()) {
            return perform(new Act.Remove(rest));
        }
        Matcher quoted = QUOTED.matcher(rest);
        if (quoted.matches()) {
            return perform(new Act.RemoveLast(quoted.group(1), Optional.ofNullable(quoted.group(2))));
        }
        Matcher counted = TIMED.matcher(rest);
        if (counted.matches() && COUNT.matcher(counted.group(2)).matches()) {
            return perform(new Act.RemoveLast(counted.group(1), Optional.of(counted.group(2))));
        }
        return on(Form.REMOVE, rest, name -> new Act.RemoveLast(name, Optional.empty()));
    }

    /** What may last for a time. */
    @FunctionalInterface
    interface Timed {
        Act of(String whom, Optional<String> time);
    }

    private static boolean isTerm(String word) {
        try {
            return Term.read(word).isPresent();
        } catch (Refused tooLong) {
            return true;
        }
    }

    private static Command perform(Act act) {
        return new Command.Perform(act, Optional.empty(), Optional.empty());
    }
}
