package prosa.planted.delivery;

/** As in the house. */
public @interface OwnedByTurn {}
