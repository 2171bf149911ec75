package prosa.adapter.nats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import prosa.application.port.Act;
import prosa.application.port.Deed;
import prosa.application.port.Event;
import prosa.application.port.Nodes;
import prosa.domain.Name;
import prosa.domain.Participant;
import prosa.domain.Reason;
import prosa.domain.Refused;
import prosa.domain.RoomName;

/** What other nodes told and asked, a line each. At this one is nobody but Bob. */
final class ToldByOthers implements Nodes.Listener {
    private final List<String> lines = new ArrayList<>();

    private synchronized void add(String line) {
        lines.add(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void present(RoomName room, Participant there, Optional<Name> before) {
        add("present " + room.value() + " " + there.name().value() + (there.claimed() ? " claimed" : "")
                + before.map(name -> " before " + name.value()).orElse(""));
    }

    @Override
    public void absent(RoomName room, Name name) {
        add("absent " + room.value() + " " + name.value());
    }

    @Override
    public CompletionStage<Void> told(RoomName room, Event.Whisper whisper) {
        if (!whisper.to().value().equals("Bob")) {
            return CompletableFuture.failedStage(new Refused(Reason.NOT_HERE));
        }
        add("whisper " + room.value() + " " + whisper.by().value() + ": "
                + whisper.text().value());
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Deed> asked(RoomName room, Name by, Act act) {
        add("asked " + room.value() + " " + by.value() + " " + act);
        return new CompletableFuture<>(); // never
    }
}
