package prosa.checker.judgement;

/** What is to hold, a sentence each. */
public enum Sentence {
    KEPT_ONCE("what was acknowledged is in the history once, where the answer says"),
    NOTHING_ELSE_KEPT("the history has nothing that was refused for good, or that nobody said, and nothing twice"),
    ONE_ORDER("all are shown the same messages at the same positions, in the history's order"),
    OWN_ORDER("what one person says stays in the order in which they said it"),
    NO_SILENT_GAP("whoever resumes is shown all, or told of a gap"),
    ONE_HOLDER("no name is spoken by two at once"),
    NOTHING_PRIVATE("what is for some is shown to nobody else");

    private final String words;

    Sentence(String words) {
        this.words = words;
    }

    /** As people read it. */
    public String words() {
        return words;
    }
}
