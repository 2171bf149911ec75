package prosa.checker.run;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import prosa.checker.judgement.Answer;
import prosa.checker.judgement.Attempt;
import prosa.checker.judgement.Position;
import tools.jackson.databind.JsonNode;

/** Wants a name that another one wants too: comes, says a little under it if it is free, and goes. Nothing is said twice here. */
final class Contender extends Client {
    private static final int MESSAGES = 5;

    private final Person person;
    private final Wire wire;
    private final Way way;
    private final Notes notes;
    private final BooleanSupplier talks;
    private volatile boolean answered = true;

    Contender(Person person, Wire wire, Way way, Notes notes, BooleanSupplier talks) {
        super(person.id());
        this.person = person;
        this.wire = wire;
        this.way = way;
        this.notes = notes;
        this.talks = talks;
    }

    @Override
    void visit() throws IOException {
        if (!talks.getAsBoolean()) {
            return;
        }
        Node node = way.node();
        try (Conversation conversation = wire.open(node)) {
            uses(conversation);
            conversation.send(Json.object("join")
                    .put("name", person.name())
                    .put("room", person.room())
                    .toString());
            if (!Watching.type(answer(conversation, "welcome")).equals("welcome")) {
                return;
            }
            String membership = person.id() + "#" + notes.moment();
            for (int i = 0; i < MESSAGES && talks.getAsBoolean() && !isOver(); i++) {
                say(conversation, membership, wire.id() + " at " + node.name());
                pause(person.nextPause());
            }
        }
    }

    private void say(Conversation conversation, String membership, String where) throws IOException {
        Person.Line line = person.nextLine();
        long moment = notes.moment();
        Answer answer = new Answer.None();
        answered = false;
        try {
            conversation.send(Json.object("say")
                    .put("text", line.text())
                    .put("ref", moment)
                    .toString());
            JsonNode said = answer(conversation, "ack");
            answer = Watching.type(said).equals("ack")
                    ? new Answer.Acknowledged(Position.of(said.path("id").asString()), notes.moment())
                    : new Answer.Refused(said.path("reason").asString());
        } finally {
            notes.tried(new Attempt(
                    person.id(), membership, person.room(), person.name(), where, line.text(), moment, answer));
            answered = true;
        }
    }

    @Override
    boolean isAnswered() {
        return answered;
    }

    private static JsonNode answer(Conversation conversation, String yes) throws IOException {
        while (true) {
            JsonNode told = Watching.read(conversation.next());
            String type = Watching.type(told);
            if (type.equals(yes) || type.equals("refused")) {
                return told;
            }
        }
    }
}
