package prosa.application;

import java.util.Optional;
import prosa.application.port.Names;
import prosa.domain.Participant;
import prosa.domain.RoomName;

/**
 * Being in a room.
 *
 * @param participant as the room knows them
 * @param session by which they come back after a lost connection
 * @param hold on their name
 */
record Membership(OpenRoom room, Participant participant, Sessions.Session session, Names.Hold hold) {
    /** Other nodes learn of it. */
    void show(Optional<Membership> before) {
        hold.show(
                participant,
                session::token,
                before.map(was -> was.participant().name())
                        .filter(name -> !name.key().equals(participant.name().key())));
    }

    RoomName roomName() {
        return room.chat().name();
    }
}
