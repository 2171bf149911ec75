package prosa.lab.figures;

/**
 * Something that was seen in a trial.
 *
 * @param key a stable id in words with hyphens, which the report translates
 * @param value a number with its unit, a status, or such an id, for people to read
 */
public record Observation(String key, String value) {
    public Observation {
        Check.notBlank(key, "key");
    }
}
