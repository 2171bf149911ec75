package prosa.checker.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import prosa.checker.judgement.Answer;
import prosa.checker.judgement.Position;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Talks and listens over WebSocket or TCP, several messages on their way at once. Who is cut off comes back by token and position, and first
 * says again what has no answer, with its key and in its order. One thread reads, and while a connection lives another one talks.
 */
final class Talker extends Client {
    private static final long WHISPER_NANOS = 1_000_000_000;
    private static final int SELDOM = 20;

    private final Person person;
    private final Wire wire;
    private final Way way;
    private final Notes notes;
    private final BooleanSupplier talks;
    private final List<Person> others;
    private final boolean keepsOrder;
    private final Watching watching;
    private final Unanswered unanswered;
    private String token = "";
    /** Of a name that is theirs; empty: it is not. */
    private String secret = "";

    private long whisperedAt = System.nanoTime();

    /**
     * @param talks whether something new may be said
     * @param others to whom one may whisper
     * @param keepsOrder whether this is an operator, who has a name of their own
     * @param from where they begin to listen
     */
    Talker(
            Person person,
            Wire wire,
            Way way,
            Notes notes,
            BooleanSupplier talks,
            List<Person> others,
            boolean keepsOrder,
            Position from) {
        super(person.id());
        this.person = person;
        this.wire = wire;
        this.way = way;
        this.notes = notes;
        this.talks = talks;
        this.others = List.copyOf(others);
        this.keepsOrder = keepsOrder;
        this.watching =
                new Watching(person.id() + " (" + wire.id() + ")", Optional.of(person.id()), person.room(), from);
        this.unanswered = new Unanswered(person, notes);
    }

    @Override
    void visit() throws IOException {
        Node node = way.node();
        try (Conversation conversation = in(node)) {
            way.isLetIn();
            unanswered.begin(person.id() + "#" + notes.moment(), wire.id() + " at " + node.name());
            Thread talking = Thread.ofVirtual().name(person.id() + "-talks").start(() -> talk(conversation));
            try {
                while (true) {
                    hear(conversation.next());
                }
            } finally {
                conversation.close();
                join(talking);
                unanswered.cutOff();
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Conversation in(Node node) throws IOException {
        try {
            Conversation conversation = wire.open(node);
            uses(conversation);
            try {
                join(conversation);
                if (keepsOrder) {
                    keepOrder(conversation, node);
                }
                conversation.listen();
                return conversation;
            } catch (IOException e) {
                conversation.close();
                throw e;
            }
        } catch (IOException e) {
            way.isNotLetIn();
            throw e;
        }
    }

    private void join(Conversation conversation) throws IOException {
        ObjectNode join = Json.object("join")
                .put("name", person.name())
                .put("room", person.room())
                .put("since", watching.reached().toString());
        if (!token.isEmpty()) {
            join.put("token", token);
        }
        if (!secret.isEmpty()) {
            join.put("claim", secret);
        }
        conversation.send(join.toString());
        while (true) {
            JsonNode answer = Watching.read(conversation.next());
            switch (Watching.type(answer)) {
                case "welcome" -> {
                    token = answer.path("token").asString();
                    return;
                }
                case "refused" -> throw new IOException(answer.path("reason").asString());
                default -> {}
            }
        }
    }

    /** There are secrets then, which nobody else may be shown. At a Prosa that is others', nothing of that is done. */
    private void keepOrder(Conversation conversation, Node node) throws IOException {
        if (node.operatorToken().isPresent()) {
            if (secret.isEmpty()) {
                conversation.send(Json.object("claim").toString());
            }
            String operatorToken = node.operatorToken().get();
            notes.confided("the operators' token", operatorToken, Set.of());
            conversation.send(Json.object("op").put("token", operatorToken).toString());
            conversation.send(
                    Json.object("close").put("room", person.sideRoom()).toString());
        }
    }

    /** Until the connection ends. */
    private void talk(Conversation conversation) {
        try {
            while (!conversation.isClosed()) {
                if (unanswered.isTooOld()) {
                    throw new IOException("no answer");
                }
                sayNext(conversation);
                pause(person.nextPause());
            }
        } catch (IOException e) {
            conversation.close();
        } catch (RuntimeException e) {
            conversation.close();
            failed(e);
        }
    }

    private void sayNext(Conversation conversation) throws IOException {
        Optional<Unanswered.Sent> next = unanswered.again();
        if (next.isEmpty() && talks.getAsBoolean()) {
            // To a room that one is not in: refused for good.
            next = unanswered.anew(person.feelsLikeIt(SELDOM));
        }
        if (next.isPresent()) {
            conversation.send(next.get().command());
        }
        if (talks.getAsBoolean() && System.nanoTime() - whisperedAt > WHISPER_NANOS) {
            whisperedAt = System.nanoTime();
            whisper(conversation);
        }
    }

    private void whisper(Conversation conversation) throws IOException {
        Person to = others.get((int) (notes.moment() % others.size()));
        String text = "psst! " + person.nextLine().text();
        notes.confided("a whisper to " + to.id(), text, Set.of(to.id()));
        conversation.send(
                Json.object("whisper").put("to", to.name()).put("text", text).toString());
    }

    private void hear(String line) throws IOException {
        JsonNode object = Watching.read(line);
        long ref = object.path("ref").asLong(-1);
        switch (Watching.type(object)) {
            case "ack" -> {
                Position at = Position.of(object.path("id").asString());
                watching.reach(at);
                unanswered.answered(ref, new Answer.Acknowledged(at, notes.moment()));
            }
            case "refused" ->
                unanswered.answered(
                        ref, new Answer.Refused(object.path("reason").asString()));
            case "claimed" -> {
                secret = object.path("secret").asString();
                notes.confided("the secret of " + person.name(), secret, Set.of());
            }
            case "closed" ->
                notes.confided("a room's key", object.path("roomKey").asString(), Set.of());
            default -> watching.hear(line, object);
        }
    }

    @Override
    boolean isAnswered() {
        return unanswered.isEmpty();
    }

    @Override
    Optional<Watching> watching() {
        return Optional.of(watching);
    }
}
