package prosa.planted.application;

/** As in the house. */
@interface OwnedByTurn {}
