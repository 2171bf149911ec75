package prosa.application;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Reason;
import prosa.domain.Refused;

/**
 * The reads of the history: a few at a time, and whoever waits, waits in turn. So thousands that come back at once are told all,
 * one page after the other, instead of being refused; and they leave a core to those who talk.
 *
 * <p>Owned by the delivery thread; answers come on the history's threads and are handed on as its tasks.
 */
@OwnedByTurn
final class Reads {
    private static final Logger LOG = LoggerFactory.getLogger(Reads.class);

    /** The history's own threads. */
    private static final int AT_ONCE = 2;

    /** One thread is left to those who join: they wait for one page at the most. */
    private static final int OTHERS_AT_ONCE = 1;

    private final Executor deliveryThread;
    private final Queue<Read<?>> joins = new ArrayDeque<>();
    private final Queue<Read<?>> others = new ArrayDeque<>();
    private final Queue<Read<?>> postponed = new ArrayDeque<>();
    private int joinsUnderWay;
    private int othersUnderWay;
    private long removals;

    /** @param deliveryThread runs what depends on an answer */
    Reads(Executor deliveryThread) {
        this.deliveryThread = deliveryThread;
    }

    /** Whether somebody waits for an answer. */
    enum Wanted {
        YES,
        /** They have closed their side: perhaps they have gone, and perhaps they still read. They come last. */
        PERHAPS,
        NO;

        static Wanted yesIf(boolean wanted) {
            return wanted ? YES : NO;
        }
    }

    private record Read<T>(
            Supplier<Wanted> wanted,
            Supplier<CompletionStage<T>> question,
            BiConsumer<@Nullable T, @Nullable Reason> then) {}

    /** Asks for what somebody needs to come into a room. */
    <T> void forJoin(Supplier<CompletionStage<T>> question, BiConsumer<@Nullable T, @Nullable Reason> then) {
        assert DeliveryThread.hasTurn();
        joins.add(new Read<>(() -> Wanted.YES, question, then));
        next();
    }

    /**
     * Asks for something else.
     *
     * @param wanted looked at when it is its turn; what nobody wants any more is dropped, and {@code then} is not called
     * @param then gets the answer, or the reason why there is none
     */
    <T> void ask(
            Supplier<Wanted> wanted,
            Supplier<CompletionStage<T>> question,
            BiConsumer<@Nullable T, @Nullable Reason> then) {
        assert DeliveryThread.hasTurn();
        others.add(new Read<>(wanted, question, then));
        next();
    }

    /** Something was taken away just now: what is being read may have it still, and is read again. */
    void outdate() {
        assert DeliveryThread.hasTurn();
        removals++;
    }

    private void next() {
        while (joinsUnderWay + othersUnderWay < AT_ONCE && !joins.isEmpty()) {
            joinsUnderWay++;
            begin(joins.remove(), () -> joinsUnderWay--);
        }
        while (joinsUnderWay + othersUnderWay < AT_ONCE && othersUnderWay < OTHERS_AT_ONCE && beginOther()) {}
    }

    private boolean beginOther() {
        while (!others.isEmpty()) {
            Read<?> read = others.remove();
            switch (read.wanted().get()) {
                case YES -> {
                    othersUnderWay++;
                    begin(read, () -> othersUnderWay--);
                    return true;
                }
                case PERHAPS -> postponed.add(read);
                case NO -> {}
            }
        }
        if (postponed.isEmpty()) {
            return false;
        }
        othersUnderWay++;
        begin(postponed.remove(), () -> othersUnderWay--);
        return true;
    }

    private <T> void begin(Read<T> read, Runnable ended) {
        long before = removals;
        read.question()
                .get()
                .whenComplete((answer, failure) -> deliveryThread.execute(() -> {
                    if (failure == null && removals != before) {
                        begin(read, ended);
                        return;
                    }
                    ended.run();
                    if (failure != null && !isRefusal(failure)) {
                        LOG.error("What was read can't be told", failure);
                    }
                    try {
                        read.then().accept(answer, failure == null ? null : Chat.reasonOf(failure));
                    } finally {
                        next();
                    }
                }));
    }

    /** Of a history that can't be read its own log tells. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Refused || failure.getCause() instanceof Refused;
    }
}
