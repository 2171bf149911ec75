package prosa.application;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import prosa.application.port.Act;
import prosa.application.port.Command;
import prosa.delivery.Await;
import prosa.delivery.FakeSubscriber;

/** Somebody who speaks over a wire that does what a test tells it. */
final class Guest extends FakeSubscriber {
    @Nullable
    Visitor visitor;

    static Command.Join joining(String name, String room) {
        return new Command.Join(
                Optional.of(name), Optional.of(room), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Command.Join joiningSince(String name, String since) {
        return new Command.Join(
                Optional.of(name), Optional.empty(), Optional.of(since), Optional.empty(), Optional.empty());
    }

    /** By token; the name and the room are those that the token knows. */
    static Command.Join returning(String token) {
        return new Command.Join(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(token), Optional.empty());
    }

    static Command.Say saying(String text, String ref) {
        return new Command.Say(text, Optional.empty(), Optional.of(ref));
    }

    boolean hear(Command command) {
        return visitor.hear(command);
    }

    /** Types a line. */
    void line(String text) {
        hear(new Command.Line(text));
    }

    void say(String text, String ref) {
        hear(saying(text, ref));
    }

    /** Does what operators do, and calls it {@code a}. */
    void act(Act act) {
        hear(new Command.Perform(act, Optional.empty(), Optional.of("a")));
    }

    void awaitWelcome() {
        Await.until(this, () -> text().contains("welcome "), () -> "a welcome, but " + lines());
    }

    /** What was written, without tokens, which are another each time. */
    @Override
    public synchronized String text() {
        return super.text().replaceAll(" token=.*", "");
    }

    /** The last token that came with a welcome. */
    String token() {
        String all = super.text();
        return all.substring(all.lastIndexOf("token=") + "token=".length())
                .lines()
                .findFirst()
                .orElseThrow();
    }
}
