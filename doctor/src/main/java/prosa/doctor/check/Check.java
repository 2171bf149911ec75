package prosa.doctor.check;

import java.io.IOException;
import java.util.List;

/** One thing that can be right or wrong with the way to a Prosa. Each is used once, on a thread of its own. */
public sealed interface Check
        permits ClocksAgree,
                FeedIsNotCompressed,
                FeedIsNotHeld,
                HostIsKept,
                Http2IsSpoken,
                LastEventIdIsKept,
                OriginIsKept,
                SilenceIsBorne,
                TlsIsSound,
                WebSocketPasses {
    /** As {@code --json} names it. */
    String id();

    /** @throws IOException if it could not be tried */
    Finding find() throws IOException;

    /** Whether it can be made where Prosa refuses every request for the name that it is asked by. */
    default boolean needsPassage() {
        return true;
    }

    default Finding right(String how, Object... values) {
        return new Finding(id(), Finding.Verdict.RIGHT, how, List.of(values));
    }

    default Finding wrong(String how, Object... values) {
        return new Finding(id(), Finding.Verdict.WRONG, how, List.of(values));
    }

    default Finding notTried(String how, Object... values) {
        return new Finding(id(), Finding.Verdict.NOT_TRIED, how, List.of(values));
    }
}
