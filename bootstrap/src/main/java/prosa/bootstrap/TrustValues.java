package prosa.bootstrap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import prosa.application.port.Origin;
import prosa.application.port.Proxies;
import prosa.application.port.Subnet;
import prosa.application.port.Trust;
import prosa.application.port.UserHeader;
import prosa.bootstrap.Choices.Given;
import prosa.lab.compare.BadOption;

/** Who is believed what. */
final class TrustValues {
    private final Choices choices;

    TrustValues(Choices choices) {
        this.choices = choices;
    }

    Trust trust() throws BadOption {
        Proxies proxies = proxies();
        return new Trust(proxies, origins(), userHeader(proxies));
    }

    private Proxies proxies() throws BadOption {
        List<Subnet> trusted = new ArrayList<>();
        for (Given given : choices.all(Option.TRUST_PROXY)) {
            trusted.add(Subnet.parse(given.value()).orElseThrow(() -> choices.bad(given, "bad.subnet")));
        }
        return new Proxies(trusted);
    }

    private Set<Origin> origins() throws BadOption {
        Set<Origin> origins = new HashSet<>();
        for (Given given : choices.all(Option.ALLOW_ORIGIN)) {
            origins.add(Origin.parse(given.value()).orElseThrow(() -> choices.bad(given, "bad.origin")));
        }
        return origins;
    }

    /** Of whom nobody is trusted to say it, a name would be anybody's to choose. */
    private Optional<UserHeader> userHeader(Proxies proxies) throws BadOption {
        Optional<Given> header = choices.chosen(Option.USER_HEADER);
        Optional<Given> strip = choices.chosen(Option.USER_HEADER_STRIP);
        if (header.isEmpty()) {
            if (strip.isPresent()) {
                throw choices.alone(strip.get(), "bad.needs", Option.USER_HEADER.flag());
            }
            return Optional.empty();
        }
        if (proxies.trusted().isEmpty()) {
            throw choices.alone(header.get(), "bad.needs", Option.TRUST_PROXY.flag());
        }
        if (!UserHeader.isName(header.get().value())) {
            throw choices.bad(header.get(), "bad.header");
        }
        return Optional.of(new UserHeader(header.get().value(), strip(strip)));
    }

    private Optional<UserHeader.Strip> strip(Optional<Given> given) throws BadOption {
        if (given.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                UserHeader.Strip.parse(given.get().value()).orElseThrow(() -> choices.bad(given.get(), "bad.strip")));
    }
}
