package prosa.application.port;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import prosa.application.port.Register.Kind;
import prosa.domain.Key;
import prosa.domain.Message;
import prosa.domain.RoomName;

/**
 * What there is at one end of a move: how much, and a digest of all of it in its order, but for positions. Two ends that have the same are
 * equal. Not thread-safe.
 */
public final class Tally {
    private final MessageDigest digest;
    private final Set<RoomName> rooms = new HashSet<>();
    private long messages;
    private long facts;

    public Tally() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each JDK has SHA-256", e);
        }
    }

    /** The next message, with the key with which it was said. All of them come before the first fact. */
    public void add(Message message, Optional<Key> key) {
        messages++;
        rooms.add(message.room());
        add(message.room().value());
        add(message.by().value());
        add(message.via().word());
        add(Long.toString(message.at().toEpochMilli()));
        add(message.text().value());
        add(key.map(used -> "+" + used.value()).orElse("-"));
    }

    /** The next fact, in the order of kinds, and of keys within them. */
    public void add(Kind kind, String key, String value) {
        facts++;
        add(kind.name());
        add(key);
        add(value);
    }

    /** With its length, so that no two parts are like one. */
    private void add(String part) {
        byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
        digest.update(utf8);
    }

    public long messages() {
        return messages;
    }

    public long facts() {
        return facts;
    }

    /** In how many something was said. */
    public int rooms() {
        return rooms.size();
    }

    private byte[] soFar() {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own can be cloned", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally tally
                && messages == tally.messages
                && facts == tally.facts
                && Arrays.equals(soFar(), tally.soFar());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(soFar());
    }

    @Override
    public String toString() {
        return messages + " messages, " + facts + " facts";
    }
}
