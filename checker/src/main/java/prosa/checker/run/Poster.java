package prosa.checker.run;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import prosa.checker.judgement.Answer;
import prosa.checker.judgement.Attempt;
import tools.jackson.databind.JsonNode;

/** Posts one message after the other, and each again with its key until it is kept or refused for good. */
final class Poster extends Client {
    private final Person person;
    private final Way way;
    private final Notes notes;
    private final BooleanSupplier talks;
    /** The message that is neither yet. */
    private volatile Optional<Person.Line> pending = Optional.empty();

    /** @param talks whether something new may be said */
    Poster(Person person, Way way, Notes notes, BooleanSupplier talks) {
        super(person.id());
        this.person = person;
        this.way = way;
        this.notes = notes;
        this.talks = talks;
    }

    @Override
    void visit() throws IOException {
        while (!isOver() && (talks.getAsBoolean() || pending.isPresent())) {
            Person.Line line = pending.orElseGet(person::nextLine);
            pending = Optional.of(line);
            if (tried(line) instanceof Answer.Refused refused && Refusals.mayPass(refused)) {
                way.isNotLetIn();
                return;
            }
            way.isLetIn();
            pending = Optional.empty();
            pause(person.nextPause());
        }
    }

    private Answer tried(Person.Line line) throws IOException {
        long moment = notes.moment();
        Answer answer = new Answer.None();
        Node node = way.node();
        try {
            answer = post(node, line);
            return answer;
        } catch (IOException e) {
            way.isNotLetIn();
            throw e;
        } finally {
            notes.tried(new Attempt(
                    person.id(),
                    person.id() + "#" + moment,
                    person.room(),
                    person.name(),
                    "http at " + node.name(),
                    line.text(),
                    moment,
                    answer));
        }
    }

    private Answer post(Node node, Person.Line line) throws IOException {
        String name = URLEncoder.encode(person.name(), StandardCharsets.UTF_8);
        Http.Whole answer = Http.post(
                node,
                "/messages?room=" + person.room() + "&name=" + name,
                List.of("Idempotency-Key: " + line.key()),
                line.text());
        JsonNode body = Watching.read(answer.body());
        return answer.status() == Http.CREATED
                ? new Answer.Acknowledged(Watching.entry(body).at(), notes.moment())
                : new Answer.Refused(body.path("reason").asString("HTTP " + answer.status()));
    }

    @Override
    boolean isAnswered() {
        return pending.isEmpty();
    }
}
