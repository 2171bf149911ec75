package prosa.application;

import prosa.delivery.OwnedByTurn;

/** Begins conversations, each with its own person. */
@OwnedByTurn
final class Conversations {
    private final Rooms rooms;
    private final Admission admission;
    private final Claims claims;
    private final Speech speech;
    private final LookBacks lookBacks;
    private final Moderation moderation;
    private final Authorization authorization;

    Conversations(
            Rooms rooms,
            Admission admission,
            Claims claims,
            Speech speech,
            LookBacks lookBacks,
            Moderation moderation,
            Authorization authorization) {
        this.rooms = rooms;
        this.admission = admission;
        this.claims = claims;
        this.speech = speech;
        this.lookBacks = lookBacks;
        this.moderation = moderation;
        this.authorization = authorization;
    }

    /** @param done see {@link Conversation} */
    @OwnedByTurn.AnyThread
    Conversation with(Person person, Runnable done) {
        return new Conversation(person, rooms, admission, claims, speech, lookBacks, moderation, authorization, done);
    }
}
