package prosa.delivery;

import org.jspecify.annotations.Nullable;

/**
 * What one follower is told of the past, before its feeds go on. Made when there is something, as most are never told any. Thousands may
 * come back at once, so each writes only when it has its turn among those who are told the past.
 */
@OwnedByTurn
final class CatchingUp {
    /** What has to be told before the feeds go on. */
    private @Nullable CatchUp missed;

    /** What its client wants to see again, of whatever feed. It comes first. */
    private @Nullable CatchUp lookBack;

    private Turn turn = Turn.NONE;

    private enum Turn {
        NONE,
        DUE,
        NOW
    }

    void tellMissed(@Nullable CatchUp piece) {
        assert DeliveryThread.hasTurn();
        missed = piece;
    }

    void lookBack(@Nullable CatchUp piece) {
        assert DeliveryThread.hasTurn();
        lookBack = piece;
    }

    @Nullable
    CatchUp missed() {
        assert DeliveryThread.hasTurn();
        return missed;
    }

    boolean isLookingBack() {
        assert DeliveryThread.hasTurn();
        return lookBack != null;
    }

    /** Whether it is told this. */
    boolean isTold(CatchUp piece) {
        assert DeliveryThread.hasTurn();
        return missed == piece || lookBack == piece;
    }

    /** All of that piece was told. */
    void ended(CatchUp piece) {
        assert DeliveryThread.hasTurn();
        missed = missed == piece ? null : missed;
        lookBack = lookBack == piece ? null : lookBack;
    }

    /** Whether there is nothing left to tell, and no turn that would come for nothing. */
    boolean isOver() {
        assert DeliveryThread.hasTurn();
        return missed == null && lookBack == null && turn == Turn.NONE;
    }

    /** Whether something is to be told. */
    boolean isDue() {
        assert DeliveryThread.hasTurn();
        return missed != null || lookBack != null;
    }

    /** Asks for a turn. False if it is due already. */
    boolean ask() {
        assert DeliveryThread.hasTurn();
        boolean asked = turn != Turn.DUE;
        turn = Turn.DUE;
        return asked;
    }

    /** What is told next, if it has its turn: else it has to ask for one. */
    @Nullable
    CatchUp inTurn() {
        assert DeliveryThread.hasTurn();
        return turn != Turn.NOW ? null : lookBack != null ? lookBack : missed;
    }

    void beginTurn() {
        assert DeliveryThread.hasTurn();
        turn = Turn.NOW;
    }

    void endTurn() {
        assert DeliveryThread.hasTurn();
        turn = turn == Turn.NOW ? Turn.NONE : turn;
    }
}
