package prosa.bootstrap;

import java.util.Locale;
import prosa.application.Access;
import prosa.language.Catalogue;

/** The options with a value, in the order of the help. Each is also read from the environment, as {@code PROSA_} and its name. */
enum Option {
    HTTP_PORT("8080"),
    TCP_PORT("2323"),
    TUTORIAL_PORT("9090"),
    LAB_PORT("0"),
    BIND(Bind.LOCALHOST),
    DATA_DIR("data"),
    HISTORY("sqlite"),
    LANG(""),
    IO_URING("on"),
    MEMORY("1g"),
    TLS("", Group.ENCRYPTED),
    TLS_CERT("", Group.ENCRYPTED),
    TLS_KEY("", Group.ENCRYPTED),
    HTTPS_PORT("8443", Group.ENCRYPTED),
    TCP_TLS_PORT("2324", Group.ENCRYPTED),
    ROOM_KEYS("", Group.ACCESS),
    CLAIM_DAYS(Integer.toString(Access.CLAIM_DAYS), Group.ACCESS),
    TRUST_PROXY("", Group.TRUSTED),
    ALLOW_ORIGIN("", Group.TRUSTED),
    USER_HEADER("", Group.TRUSTED),
    USER_HEADER_STRIP("", Group.TRUSTED),
    LIMITS("", Group.LIMITED),
    LIMIT("", Group.LIMITED);

    /** What is shown together in the help. */
    enum Group {
        EVERYDAY,
        ENCRYPTED,
        ACCESS,
        TRUSTED,
        LIMITED
    }

    /** What the flags leave of 80 columns. */
    private static final int DESCRIPTION_WIDTH = 50;

    /** What holds if nobody says; nothing where there is none. The language's is the locale's. */
    final String fallback;

    final Group group;

    Option(String fallback) {
        this(fallback, Group.EVERYDAY);
    }

    Option(String fallback, Group group) {
        this.fallback = fallback;
        this.group = group;
    }

    String flag() {
        return "--" + id();
    }

    String variable() {
        return "PROSA_" + name();
    }

    /** Whether it may be given several times; in the environment with commas between. */
    boolean isRepeated() {
        return this == TRUST_PROXY || this == ALLOW_ORIGIN || this == LIMIT;
    }

    private String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What stands for its value in the help. */
    String placeholder(Catalogue words) {
        return words.get("help." + id() + ".value");
    }

    /** On one line if it fits: the everyday options are one screen. */
    String[] description(Catalogue words) {
        String help = words.get("help." + id());
        String value = words.find("help." + id() + ".default").orElse(fallback);
        // Put together here: this is done at each start, and to load a MessageFormat takes longer than all the rest.
        String origin = value.isEmpty()
                ? "(" + variable() + ")"
                : "(" + words.get("help.default") + ": " + value + "; " + variable() + ")";
        String line = help + " " + origin;
        return line.length() <= DESCRIPTION_WIDTH ? new String[] {line} : new String[] {help, origin};
    }
}
