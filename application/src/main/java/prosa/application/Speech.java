package prosa.application;

import java.time.InstantSource;
import java.util.Optional;
import prosa.application.port.Command;
import prosa.application.port.Event;
import prosa.application.port.MessagePublisher;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Draft;
import prosa.domain.Key;
import prosa.domain.Name;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;
import prosa.domain.Text;

/** What people say: to all in their room, and to one of them alone. */
@OwnedByTurn
final class Speech {
    private final MessagePublisher publisher;
    private final DeliveryThread deliveryThread;
    private final InstantSource clock;
    private final Authorization authorization;
    private final Allowances allowances;
    private final Elsewhere elsewhere;

    Speech(
            MessagePublisher publisher,
            DeliveryThread deliveryThread,
            InstantSource clock,
            Authorization authorization,
            Allowances allowances,
            Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
        this.authorization = authorization;
        this.allowances = allowances;
        this.publisher = publisher;
        this.deliveryThread = deliveryThread;
        this.clock = clock;
    }

    /** Says something to all. It is acknowledged, and the command done, when it is on disk. */
    void say(Person by, Command.Say say, Completion completion) {
        assert DeliveryThread.hasTurn();
        Membership in = by.here();
        authorization.requireVoice(by, in);
        Draft draft = in.room()
                .chat()
                .say(in.participant(), new Text(say.text()), say.key().map(Key::new), clock.instant());
        allowances.say(by, draft.text());
        Recipient recipient = by.recipient();
        publisher
                .publish(draft, recipient.id())
                .whenComplete((message, failure) -> deliveryThread.lend(() -> {
                    if (failure == null) {
                        recipient.tellInTurn(new Event.Ack(say.ref(), message.id(), message.at()));
                        completion.done();
                    } else {
                        completion.refuse(new Refused(Chat.reasonOf(failure)));
                    }
                }));
    }

    /** Tells one person something. */
    void whisper(Person by, Command.Whisper whisper, Completion completion) {
        assert DeliveryThread.hasTurn();
        by.here();
        whisper(by, nameOf(whisper.to()), whisper.text(), completion);
    }

    /** Tells one person something, whose name the text begins with. */
    void aside(Person by, Command.Aside aside, Completion completion) {
        assert DeliveryThread.hasTurn();
        OpenRoom room = by.here().room();
        Addressee addressee = Addressee.of(
                        aside.toAndText(), name -> room.participant(name).isPresent())
                .orElseThrow(() -> new Refused(Reason.NOT_HERE));
        whisper(by, addressee.name(), addressee.text(), completion);
    }

    private void whisper(Person by, Name to, String text, Completion completion) {
        Membership in = by.here();
        authorization.requireWhisper(by, in);
        Name called = in.room()
                .participant(to)
                .orElseThrow(() -> new Refused(Reason.NOT_HERE))
                .name();
        Text said = new Text(text);
        allowances.say(by, said);
        Event.Whisper whisper = new Event.Whisper(in.participant().name(), called, said, clock.instant());
        Optional<Person> here = in.room().find(called);
        if (here.isEmpty()) {
            whisperElsewhere(by, in.roomName(), whisper, completion);
            return;
        }
        if (!here.get().recipient().tellFromOthers(whisper)) {
            throw new Refused(Reason.BUSY);
        }
        by.recipient().tell(new Event.Told(called));
        completion.done();
    }

    private void whisperElsewhere(Person by, RoomName room, Event.Whisper whisper, Completion completion) {
        elsewhere
                .nodes()
                .tell(room, whisper)
                .whenComplete((told, failure) -> deliveryThread.lend(() -> {
                    if (failure == null) {
                        by.recipient().tell(new Event.Told(whisper.to()));
                        completion.done();
                    } else {
                        completion.refuse(new Refused(Chat.reasonOf(failure)));
                    }
                }));
    }

    /** A name that can't be one is nobody's here. */
    private static Name nameOf(String text) {
        try {
            return new Name(text);
        } catch (Refused e) {
            throw new Refused(Reason.NOT_HERE);
        }
    }
}
