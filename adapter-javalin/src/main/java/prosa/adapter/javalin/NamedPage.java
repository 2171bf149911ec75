package prosa.adapter.javalin;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import prosa.domain.Name;
import prosa.domain.Refused;

/**
 * The chat's page for somebody whose name a proxy has said. A page can't see what came with the request for itself, so the name stands in
 * it; such a page is for one person, and is not kept.
 */
final class NamedPage {
    private static final String BEGINNING = "<head>";
    private static final String NAME = "\n  <meta name=\"prosa-name\" content=\"%s\">";

    private final Peers peers;
    private final String page;

    NamedPage(Peers peers) {
        this.peers = peers;
        this.page = StaticFile.read("/index.html").map(StaticFile::text).orElse("");
    }

    /** Answers {@code GET /} of those who have a name; all others get the page as it is. */
    void answer(Context request) {
        Optional<Name> name = request.method() == HandlerType.GET ? name(request) : Optional.empty();
        if (name.isEmpty()) {
            return;
        }
        String named =
                page.replace(BEGINNING, BEGINNING + NAME.formatted(name.get().value()));
        request.contentType(StaticFile.HTML)
                .header("Cache-Control", "no-store")
                .result(named.getBytes(StandardCharsets.UTF_8))
                .skipRemainingHandlers();
    }

    /** No name has a character that means something in HTML. */
    private Optional<Name> name(Context request) {
        try {
            return peers.vouched(request);
        } catch (Denied | Refused e) {
            return Optional.empty(); // who tries to come in is told why not
        }
    }
}
