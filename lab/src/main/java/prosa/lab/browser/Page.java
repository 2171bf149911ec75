package prosa.lab.browser;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A page in a window of its own, whose scripts may be told what to do. Any thread may call it. */
public final class Page implements AutoCloseable {
    private final DevTools devTools;
    private final String context;
    private final String session;

    private Page(DevTools devTools, String context, String session) {
        this.devTools = devTools;
        this.context = context;
        this.session = session;
    }

    static Page open(DevTools devTools, String url) {
        String context = devTools.send("", "Target.createBrowserContext", Map.of())
                .get("browserContextId")
                .asString();
        Map<String, ?> blank = Map.of("url", "about:blank", "browserContextId", context, "newWindow", true);
        String target =
                devTools.send("", "Target.createTarget", blank).get("targetId").asString();
        String session = devTools.send("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asString();
        Page page = new Page(devTools, context, session);
        devTools.send(session, "Page.enable", Map.of());
        devTools.send(session, "Page.navigate", Map.of("url", url));
        page.run(
                "new Promise(done => { const look = () => location.href.startsWith('http') && document.readyState === 'complete'"
                        + " ? done(true) : setTimeout(look, 5); look(); })");
        return page;
    }

    /**
     * Evaluates an expression of JavaScript in the page; if it is a promise, what becomes of that.
     *
     * @throws DevTools.Failed if it throws, or takes more than 20 s
     */
    public JsonNode run(String script) {
        JsonNode answer = devTools.send(
                session, "Runtime.evaluate", Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new DevTools.Failed(answer.get("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    @Override
    public void close() {
        devTools.send("", "Target.disposeBrowserContext", Map.of("browserContextId", context));
    }
}
