package prosa.adapter.nats;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.OptionalLong;
import prosa.domain.Draft;
import prosa.domain.Key;
import prosa.domain.Name;
import prosa.domain.RoomName;

/** By what JetStream knows that a message has been published before. */
final class MessageIds {
    private MessageIds() {}

    /**
     * The same on each node, for whoever says it.
     *
     * @param over the offset of the message that came with that key before, so long ago that it does not count
     */
    static String of(Draft draft, Key key, OptionalLong over) {
        String id = of(draft.room(), draft.by(), key);
        return over.isPresent() ? id + "." + over.getAsLong() : id;
    }

    /** Of the first message with that key. */
    static String of(RoomName room, Name by, Key key) {
        String handle = room.value() + '\n' + by.key() + '\n' + key.value();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(handle));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each JDK has it", e);
        }
    }
}
