package prosa.application;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import prosa.domain.Name;
import prosa.domain.RoomName;

/**
 * The tokens by which people take their names back after a lost connection.
 *
 * <p>Owned by the delivery thread.
 */
final class Passes {
    /** How long a token is known after its holder has left. */
    static final Duration KNOWN_FOR = Duration.ofMinutes(10);

    /** The most tokens that are known of people who have left, some 40 MB; beyond it the oldest go early. Joining is free, memory is not. */
    static final int MAX_LEFT = 100_000;

    private final HouseClock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<Long, Pass> passes = new HashMap<>();
    /** Of those who have left, in the order of their leaving. */
    private final ArrayDeque<Pass> left = new ArrayDeque<>();

    private long issued;

    /** One token: who holds it, in which room and under which name. */
    static final class Pass {
        private final long number;
        private final String secret;
        private final RoomName room;
        private Name name;
        private @Nullable Conversation holder;
        /** On the house clock's nanoTime. */
        private @Nullable Long leftAt;

        private Pass(long number, String secret, RoomName room, Name name, Conversation holder) {
            this.number = number;
            this.secret = secret;
            this.room = room;
            this.name = name;
            this.holder = holder;
        }

        /** {@code <number>.<secret>}: found by the one, proved by the other. */
        String token() {
            return number + "." + secret;
        }

        RoomName room() {
            return room;
        }

        Name name() {
            return name;
        }

        /** Who is here by it, if anybody. */
        Optional<Conversation> holder() {
            return Optional.ofNullable(holder);
        }

        void rename(Name name) {
            this.name = name;
        }

        void passTo(Conversation visitor) {
            holder = visitor;
        }
    }

    Passes(HouseClock clock) {
        this.clock = clock;
    }

    Pass issue(RoomName room, Name name, Conversation holder) {
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Pass pass = new Pass(++issued, text, room, name, holder);
        passes.put(pass.number, pass);
        return pass;
    }

    Optional<Pass> find(String token) {
        int dot = token.indexOf('.');
        if (dot < 1 || dot > 18 || !token.chars().limit(dot).allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.ofNullable(passes.get(Long.parseLong(token, 0, dot, 10)))
                .filter(pass -> !isForgotten(pass) && isSecret(pass, token.substring(dot + 1)));
    }

    /** In constant time: how long a wrong guess takes must not tell how much of it was right. */
    private static boolean isSecret(Pass pass, String guess) {
        return MessageDigest.isEqual(
                pass.secret.getBytes(StandardCharsets.UTF_8), guess.getBytes(StandardCharsets.UTF_8));
    }

    void left(Pass pass) {
        pass.holder = null;
        pass.leftAt = clock.nanoTime();
        left.add(pass);
        if (left.size() > MAX_LEFT) {
            passes.remove(left.remove().number);
        }
    }

    private boolean isForgotten(Pass pass) {
        return pass.leftAt != null && clock.nanoTime() - pass.leftAt >= KNOWN_FOR.toNanos();
    }

    /** The look once a second. */
    void inspect() {
        while (!left.isEmpty() && isForgotten(left.element())) {
            passes.remove(left.remove().number);
        }
    }
}
