package prosa.bootstrap.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import prosa.lab.browser.Browser;
import prosa.lab.browser.DevTools;

/** A browser context: tabs that share cookies and storage with each other and with nobody else. */
public final class Visit implements AutoCloseable {
    private final DevTools devTools;
    private final String userAgent;
    private final String context;
    private final List<Tab> tabs = new ArrayList<>();

    public Visit(Browser browser) {
        this.devTools = browser.devTools();
        this.userAgent = browser.userAgent();
        this.context = devTools.send("", "Target.createBrowserContext", Map.of())
                .get("browserContextId")
                .asString();
    }

    /** A new tab for somebody who reads American English. */
    public Tab tab() {
        return tab("en-US");
    }

    /** @param language the first one that the browser asks for, as {@code pt-BR} */
    public Tab tab(String language) {
        String target = devTools.send(
                        "",
                        "Target.createTarget",
                        // In a window of its own: what is behind another tab is not drawn.
                        Map.of("url", "about:blank", "browserContextId", context, "newWindow", true))
                .get("targetId")
                .asString();
        Tab tab = new Tab(devTools, target);
        tabs.add(tab);
        tab.prefer(language, userAgent);
        return tab;
    }

    /** What went wrong in any tab: see {@link Tab#complaints}. */
    public List<String> complaints() {
        return tabs.stream().flatMap(tab -> tab.complaints().stream()).collect(Collectors.toList());
    }

    @Override
    public void close() {
        tabs.forEach(Tab::forget);
        devTools.send("", "Target.disposeBrowserContext", Map.of("browserContextId", context));
    }
}
