package prosa.application.port;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page comes from, as its browser says (RFC 6454 §6.2), spelled in one way.
 *
 * @param serialized a scheme in small letters, a host, and a port where it is not the scheme's own; or {@code null}
 */
public record Origin(String serialized) {
    /** Of a page from disk, and of any that does without an origin. */
    public static final Origin NONE = new Origin("null");

    private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.+?)(?::([0-9]{1,5}))?");

    /** Empty if this is none. */
    public static Optional<Origin> parse(String text) {
        if (text.equals(NONE.serialized)) {
            return Optional.of(NONE);
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String scheme = form.group(1).toLowerCase(Locale.ROOT);
        String port = form.group(3) == null ? "" : Integer.toString(Integer.parseInt(form.group(3)));
        boolean own = scheme.equals("http") && port.equals("80") || scheme.equals("https") && port.equals("443");
        return Host.of(form.group(2) + (port.isEmpty() ? "" : ":" + port))
                .filter(host -> form.group(2).indexOf(':') < 0 || form.group(2).startsWith("["))
                .map(host -> new Origin(scheme + "://" + host.name() + (own || port.isEmpty() ? "" : ":" + port)));
    }

    /** The name of its host; empty if it has none. */
    public Optional<String> host() {
        Matcher form = FORM.matcher(serialized);
        return form.matches() ? Optional.of(form.group(2)) : Optional.empty();
    }

    @Override
    public String toString() {
        return serialized;
    }
}
