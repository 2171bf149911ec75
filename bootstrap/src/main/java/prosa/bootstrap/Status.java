package prosa.bootstrap;

import java.util.Locale;
import prosa.doctor.Doctor;
import prosa.lab.compare.Compare;
import prosa.language.Catalogue;

/** What the process ends with. The manual and {@code docs/operations.md} list them. */
enum Status {
    /** After SIGTERM and SIGINT, too. */
    FINE(0),
    /** A command could not do all that it was asked for, or what it looked at is not right. */
    INCOMPLETE(1),
    /** One line on stderr says what is wrong. */
    REFUSED(2),
    /** The JVM's own status for it. */
    OUT_OF_MEMORY(3),
    /** A thread has ended without which the house is silent. */
    SILENT(4);

    private final int code;

    Status(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Status of(Compare.Outcome outcome) {
        return switch (outcome) {
            case FINE -> FINE;
            case NOT_MEASURED -> INCOMPLETE;
            case BAD_OPTION -> REFUSED;
        };
    }

    static Status of(Doctor.Outcome outcome) {
        return switch (outcome) {
            case ALL_RIGHT -> FINE;
            case SOMETHING_WRONG -> INCOMPLETE;
            case NOT_REACHED -> REFUSED;
        };
    }

    /** What it says, for people. */
    String meaning(Catalogue words) {
        return words.get("status." + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
