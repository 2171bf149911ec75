package prosa.lab.compare;

/** The languages in which the command talks. */
public enum Speech {
    ENGLISH,
    PORTUGUESE;

    String either(String english, String portuguese) {
        return this == ENGLISH ? english : portuguese;
    }
}
