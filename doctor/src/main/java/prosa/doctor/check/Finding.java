package prosa.doctor.check;

import java.util.List;

/**
 * What a check has found.
 *
 * @param check its {@link Check#id}
 * @param how in which way it is right, wrong or not to be tried: with {@code check} the key of the words
 * @param values for those words; durations are in seconds
 */
public record Finding(String check, Verdict verdict, String how, List<Object> values) {
    public Finding {
        values = List.copyOf(values);
    }

    /** What it comes to. */
    public enum Verdict {
        RIGHT,
        WRONG,
        /** It can't be tried here, which is not wrong. */
        NOT_TRIED
    }
}
