package prosa.doctor.check;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether Prosa is asked by the name that stands in the address. Each of its answers, a refusal too, says by which it was: pages may open
 * WebSockets to that one alone.
 */
record HostIsKept(Site site) implements Check {
    private static final String POLICY = "content-security-policy";
    private static final Pattern OWN_WEBSOCKET = Pattern.compile(" wss://([^ ;]+)");

    @Override
    public String id() {
        return "host";
    }

    @Override
    public boolean needsPassage() {
        return false;
    }

    @Override
    public Finding find() throws IOException {
        Exchange.Answer answer = Exchange.answer(site, "GET", "/health");
        Optional<PageOrigin> refused = PageOrigin.refused(answer);
        if (refused.isPresent()) {
            String name = refused.get().named().orElse("?").replaceFirst("^https://", "");
            return isOwn(name) ? wrong("refused", name, site.origin()) : wrong("changed", site.host(), name);
        }
        Matcher seen = OWN_WEBSOCKET.matcher(answer.head().field(POLICY).orElse(""));
        if (!seen.find()) {
            return notTried("unknown");
        }
        return isOwn(seen.group(1)) ? right("kept", seen.group(1)) : wrong("changed", site.host(), seen.group(1));
    }

    private boolean isOwn(String seen) {
        return seen.replaceFirst("\\.?(:(80|443))?$", "").equalsIgnoreCase(site.host());
    }
}
