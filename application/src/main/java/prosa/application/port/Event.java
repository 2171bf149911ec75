package prosa.application.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import prosa.domain.Entry;
import prosa.domain.Fault;
import prosa.domain.Message;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Position;
import prosa.domain.Reason;
import prosa.domain.RoomName;
import prosa.domain.Text;
import prosa.domain.Via;

/** What the server can tell a client. */
public sealed interface Event {

    /** What everybody in a room is told: it goes through the shared log, encoded once per codec. */
    sealed interface Shared extends Event {
        RoomName room();
    }

    /** Somebody said something, and it is kept. */
    record Said(Message message) implements Shared {
        @Override
        public RoomName room() {
            return message.room();
        }
    }

    /** A message was taken away, and that is kept. */
    record Removed(prosa.domain.Removed entry) implements Shared {
        @Override
        public RoomName room() {
            return entry.room();
        }
    }

    /** All that was said in a room was taken away, and that is kept. */
    record Cleared(prosa.domain.Cleared entry) implements Shared {
        @Override
        public RoomName room() {
            return entry.room();
        }
    }

    /** What a room is told of an entry of the log. */
    static Shared of(Entry entry) {
        return switch (entry) {
            case Message message -> new Said(message);
            case prosa.domain.Removed removed -> new Removed(removed);
            case prosa.domain.Cleared cleared -> new Cleared(cleared);
        };
    }

    /**
     * Somebody came. State, not history: no position, and not kept.
     *
     * @param claimed whether they have shown that the name is theirs
     */
    record Joined(RoomName room, Name name, Via via, boolean claimed) implements Shared {}

    /** Somebody left. */
    record Left(RoomName room, Name name, Via via) implements Shared {}

    /**
     * Somebody is called otherwise from now on; or by the same name, which is theirs from now on, or is not any more.
     *
     * @param claimed whether they have shown that the name is theirs
     */
    record Renamed(RoomName room, Name from, Name name, boolean claimed) implements Shared {}

    /**
     * Comings and goings summed up, in a room with too many people to tell each of each.
     *
     * @param in how many came since the last summary
     * @param out how many left
     * @param count how many are here now
     */
    record Presence(RoomName room, int in, int out, int count) implements Shared {}

    /** An operator has done something to keep order. State, not history: no position. */
    record Acted(Deed deed) implements Shared {
        @Override
        public RoomName room() {
            return deed.room();
        }
    }

    /** What one client alone is told. */
    sealed interface Private extends Event {}

    /** Under which name do you want to join? */
    record Ask() implements Private {}

    /**
     * You are in.
     *
     * @param token takes the name back after a lost connection
     * @param position what was said up to here is in {@code recent} or behind {@code since}; the feed goes on after it
     * @param count how many are here, you included
     * @param present the first of them, if they are many
     * @param recent the last that was said, oldest first, unless the client said where to resume
     */
    record Welcome(
            RoomName room,
            Name name,
            String token,
            Position position,
            int count,
            List<Participant> present,
            Optional<List<Message>> recent)
            implements Private {}

    /** Your message is on disk. */
    record Ack(Optional<String> ref, Position id, Instant at) implements Private {}

    /** No. */
    record Refusal(Reason reason, Optional<Fault> fault, Optional<String> ref) implements Private {
        public Refusal(Reason reason, Optional<String> ref) {
            this(reason, Optional.empty(), ref);
        }
    }

    /** Somebody tells you something that nobody else hears. */
    record Whisper(Name by, Name to, Text text, Instant at) implements Private {}

    /** What you told somebody alone is on its way to them. */
    record Told(Name to) implements Private {}

    /** You left, and may join again. */
    record Farewelled(RoomName room, Name name, Via via) implements Private {}

    /**
     * You are called so from now on.
     *
     * @param claimed whether you have shown that the name is yours
     */
    record Called(RoomName room, Name from, Name name, boolean claimed) implements Private {}

    /** This name is somebody's: what is its secret? Only people are asked, who have given a name by itself. */
    record AskSecret(Name name) implements Private {}

    /** This name is yours from now on. You are told the secret this once. */
    record Claimed(Optional<String> ref, Name name, Secret secret) implements Private {}

    /** This name is nobody's any more. */
    record Released(Optional<String> ref, Name name) implements Private {}

    /** Who is here. */
    record Who(RoomName room, int count, List<Participant> present) implements Private {}

    /**
     * What was said last follows, as {@link Said}, after the {@link Day} on which it was.
     *
     * @param count how many messages
     * @param more whether those before them don't fit into one answer
     */
    record LookBack(RoomName room, int count, boolean more) implements Private {}

    /**
     * What follows was said on this day, and what was told before it on another. Only who looks back is told so.
     *
     * @param at some time of that day
     */
    record Day(Instant at) implements Private {}

    /** That was all of it. */
    record LookedBack(RoomName room) implements Private {}

    /** What one can say to this server. */
    record Help() implements Private {}

    /**
     * Where a feed starts.
     *
     * @param at what comes after this place follows
     */
    record Opening(Position at) implements Private {}

    /**
     * Something was missed and can't be had any more.
     *
     * @param after where the client was, as it said
     * @param next the first message that can be had; empty if the feed just goes on from now
     */
    record Gap(RoomName room, Position after, Optional<Position> next) implements Private {}

    /** You are an operator from now on. */
    record Operator(Optional<String> ref) implements Private {}

    /** What you asked for as an operator is done, and told to the room. */
    record Done(Deed deed, Optional<String> ref) implements Private {}

    /** The room is closed from now on, and opens to this key; it is shown this once. */
    record Closed(RoomName room, Secret roomKey, Optional<String> ref) implements Private {}

    /** Who is banned at present, the longest first. */
    record Bans(List<Banned> banned, Optional<String> ref) implements Private {}

    /** What operators did last, oldest first. */
    record Acts(List<Deed> deeds, Optional<String> ref) implements Private {}
}
