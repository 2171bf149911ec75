package prosa.adapter.javalin;

import io.javalin.http.Context;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import prosa.domain.Fault;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** The opening of a WebSocket, before Jetty answers it. */
final class Handshake {
    static final String VERSION = "13";

    private static final String KEY = "Sec-WebSocket-Key";
    private static final int KEY_BYTES = 16;
    private static final int KEY_CHARACTERS = 24;

    private Handshake() {}

    /** The head of a request, whoever has read it. */
    @FunctionalInterface
    interface Head {
        /** A field's value, or null if it is not there. */
        @Nullable
        String field(String name);
    }

    /**
     * @throws Denied {@link Denial#UPGRADE_REQUIRED} if this is none, or one of another version (RFC 6455 §4.4)
     * @throws Refused {@link Reason#MALFORMED} if its key is none (RFC 6455 §4.2.1)
     */
    static void check(Head head) {
        String upgrade = head.field("Upgrade");
        if (upgrade == null
                || !upgrade.toLowerCase(Locale.ROOT).contains("websocket")
                || !VERSION.equals(head.field("Sec-WebSocket-Version"))) {
            throw new Denied(Denial.UPGRADE_REQUIRED);
        }
        String key = head.field(KEY);
        if (key == null || !isKey(key.strip())) {
            throw new Refused(new Fault.NotBase64(KEY, KEY_BYTES));
        }
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == KEY_CHARACTERS && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Who comes to the door of a WebSocket without being one is told what is spoken there. */
    static void refuse(Context request) {
        throw new Denied(Denial.UPGRADE_REQUIRED);
    }
}
