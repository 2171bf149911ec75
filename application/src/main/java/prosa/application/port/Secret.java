package prosa.application.port;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import prosa.domain.Fault;
import prosa.domain.Reason;
import prosa.domain.Refused;

/**
 * What somebody shows who may do what others may not: a room's key, the secret of a claimed name, an operator's token. Only its {@link Hash} is
 * kept, and it prints as dots, so that no log and no error can tell it.
 */
public final class Secret {
    /** The most characters of one. */
    public static final int MAX_LENGTH = 128;

    /** 128 bits can't be guessed (NIST SP 800-63B §5.1.1 asks for 112 of what is looked up by a hash without salt). */
    private static final int RANDOM_BYTES = 16;

    /** What a secret opens. Those that are made here begin with a prefix, by which people and scanners of leaked secrets know them. */
    public enum Kind {
        ROOM,
        CLAIM,
        OP,
        TICKET;

        private final String prefix = "prosa_" + name().toLowerCase(Locale.ROOT) + "_";
    }

    /** A secret's SHA-256 in hexadecimal digits: who reads it where it is kept can't show the secret. */
    public record Hash(String value) {
        /** @throws IllegalArgumentException if it is none */
        public Hash {
            if (!value.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("not a hash");
            }
        }

        /** In constant time: how long it takes must not tell how much of a guess was right. */
        public boolean isOf(Secret secret) {
            return MessageDigest.isEqual(
                    value.getBytes(StandardCharsets.US_ASCII),
                    secret.hash().value.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * As somebody shows it.
     *
     * @param part what they call it
     * @throws Refused {@link Reason#MALFORMED} unless it has 1 to {@value #MAX_LENGTH} characters, all of them printable ASCII
     */
    public static Secret shown(String part, String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new Refused(new Fault.NotKey(part));
        }
        return new Secret(value);
    }

    /** @param random fit for secrets */
    public static Secret made(Kind kind, RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new Secret(kind.prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The secret itself, for whoever it was made for. */
    public String reveal() {
        return value;
    }

    public Hash hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
            return new Hash(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && hash().isOf(secret);
    }

    @Override
    public int hashCode() {
        return hash().hashCode();
    }

    @Override
    public String toString() {
        return "…";
    }
}
