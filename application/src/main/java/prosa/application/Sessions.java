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
import prosa.application.port.HouseClock;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Name;
import prosa.domain.RoomName;

/** Sessions: the tokens by which people take their names back after a lost connection. */
@OwnedByTurn
final class Sessions {
    /** How long a token is known after its holder has left. */
    static final Duration KNOWN_FOR = Duration.ofMinutes(10);

    /** The most tokens that are known of people who have left, some 10 MB; beyond it the oldest go early. Joining is free, memory is not. */
    static final int MAX_LEFT = 100_000;

    private static final int SECRET_BYTES = 16;

    /** Secrets that are drawn at once: to draw each by itself took longer than all else that a session needs. */
    private static final int DRAWN = 64;

    private static final int LEAST_CAPACITY = 16;

    private final HouseClock clock;
    private final SecureRandom random = new SecureRandom();
    private final byte[] drawn = new byte[DRAWN * SECRET_BYTES];
    private final ByteBuffer secrets = ByteBuffer.wrap(drawn).limit(0);
    /** By number, in chains: numbers go one after the other, so that these are short. A map would cost as much as what is in it. */
    private @Nullable Session[] sessions = new Session[LEAST_CAPACITY];

    private int count;
    /** Of those who have left, in the order of their leaving. */
    private final ArrayDeque<Session> left = new ArrayDeque<>();

    private long issued;

    /**
     * One token: who holds it, in which room and under which name. There may be many of people who have left, so it is kept small: 96
     * bytes with its place, where objects for each part took 244.
     */
    static final class Session {
        private final long number;
        private final long secretHigh;
        private final long secretLow;
        private final RoomName room;
        /** A {@link Name}; of who has left, the UTF-8 of one. */
        private Object name;

        private @Nullable Person holder;
        /** On the house clock's nanoTime, once nobody holds it. */
        private long leftAt;

        private @Nullable Session next;

        private Session(long number, ByteBuffer secret, RoomName room, Name name, Person holder) {
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
        Optional<Person> holder() {
            return Optional.ofNullable(holder);
        }

        void rename(Name name) {
            this.name = name;
        }

        void resumeBy(Person person) {
            holder = person;
        }

        private void leave(long now) {
            name = name().value().getBytes(StandardCharsets.UTF_8);
            holder = null;
            leftAt = now;
        }
    }

    Sessions(HouseClock clock) {
        this.clock = clock;
    }

    Session issue(RoomName room, Name name, Person holder) {
        assert DeliveryThread.hasTurn();
        if (!secrets.hasRemaining()) {
            random.nextBytes(drawn);
            secrets.clear();
        }
        Session session = new Session(++issued, secrets, room, name, holder);
        if (++count > sessions.length) {
            resize(2 * sessions.length);
        }
        add(session);
        return session;
    }

    private void add(Session session) {
        int place = placeOf(session.number);
        session.next = sessions[place];
        sessions[place] = session;
    }

    private int placeOf(long number) {
        return (int) number & (sessions.length - 1);
    }

    private void resize(int capacity) {
        @Nullable Session[] before = sessions;
        sessions = new Session[capacity];
        for (Session chain : before) {
            for (Session session = chain; session != null; ) {
                Session next = session.next;
                add(session);
                session = next;
            }
        }
    }

    private @Nullable Session get(long number) {
        Session session = sessions[placeOf(number)];
        while (session != null && session.number != number) {
            session = session.next;
        }
        return session;
    }

    private void remove(Session session) {
        int place = placeOf(session.number);
        Session before = sessions[place];
        if (before == session) {
            sessions[place] = session.next;
        } else {
            while (before != null && before.next != session) {
                before = before.next;
            }
            if (before != null) {
                before.next = session.next;
            }
        }
        if (--count < sessions.length / 4 && sessions.length > LEAST_CAPACITY) {
            resize(sessions.length / 2);
        }
    }

    Optional<Session> find(String token) {
        assert DeliveryThread.hasTurn();
        int dot = token.indexOf('.');
        if (dot < 1 || dot > 18 || !token.chars().limit(dot).allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.ofNullable(get(Long.parseLong(token, 0, dot, 10)))
                .filter(session -> !isForgotten(session) && isSecret(session, token.substring(dot + 1)));
    }

    /** In constant time: how long a wrong guess takes must not tell how much of it was right. */
    private static boolean isSecret(Session session, String guess) {
        return MessageDigest.isEqual(
                session.secret().getBytes(StandardCharsets.UTF_8), guess.getBytes(StandardCharsets.UTF_8));
    }

    /** @param known whether the holder was told the token; if not, nobody can come back by it */
    void left(Session session, boolean known) {
        assert DeliveryThread.hasTurn();
        if (!known) {
            remove(session);
            return;
        }
        session.leave(clock.nanoTime());
        left.add(session);
        if (left.size() > MAX_LEFT) {
            remove(left.remove());
        }
    }

    private boolean isForgotten(Session session) {
        return session.holder == null && clock.nanoTime() - session.leftAt >= KNOWN_FOR.toNanos();
    }

    /** The look once a second. */
    void inspect() {
        assert DeliveryThread.hasTurn();
        while (!left.isEmpty() && isForgotten(left.element())) {
            remove(left.remove());
        }
    }
}
