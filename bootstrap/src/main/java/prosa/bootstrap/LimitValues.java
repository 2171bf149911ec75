package prosa.bootstrap;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import prosa.application.port.Limits;
import prosa.application.port.Proxies;
import prosa.application.port.Rate;
import prosa.bootstrap.Choices.Given;
import prosa.lab.compare.BadOption;

/** How much people and addresses may do. */
final class LimitValues {
    private static final Pattern AMOUNT = Pattern.compile("(?<number>[1-9][0-9]{0,8})(?<unit>[kKmM]?)");
    private static final int KIB = 1_024;

    private final Choices choices;

    LimitValues(Choices choices) {
        this.choices = choices;
    }

    /** What can be limited, by its name on the command line. */
    private enum Limit {
        PERSON_MESSAGES,
        PERSON_BYTES,
        ADDRESS_MESSAGES,
        ADDRESS_BYTES,
        ADDRESS_ARRIVALS,
        ADDRESS_CONNECTIONS,
        ADDRESS_ROOMS,
        ADDRESS_WAITING,
        CONNECTIONS,
        ROOMS;

        static Optional<Limit> of(String name) {
            for (Limit limit : values()) {
                if (limit.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                    return Optional.of(limit);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Those that hold: by default none while only this machine can reach us, where everybody is oneself.
     *
     * @param alone whether only this machine can
     * @param heap in bytes
     */
    Limits limits(boolean alone, Proxies proxies, long heap) throws BadOption {
        boolean changed = !choices.all(Option.LIMIT).isEmpty();
        Optional<Given> chosen = choices.chosen(Option.LIMITS);
        boolean on = chosen.isPresent()
                ? choices.isOn(chosen.get())
                : changed || !alone || !proxies.trusted().isEmpty();
        if (!on) {
            if (changed) {
                throw choices.alone(choices.all(Option.LIMIT).getFirst(), "bad.limit.off", Option.LIMITS.flag());
            }
            return Limits.NONE;
        }
        Limits limits = Limits.usual(heap, proxies);
        for (Given given : choices.all(Option.LIMIT)) {
            limits = changed(limits, given);
        }
        return limits;
    }

    private Limits changed(Limits now, Given given) throws BadOption {
        int equals = given.value().indexOf('=');
        Optional<Limit> limit =
                equals < 0 ? Optional.empty() : Limit.of(given.value().substring(0, equals));
        if (limit.isEmpty()) {
            throw choices.bad(given, "bad.limit");
        }
        String value = given.value().substring(equals + 1);
        return switch (limit.get()) {
            case PERSON_MESSAGES -> now.withPerson(second(given, value), now.personBytes());
            case PERSON_BYTES -> now.withPerson(now.personMessages(), second(given, value));
            case ADDRESS_MESSAGES -> now.withAddress(second(given, value), now.addressBytes());
            case ADDRESS_BYTES -> now.withAddress(now.addressMessages(), second(given, value));
            case ADDRESS_ARRIVALS -> now.withArrivals(second(given, value));
            case ADDRESS_CONNECTIONS -> now.withAddressConnections(number(given, value));
            case ADDRESS_ROOMS -> now.withAddressRooms(rate(given, value, Duration.ofHours(1)));
            case ADDRESS_WAITING -> now.withAddressWaiting(number(given, value));
            case CONNECTIONS -> now.withConnections(number(given, value));
            case ROOMS -> now.withRooms(number(given, value));
        };
    }

    private Rate second(Given given, String value) throws BadOption {
        return rate(given, value, Duration.ofSeconds(1));
    }

    /** So much in a while, and behind a slash what of it may come at once; without one as much. */
    private Rate rate(Given given, String value, Duration period) throws BadOption {
        if (value.equals(Choices.OFF)) {
            return Rate.UNLIMITED;
        }
        int slash = value.indexOf('/');
        int count = amount(given, slash < 0 ? value : value.substring(0, slash));
        int burst = slash < 0 ? count : amount(given, value.substring(slash + 1));
        return new Rate(count, period, burst);
    }

    private int number(Given given, String value) throws BadOption {
        return value.equals(Choices.OFF) ? Integer.MAX_VALUE : amount(given, value);
    }

    private int amount(Given given, String value) throws BadOption {
        Matcher amount = AMOUNT.matcher(value);
        if (!amount.matches()) {
            throw choices.bad(given, "bad.limit");
        }
        long unit = switch (amount.group("unit")) {
            case "k", "K" -> KIB;
            case "m", "M" -> (long) KIB * KIB;
            default -> 1;
        };
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(amount.group("number")) * unit);
    }
}
