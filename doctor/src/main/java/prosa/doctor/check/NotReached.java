package prosa.doctor.check;

import java.util.List;

/** There is no Prosa at the address, or no way to it. */
public final class NotReached extends Exception {
    private static final long serialVersionUID = 1;

    private final String how;
    private final transient List<Object> values;

    NotReached(String how, Object... values) {
        super(how, null, false, false);
        this.how = how;
        this.values = List.of(values);
    }

    /** The key of the words, as a {@link Finding} has it. */
    public String how() {
        return how;
    }

    /** For those words. */
    public List<Object> values() {
        return values;
    }
}
