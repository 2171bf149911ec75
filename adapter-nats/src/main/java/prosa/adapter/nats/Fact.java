package prosa.adapter.nats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import prosa.application.port.Register.Kind;

/** What a fact is known by in the register, and in the bucket: {@code fact.ban._} and base64url of its key, which may be any text. */
record Fact(Kind kind, String key) {
    /** With which all keys of facts begin in the bucket. */
    static final String KEYS = "fact.";

    /** The bucket knows no empty keys. */
    private static final String BEGIN = "_";

    String inBucket() {
        byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
        return KEYS + word(kind) + "." + BEGIN
                + Base64.getUrlEncoder().withoutPadding().encodeToString(utf8);
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Empty if it is none, or of a kind that a later Prosa knows. */
    static Optional<Fact> parse(String inBucket) {
        String[] parts = inBucket.split("\\.", -1);
        if (parts.length != 3 || !inBucket.startsWith(KEYS) || !parts[2].startsWith(BEGIN)) {
            return Optional.empty();
        }
        try {
            byte[] utf8 = Base64.getUrlDecoder().decode(parts[2].substring(BEGIN.length()));
            return Arrays.stream(Kind.values())
                    .filter(kind -> word(kind).equals(parts[1]))
                    .findFirst()
                    .map(kind -> new Fact(kind, new String(utf8, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
