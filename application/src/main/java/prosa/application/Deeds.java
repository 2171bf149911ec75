package prosa.application;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import prosa.application.port.Deed;
import prosa.application.port.Register;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Name;
import prosa.domain.RoomName;

/** What operators did last, for other operators to see: {@value #MOST} deeds. */
@OwnedByTurn
final class Deeds {
    static final int MOST = 1_000;

    private static final String BETWEEN = "\t";

    private final Register register;
    private final ArrayDeque<Numbered> deeds = new ArrayDeque<>();
    private long last;

    private record Numbered(String key, Deed deed) {}

    Deeds(Register register) {
        this.register = register;
        register.read(Register.Kind.ACT).forEach((key, value) -> deeds.add(new Numbered(key, read(value))));
        last = deeds.isEmpty() ? 0 : Long.parseLong(deeds.getLast().key());
    }

    private static Deed read(String value) {
        String[] parts = value.split(BETWEEN, -1);
        return new Deed(
                Deed.Kind.valueOf(parts[0]),
                new RoomName(parts[1]),
                new Name(parts[2]),
                Optional.of(parts[3]).filter(name -> !name.isEmpty()).map(Name::new),
                Optional.of(parts[4])
                        .filter(until -> !until.isEmpty())
                        .map(until -> Instant.ofEpochMilli(Long.parseLong(until))),
                Instant.ofEpochMilli(Long.parseLong(parts[5])));
    }

    private static String write(Deed deed) {
        return String.join(
                BETWEEN,
                deed.kind().name(),
                deed.room().value(),
                deed.by().value(),
                deed.name().map(Name::value).orElse(""),
                deed.until().map(until -> Long.toString(until.toEpochMilli())).orElse(""),
                Long.toString(deed.at().toEpochMilli()));
    }

    void add(Deed deed) {
        assert DeliveryThread.hasTurn();
        // With all digits of a long, so that the order of the keys is that of the deeds.
        String key = "%019d".formatted(++last);
        deeds.add(new Numbered(key, deed));
        register.keep(Register.Kind.ACT, key, write(deed)); // if it is not, it is gone with a restart alone
        while (deeds.size() > MOST) {
            register.forget(Register.Kind.ACT, deeds.remove().key());
        }
    }

    /** Oldest first. */
    List<Deed> all() {
        assert DeliveryThread.hasTurn();
        List<Deed> all = new ArrayList<>(deeds.size());
        deeds.forEach(numbered -> all.add(numbered.deed()));
        return all;
    }
}
