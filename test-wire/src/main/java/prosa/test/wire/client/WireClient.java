package prosa.test.wire.client;

import java.util.List;

/** Somebody on one wire. Used by one test thread; what it waits for must come within {@link Mailbox#DEADLINE}. */
public abstract class WireClient implements AutoCloseable {
    private final Mailbox<Heard> heard = new Mailbox<>();
    private final String room;

    protected WireClient(String room) {
        this.room = room;
    }

    /** Everything that this client was told, in order. */
    public Mailbox<Heard> heard() {
        return heard;
    }

    public String room() {
        return room;
    }

    /** Gives a name, and does not wait for the answer. */
    public abstract void offerName(String name);

    /** Gives a name and the secret by which it is one's own, and does not wait for the answer. */
    public abstract void offerName(String name, String secret);

    /** Joins the room, and waits until that is done. */
    public WireClient join(String name) {
        offerName(name);
        awaitWelcome();
        return this;
    }

    public void awaitWelcome() {
        heard.next(Heard.Welcome.class::isInstance);
    }

    /** The sentence, or the object, by which this client is asked for a name. */
    public String awaitAsk() {
        return ((Heard.Ask) heard.next(Heard.Ask.class::isInstance)).sentence();
    }

    /** The reason why something was refused. */
    public String awaitRefusal() {
        return ((Heard.Refused) heard.next(Heard.Refused.class::isInstance)).reason();
    }

    /** Waits until a message of that text has come. */
    public void awaitText(String text) {
        heard.next(h -> (h instanceof Heard.Said said && said.text().equals(text))
                || (h instanceof Heard.Recalled recalled && recalled.text().equals(text)));
    }

    /** Waits until so many messages have come, and returns all of them. */
    public List<Heard.Said> awaitMessages(int count) {
        return Heard.conversation(heard.until(
                all -> count <= all.stream().filter(Heard::isMessage).count()));
    }

    /** Claims the name that this client has in the room. */
    public abstract void claim();

    /** Gives the name up. */
    public abstract void release();

    /** The secret of the name that was claimed. */
    public String awaitSecret() {
        return ((Heard.Claimed) heard.next(Heard.Claimed.class::isInstance)).secret();
    }

    public abstract void say(String text);

    public abstract void moveTo(String otherRoom);

    public abstract void whisper(String to, String text);

    /** Sends what is no command. */
    public abstract void sendUnknownCommand();

    /** Sends a command that lacks something. */
    public abstract void sendMalformed();

    /** Says good-bye, and waits for the end of the connection. */
    @Override
    public abstract void close();

    /** Is gone without a word. */
    public abstract void vanish();
}
