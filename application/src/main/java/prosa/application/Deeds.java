package prosa.application;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.port.Deed;
import prosa.application.port.Register;
import prosa.delivery.DeliveryThread;
import prosa.delivery.OwnedByTurn;
import prosa.domain.Name;
import prosa.domain.RoomName;

/** What operators did last, for other operators to see: {@value #MOST} deeds, over all machines. */
@OwnedByTurn
final class Deeds {
    static final int MOST = 1_000;

    private static final String BETWEEN = "\t";
    private static final Logger LOG = LoggerFactory.getLogger(Deeds.class);

    private final Register register;
    private final Executor turn;

    /** By what they are kept under: numbers, with all digits of a long, so that the order of the keys is that of the deeds. */
    private final TreeMap<String, Deed> deeds = new TreeMap<>();

    private long last;

    /** @param turn the delivery thread */
    Deeds(Register register, Executor turn) {
        this.register = register;
        this.turn = turn;
        register.read(Register.Kind.ACT).forEach(this::load);
    }

    private void load(String key, String value) {
        try {
            deeds.put(key, read(value));
            last = Math.max(last, Long.parseLong(key));
        } catch (RuntimeException e) {
            LOG.warn("What an operator did can't be read, and is not shown: {}", e.getMessage());
        }
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

    /** Shows it from now on. If it can't be kept, it is gone with a restart. */
    void add(Deed deed) {
        assert DeliveryThread.hasTurn();
        var unused = keep(deed);
    }

    /**
     * The same, for a deed that other machines have to hear of.
     *
     * @return completes once it is kept, on the delivery thread; exceptionally with {@link prosa.domain.Refused} if it can't be
     */
    CompletionStage<Void> keep(Deed deed) {
        assert DeliveryThread.hasTurn();
        last++;
        String key = "%019d".formatted(last);
        deeds.put(key, deed);
        while (deeds.size() > MOST) {
            var unused =
                    register.forget(Register.Kind.ACT, deeds.pollFirstEntry().getKey());
        }
        return register.replace(Register.Kind.ACT, key, Optional.empty(), Optional.of(write(deed)))
                .thenComposeAsync(
                        kept -> kept ? CompletableFuture.<Void>completedStage(null) : keepBehind(key, deed), turn);
    }

    /** Another machine has kept one of its own under this number, which is told here sooner or later. */
    private CompletionStage<Void> keepBehind(String key, Deed deed) {
        deeds.remove(key, deed);
        return keep(deed);
    }

    /**
     * Another machine has kept a deed, or let go of one; or this one has, and hears of it once more.
     *
     * @param value empty if it is gone
     * @return what was not known here
     */
    Optional<Deed> changed(String key, Optional<String> value) {
        assert DeliveryThread.hasTurn();
        if (value.isEmpty()) {
            deeds.remove(key);
            return Optional.empty();
        }
        last = Math.max(last, Long.parseLong(key));
        Deed deed = read(value.get());
        Deed before = deeds.put(key, deed);
        return before != null && write(before).equals(value.get()) ? Optional.empty() : Optional.of(deed);
    }

    /** Oldest first. */
    List<Deed> all() {
        assert DeliveryThread.hasTurn();
        return new ArrayList<>(deeds.values());
    }
}
