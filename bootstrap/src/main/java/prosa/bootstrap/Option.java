package prosa.bootstrap;

import java.util.List;
import java.util.Locale;
import prosa.application.Access;
import prosa.language.Catalogue;
import prosa.language.Language;

/** The options with a value, in the order of the help. Each is also read from the environment, as {@code PROSA_} and its name. */
enum Option {
    HTTP_PORT("8080", Group.WHERE),
    TCP_PORT("2323", Group.WHERE),
    TUTORIAL_PORT("9090", Group.WHERE),
    BIND(Bind.LOCALHOST, Group.WHERE),
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
    DATA_DIR("data", Group.KEPT),
    HISTORY("sqlite", Group.KEPT),
    NATS_CREDS("", Group.KEPT),
    NATS_PREFIX("prosa", Group.KEPT),
    NATS_REPLICAS("1", Group.KEPT),
    LIMITS("", Group.LIMITED),
    LIMIT("", Group.LIMITED),
    MEMORY("1g", Group.LIMITED),
    LAB_PORT("0", Group.REST),
    IO_URING("on", Group.REST),
    LANG("", Group.REST);

    /** What is shown together in the help, in its order. */
    enum Group {
        WHERE,
        ENCRYPTED,
        ACCESS,
        TRUSTED,
        KEPT,
        LIMITED,
        REST;

        String heading(Catalogue words) {
            return words.get("help." + name().toLowerCase(Locale.ROOT));
        }
    }

    /** What holds if nobody says; nothing where there is none. The language's is the locale's. */
    final String fallback;

    final Group group;

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

    /** What it is, and what holds if nobody says: a line of the help. */
    String description(Catalogue words) {
        String help = words.get("help." + id());
        String value = words.find("help." + id() + ".default").orElse(fallback);
        return value.isEmpty() ? help : help + " [" + value + "]";
    }

    /** Words that it takes, beside whatever else, for shells that complete it. */
    List<String> candidates() {
        return switch (this) {
            case HTTP_PORT -> List.of("off", "redirect");
            case TCP_PORT, TUTORIAL_PORT, HTTPS_PORT, TCP_TLS_PORT -> List.of("off");
            case BIND -> List.of(Bind.LOCALHOST, "0.0.0.0");
            case TLS -> List.of("self");
            case HISTORY -> List.of("sqlite", "memory");
            case LIMITS, IO_URING -> List.of("on", "off");
            case LANG -> Language.tags();
            case TLS_CERT,
                    TLS_KEY,
                    ROOM_KEYS,
                    CLAIM_DAYS,
                    TRUST_PROXY,
                    ALLOW_ORIGIN,
                    USER_HEADER,
                    USER_HEADER_STRIP,
                    DATA_DIR,
                    NATS_CREDS,
                    NATS_PREFIX,
                    NATS_REPLICAS,
                    LIMIT,
                    MEMORY,
                    LAB_PORT -> List.of();
        };
    }

    boolean isFile() {
        return this == TLS_CERT || this == TLS_KEY || this == ROOM_KEYS || this == DATA_DIR || this == NATS_CREDS;
    }
}
