package prosa.checker.judgement;

import java.util.List;
import java.util.Set;

/** Something that should not be. */
public sealed interface Finding {
    /** Which sentence does not hold. */
    Sentence sentence();

    /** An acknowledged message is not in the history. */
    record Lost(Attempt acknowledged, Set<String> shownTo) implements Finding {
        @Override
        public Sentence sentence() {
            return Sentence.KEPT_ONCE;
        }
    }

    /** An answer names another place than the one at which the message is. */
    record Elsewhere(Attempt acknowledged, Position kept) implements Finding {
        @Override
        public Sentence sentence() {
            return Sentence.KEPT_ONCE;
        }
    }

    /** The history has a message more than once, acknowledged or not. */
    record Doubled(String text, List<Position> at) implements Finding {
        @Override
        public Sentence sentence() {
            return Sentence.NOTHING_ELSE_KEPT;
        }
    }

    /** The history has what was refused at each attempt. */
    record KeptThoughRefused(Entry entry, String reason) implements Finding {
        @Override
        public Sentence sentence() {
            return Sentence.NOTHING_ELSE_KEPT;
        }
    }

    /** The history has what nobody said, or not in this room or under this name. */
    record Invented(Entry entry) implements Finding {
        @Override
        public Sentence sentence() {
            return Sentence.NOTHING_ELSE_KEPT;
        }
    }

    /** An observer is shown a message behind one that comes after it, or a second time. */
    record OutOfOrder(String observer, Position before, Entry then) implements Finding {
        @Override
        public Sentence sentence() {
            return Sentence.ONE_ORDER;
        }
    }

    /** The history gives its own messages in another order than that of their positions. */
    record HistoryOutOfOrder(Entry before, Entry then) implements Finding {
        @Override
        public Sentence sentence() {
            return Sentence.ONE_ORDER;
        }
    }

    /** Observers are shown something that the history has not, or not so, or not there. */
    record NotInHistory(Entry shown, Set<String> shownTo) implements Finding {
        @Override
        public Sentence sentence() {
            return Sentence.ONE_ORDER;
        }
    }

    /** A person's later message lies before an earlier one. */
    record Overtaken(String person, Entry earlier, Entry later) implements Finding {
        @Override
        public Sentence sentence() {
            return Sentence.OWN_ORDER;
        }
    }

    /** An observer was not shown these, and no gap was told. */
    record SilentGap(String observer, List<Position> missing) implements Finding {
        @Override
        public Sentence sentence() {
            return Sentence.NO_SILENT_GAP;
        }
    }

    /** Somebody spoke under a name while another one had it. */
    record TwoHolders(String name, String holder, String other, Entry spoken) implements Finding {
        @Override
        public Sentence sentence() {
            return Sentence.ONE_HOLDER;
        }
    }

    /** Somebody was shown what was not for them. */
    record Leaked(Confidence confidence, String where) implements Finding {
        @Override
        public Sentence sentence() {
            return Sentence.NOTHING_PRIVATE;
        }
    }
}
