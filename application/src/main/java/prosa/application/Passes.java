package prosa.application;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Name;
import prosa.domain.RoomName;

/**
 * The tokens by which people take their names back after a lost connection.
 */
@OwnedByTurn
final class Passes {
    /** How long a token is known after its holder has left. */
    static final Duration KNOWN_FOR = Duration.ofMinutes(10);

    /** The most tokens that are known of people who have left, some 10 MB; beyond it the oldest go early. Joining is free, memory is not. */
    static final int MAX_LEFT = 100_000;

    private static final int SECRET_BYTES = 16;
    private static final int LEAST_CAPACITY = 16;

    private final HouseClock clock;
    private final SecureRandom random = new SecureRandom();
    /** By number, in chains: numbers go one after the other, so that these are short. A map would cost as much as what is in it. */
    private @Nullable Pass[] passes = new Pass[LEAST_CAPACITY];

    private int count;
    /** Of those who have left, in the order of their leaving. */
    private final ArrayDeque<Pass> left = new ArrayDeque<>();

    private long issued;

    /**
     * One token: who holds it, in which room and under which name. There may be many of people who have left, so it is kept small: 96
     * bytes with its place, where objects for each part took 244.
     */
    static final class Pass {
        private final long number;
        private final long secretHigh;
        private final long secretLow;
        private final RoomName room;
        /** A {@link Name}; of who has left, the UTF-8 of one. */
        private Object name;

        private @Nullable Conversation holder;
        /** On the house clock's nanoTime, once nobody holds it. */
        private long leftAt;

        private @Nullable Pass next;

        private Pass(long number, ByteBuffer secret, RoomName room, Name name, Conversation holder) {
            this.number = number;
            this.secretHigh = secret.getLong();
            this.secretLow = secret.getLong();
            this.room = room;
            this.name = name;
            this.holder = holder;
        }

        /** {@code <number>.<secret>}: found by the one, proved by the other. */
        String token() {
            return number + "." + secret();
        }

        private String secret() {
            byte[] secret = ByteBuffer.allocate(SECRET_BYTES)
                    .putLong(secretHigh)
                    .putLong(secretLow)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        }

        RoomName room() {
            return room;
        }

        Name name() {
            return name instanceof Name held ? held : new Name(new String((byte[]) name, StandardCharsets.UTF_8));
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

        private void leave(long now) {
            name = name().value().getBytes(StandardCharsets.UTF_8);
            holder = null;
            leftAt = now;
        }
    }

    Passes(HouseClock clock) {
        this.clock = clock;
    }

    Pass issue(RoomName room, Name name, Conversation holder) {
        assert DeliveryThread.hasTurn();
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        Pass pass = new Pass(++issued, ByteBuffer.wrap(secret), room, name, holder);
        if (++count > passes.length) {
            resize(2 * passes.length);
        }
        add(pass);
        return pass;
    }

    private void add(Pass pass) {
        int place = placeOf(pass.number);
        pass.next = passes[place];
        passes[place] = pass;
    }

    private int placeOf(long number) {
        return (int) number & (passes.length - 1);
    }

    private void resize(int capacity) {
        @Nullable Pass[] before = passes;
        passes = new Pass[capacity];
        for (Pass chain : before) {
            for (Pass pass = chain; pass != null; ) {
                Pass next = pass.next;
                add(pass);
                pass = next;
            }
        }
    }

    private @Nullable Pass get(long number) {
        Pass pass = passes[placeOf(number)];
        while (pass != null && pass.number != number) {
            pass = pass.next;
        }
        return pass;
    }

    private void remove(Pass pass) {
        int place = placeOf(pass.number);
        Pass before = passes[place];
        if (before == pass) {
            passes[place] = pass.next;
        } else {
            while (before != null && before.next != pass) {
                before = before.next;
            }
            if (before != null) {
                before.next = pass.next;
            }
        }
        if (--count < passes.length / 4 && passes.length > LEAST_CAPACITY) {
            resize(passes.length / 2);
        }
    }

    Optional<Pass> find(String token) {
        assert DeliveryThread.hasTurn();
        int dot = token.indexOf('.');
        if (dot < 1 || dot > 18 || !token.chars().limit(dot).allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.ofNullable(get(Long.parseLong(token, 0, dot, 10)))
                .filter(pass -> !isForgotten(pass) && isSecret(pass, token.substring(dot + 1)));
    }

    /** In constant time: how long a wrong guess takes must not tell how much of it was right. */
    private static boolean isSecret(Pass pass, String guess) {
        return MessageDigest.isEqual(
                pass.secret().getBytes(StandardCharsets.UTF_8), guess.getBytes(StandardCharsets.UTF_8));
    }

    /** @param known whether the holder was told the token; if not, nobody can come back by it */
    void left(Pass pass, boolean known) {
        assert DeliveryThread.hasTurn();
        if (!known) {
            remove(pass);
            return;
        }
        pass.leave(clock.nanoTime());
        left.add(pass);
        if (left.size() > MAX_LEFT) {
            remove(left.remove());
        }
    }

    private boolean isForgotten(Pass pass) {
        return pass.holder == null && clock.nanoTime() - pass.leftAt >= KNOWN_FOR.toNanos();
    }

    /** The look once a second. */
    void inspect() {
        assert DeliveryThread.hasTurn();
        while (!left.isEmpty() && isForgotten(left.element())) {
            remove(left.remove());
        }
    }
}
