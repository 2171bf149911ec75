package prosa.domain;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A room and who is in it. It decides who may enter, under which name, and what may be said.
 *
 * <p>Not thread-safe: whoever holds the room calls it from one thread.
 */
public final class ChatRoom {
    private final RoomName name;
    private final Map<String, Participant> present = new LinkedHashMap<>();
    private long seats;

    public ChatRoom(RoomName name) {
        this.name = name;
    }

    public RoomName name() {
        return name;
    }

    /**
     * Lets somebody in.
     *
     * @throws Refused {@link Reason#NAME_TAKEN}
     */
    public Participant enter(Name newcomer, Via via) {
        requireFree(newcomer);
        Participant participant = new Participant(++seats, newcomer, via);
        present.put(newcomer.key(), participant);
        return participant;
    }

    /** Lets somebody out. Leaving twice is leaving once. */
    public void leave(Participant participant) {
        present.remove(participant.name().key(), participant);
    }

    /**
     * Gives somebody who is here another name, of which they have shown nothing; a new spelling of the own name is free.
     *
     * @throws Refused {@link Reason#NAME_TAKEN}, or {@link Reason#NOT_JOINED} if they are not here
     */
    public Participant rename(Participant participant, Name name) {
        String key = participant.name().key();
        if (!participant.equals(present.get(key))) {
            throw new Refused(Reason.NOT_JOINED);
        }
        if (!name.key().equals(key)) {
            requireFree(name);
            present.remove(key);
        }
        boolean claimed = participant.claimed() && name.key().equals(key);
        Participant renamed = new Participant(participant.seat(), name, participant.via(), claimed);
        present.put(name.key(), renamed);
        return renamed;
    }

    /**
     * Marks whether the name of somebody who is here is theirs.
     *
     * @throws Refused {@link Reason#NOT_JOINED} if they are not here
     */
    public Participant mark(Participant participant, boolean claimed) {
        String key = participant.name().key();
        if (!participant.equals(present.get(key))) {
            throw new Refused(Reason.NOT_JOINED);
        }
        Participant marked = participant.marked(claimed);
        present.put(key, marked);
        return marked;
    }

    /**
     * Takes over the place of somebody who is here, without their leaving: the same person on a new connection.
     *
     * @throws Refused {@link Reason#NOT_JOINED} if they are not here
     */
    public Participant replace(Participant ghost, Via via) {
        String key = ghost.name().key();
        if (!ghost.equals(present.get(key))) {
            throw new Refused(Reason.NOT_JOINED);
        }
        Participant returned = new Participant(++seats, ghost.name(), via, ghost.claimed());
        present.put(key, returned);
        return returned;
    }

    /** What a participant says, ready to be kept. The key is the client's own name for the message. */
    public Draft say(Participant by, Text text, Optional<Key> key, Instant at) {
        return new Draft(name, by.name(), by.via(), at, text, key);
    }

    /**
     * What somebody says in passing, without entering (HTTP).
     *
     * @throws Refused {@link Reason#NAME_TAKEN} if somebody present is called so
     */
    public Draft sayInPassing(Name by, Via via, Text text, Optional<Key> key, Instant at) {
        requireFree(by);
        return sayAsOwner(by, via, text, key, at);
    }

    /** The same, by somebody whose name it is: it may be they who are here. */
    public Draft sayAsOwner(Name by, Via via, Text text, Optional<Key> key, Instant at) {
        return new Draft(name, by, via, at, text, key);
    }

    /** Who is called so here. */
    public Optional<Participant> find(Name name) {
        return Optional.ofNullable(present.get(name.key()));
    }

    /** Who is here, in the order in which they took their names, at most {@code limit} of them. */
    public List<Participant> present(int limit) {
        return present.values().stream().limit(limit).toList();
    }

    /** How many are here. */
    public int count() {
        return present.size();
    }

    private void requireFree(Name name) {
        if (present.containsKey(name.key())) {
            throw new Refused(Reason.NAME_TAKEN);
        }
    }
}
