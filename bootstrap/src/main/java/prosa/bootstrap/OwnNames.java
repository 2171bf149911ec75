package prosa.bootstrap;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names and addresses under which clients may come, for a certificate that is made here. */
final class OwnNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)*");

    private OwnNames() {}

    /** The name by which people know this machine comes first. */
    static SequencedSet<String> of(Bind bind) {
        SequencedSet<String> names = new LinkedHashSet<>();
        bind.addresses().stream().flatMap(OwnNames::asGiven).forEach(names::add);
        hostName().ifPresent(names::add);
        names.add(Bind.LOCALHOST);
        names.add("127.0.0.1");
        names.add("::1");
        Stream.concat(bind.addresses().stream(), bind.forOthers().stream())
                .filter(address -> !address.isAnyLocalAddress())
                .forEach(address -> names.add(address.getHostAddress().replaceFirst("%.*", "")));
        return names;
    }

    /** {@code --bind chat.example}: an address says the name that it was resolved from, and nobody is asked for one. */
    private static Stream<String> asGiven(InetAddress address) {
        return Stream.of(address.toString().split("/", 2)[0]).filter(OwnNames::isName);
    }

    private static Optional<String> hostName() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName()).filter(OwnNames::isName);
        } catch (UnknownHostException e) {
            return Optional.empty(); // it has one, but nobody could resolve it
        }
    }

    /** No address, which a host without a name may say instead. */
    private static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.matches("[0-9.]*");
    }
}
