package prosa.application;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import prosa.application.port.Codec;
import prosa.application.port.Deed;
import prosa.application.port.Event;
import prosa.delivery.Heartbeat;
import prosa.domain.Message;
import prosa.domain.Participant;

/**
 * Writes every event as one line of plain words, for tests to compare.
 *
 * @param name tells two ways of writing apart
 */
record PlainCodec(String name) implements Codec {
    static final PlainCodec PLAIN = new PlainCodec("");
    static final String BEAT = "beat";
    static final Duration EVERY = Duration.ofSeconds(15);

    @Override
    public byte[] encode(Event event) {
        return event instanceof Event.Day ? new byte[0] : bytes(name + line(event));
    }

    @Override
    public Optional<Heartbeat> heartbeat() {
        return Optional.of(new Heartbeat(EVERY, bytes(BEAT)));
    }

    static byte[] bytes(String line) {
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String line(Event event) {
        return switch (event) {
            case Event.Said said -> said(said.message());
            case Event.Removed removed ->
                "removed @" + removed.entry().id().offset() + " of @"
                        + removed.entry().of().offset() + " " + removed.room() + " "
                        + removed.entry().author() + " by " + removed.entry().by();
            case Event.Cleared cleared ->
                "cleared @" + cleared.entry().id().offset() + " " + cleared.room() + " by "
                        + cleared.entry().by();
            case Event.Joined joined ->
                "joined " + joined.room() + " " + joined.name() + " "
                        + joined.via().word() + (joined.claimed() ? " claimed" : "");
            case Event.Left left ->
                "left " + left.room() + " " + left.name() + " " + left.via().word();
            case Event.Renamed renamed ->
                "renamed " + renamed.room() + " " + renamed.from() + " " + renamed.name()
                        + (renamed.claimed() ? " claimed" : "");
            case Event.Presence presence ->
                "presence " + presence.room() + " +" + presence.in() + " -" + presence.out() + " =" + presence.count();
            case Event.Ask ask -> "ask";
            case Event.Welcome welcome -> welcome(welcome);
            case Event.Ack ack ->
                "ack" + ack.ref().map(ref -> " " + ref).orElse("") + " @"
                        + ack.id().offset();
            case Event.Refusal refusal ->
                "refused " + refusal.reason().word()
                        + refusal.ref().map(ref -> " " + ref).orElse("");
            case Event.Whisper whisper -> "whisper " + whisper.by() + " to " + whisper.to() + ": " + whisper.text();
            case Event.Told told -> "told " + told.to();
            case Event.Farewelled left -> "you left " + left.room() + " " + left.name();
            case Event.Called called ->
                "you are " + called.name() + ", were " + called.from() + (called.claimed() ? " claimed" : "");
            case Event.AskSecret ask -> "ask secret of " + ask.name();
            case Event.Claimed claimed ->
                "claimed " + claimed.name() + " by " + claimed.secret().reveal();
            case Event.Released released -> "released " + released.name();
            case Event.Who who -> "who " + who.room() + " " + who.count() + " " + names(who.present());
            case Event.LookBack lookBack ->
                "look back " + lookBack.room() + " " + lookBack.count() + (lookBack.more() ? " of more" : "");
            case Event.Day day -> "day " + day.at();
            case Event.LookedBack lookedBack -> "looked back " + lookedBack.room();
            case Event.Help help -> "help";
            case Event.Acted(Deed deed) -> "acted " + said(deed);
            case Event.Operator operator -> "operator";
            case Event.Done done -> "done " + said(done.deed());
            case Event.Closed closed ->
                "closed " + closed.room() + " key=" + closed.roomKey().reveal();
            case Event.Bans bans ->
                bans.banned().stream()
                        .map(ban -> " " + ban.whom() + " by " + ban.by() + " until " + ban.until())
                        .collect(Collectors.joining(",", "bans", ""));
            case Event.Acts acts ->
                acts.deeds().stream().map(deed -> " " + said(deed)).collect(Collectors.joining(",", "acts", ""));
            case Event.Opening opening -> "opening @" + opening.at().offset();
            case Event.Gap gap ->
                "gap " + gap.room() + " after " + gap.after() + " next "
                        + gap.next().map(next -> "@" + next.offset()).orElse("none");
        };
    }

    private static String said(Deed deed) {
        return deed.by() + " " + deed.kind().word()
                + deed.name().map(name -> " " + name).orElse("")
                + deed.until().map(until -> " until " + until).orElse("") + " in " + deed.room();
    }

    static String said(Message message) {
        return "said @" + message.id().offset() + " " + message.room() + " " + message.by() + ": " + message.text();
    }

    private static String welcome(Event.Welcome welcome) {
        return "welcome " + welcome.room() + " " + welcome.name() + " of " + welcome.count() + " "
                + names(welcome.present())
                + " recent " + welcome.recent().map(PlainCodec::offsets).orElse("none") + " @"
                + welcome.position().offset() + " token=" + welcome.token();
    }

    private static String names(List<Participant> present) {
        return present.stream()
                .map(participant -> participant.name().value() + (participant.claimed() ? "*" : ""))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String offsets(List<Message> messages) {
        return messages.stream().map(message -> "" + message.id().offset()).collect(Collectors.joining(",", "[", "]"));
    }
}
