package prosa.bootstrap.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import prosa.lab.browser.DevTools;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tab, and a person before it who types, clicks and looks. What does not come within the deadline fails the test. */
public final class Tab {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** How long one look in the page may take, in milliseconds: the page may be on its way to another one meanwhile. */
    private static final int LOOK = 500;

    private final DevTools devTools;
    private final String session;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> dialogs = new LinkedBlockingQueue<>();

    Tab(DevTools devTools, String target) {
        this.devTools = devTools;
        this.session = devTools.send("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asString();
        devTools.listen(session, this::hear);
        for (String domain : List.of("Page", "Runtime", "Log", "Audits")) {
            send(domain + ".enable", Map.of());
        }
        // As if it were the window that one looks at: focus, and the events that come with it.
        send("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
        resize(1280, 800, false);
    }

    private JsonNode send(String method, Map<String, ?> params) {
        return devTools.send(session, method, params);
    }

    /**
     * Chromium does not know {@code autocomplete="nickname"}, which HTML has for what people are called here. And it takes a
     * {@code summary} whose {@code tabindex} changes for something within a {@code summary}.
     */
    private static boolean isMistaken(JsonNode issue) {
        JsonNode details = issue.path("issue").path("details").path("elementAccessibilityIssueDetails");
        boolean isAboutTabindex = details.path("hasDisallowedAttributes").asBoolean(false)
                && "InteractiveContentSummaryDescendant"
                        .equals(details.path("elementAccessibilityIssueReason").asString(""));
        return isAboutTabindex || issue.toString().contains("FormInputHasWrongButWellIntendedAutocompleteValueError");
    }

    private void hear(JsonNode event) {
        JsonNode params = event.path("params");
        switch (event.path("method").asString()) {
            case "Runtime.consoleAPICalled" ->
                complaints.add("console: " + params.get("type") + " " + params.get("args"));
            case "Runtime.exceptionThrown" -> complaints.add("exception: " + params.get("exceptionDetails"));
            case "Log.entryAdded" -> complaints.add("log: " + params.get("entry"));
            case "Audits.issueAdded" -> {
                if (!isMistaken(params)) {
                    complaints.add("issue: " + params.get("issue"));
                }
            }
            case "Page.javascriptDialogOpening" -> {
                complaints.add("dialog: " + params);
                dialogs.add(params.path("type").asString());
            }
            default -> {}
        }
    }

    /**
     * What the browser has against the page: errors and warnings on its console, scripts that threw, breaches of the
     * content security policy, resources that could not be loaded.
     */
    public List<String> complaints() {
        return complaints;
    }

    /** Waits until the browser complains of something. */
    public void awaitComplaint(String of) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (complaints.stream().noneMatch(complaint -> complaint.contains(of))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no complaint of " + of + " but " + complaints);
            }
            evaluate("new Promise(resolve => setTimeout(resolve, 10))", true);
        }
    }

    /** Waits until the browser asks something, and says no. Returns what kind of question it was. */
    public String denyDialog() throws InterruptedException {
        String kind = dialogs.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        if (kind == null) {
            throw new AssertionError("the browser has asked nothing");
        }
        complaints.removeIf(complaint -> complaint.startsWith("dialog: "));
        send("Page.handleJavaScriptDialog", Map.of("accept", false));
        return kind;
    }

    void forget() {
        devTools.stopListening(session);
    }

    void prefer(String language, String userAgent) {
        // With the user agent: the protocol sets both or none.
        send("Emulation.setUserAgentOverride", Map.of("userAgent", userAgent, "acceptLanguage", language));
        send("Emulation.setLocaleOverride", Map.of("locale", language.replace('-', '_')));
    }

    /** Goes to a page and waits until all of it has been loaded. */
    public Tab open(String address) {
        JsonNode answer = send("Page.navigate", Map.of("url", address));
        if (answer.hasNonNull("errorText")) {
            throw new AssertionError(address + ": " + answer.get("errorText"));
        }
        await("document.readyState === 'complete'");
        return this;
    }

    public void reload() {
        evaluate("void (window.isBeforeReload = true)");
        send("Page.reload", Map.of());
        await("!window.isBeforeReload && document.readyState === 'complete'");
    }

    /** The value of a JavaScript expression. */
    public JsonNode evaluate(String expression) {
        return evaluate(expression, false);
    }

    /** What a promise comes to, which is the value of a JavaScript expression. */
    public JsonNode promised(String expression) {
        return evaluate(expression, true);
    }

    private JsonNode evaluate(String expression, boolean isPromise) {
        JsonNode answer = send(
                "Runtime.evaluate",
                Map.of(
                        "expression",
                        expression,
                        "returnByValue",
                        true,
                        "awaitPromise",
                        isPromise,
                        "userGesture",
                        true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /**
     * Calls a function with each object of a kind that there is, those to which the page gives no way included.
     *
     * @param prototype an expression for what these objects have in common
     */
    public void toEach(String prototype, String function) {
        String kind = send("Runtime.evaluate", Map.of("expression", prototype))
                .path("result")
                .path("objectId")
                .asString();
        String all = send("Runtime.queryObjects", Map.of("prototypeObjectId", kind))
                .path("objects")
                .path("objectId")
                .asString();
        send(
                "Runtime.callFunctionOn",
                Map.of("objectId", all, "functionDeclaration", "function () { this.forEach(" + function + "); }"));
    }

    /** Waits until a JavaScript expression is true. The page itself looks again and again. */
    public Tab await(String condition) {
        String look = """
                new Promise(resolve => {
                    const until = performance.now() + %d;
                    const look = () => {
                        if (%s) resolve(true);
                        else if (performance.now() > until) resolve(false);
                        else setTimeout(look, 10);
                    };
                    look();
                })""".formatted(LOOK, condition);
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        do {
            try {
                if (evaluate(look, true).asBoolean()) {
                    return this;
                }
            } catch (DevTools.Failed e) {
                // The page went while we looked: the next one is looked at.
            }
        } while (System.nanoTime() < deadline);
        throw new AssertionError("never true: " + condition + "\non " + evaluate("document.URL") + "\n"
                + evaluate("document.body.innerText").asString() + "\n" + String.join("\n", complaints));
    }

    /** Waits until an element is seen that contains a text. */
    public Tab awaitText(String selector, String text) {
        return await(
                "[...document.querySelectorAll(%s)].some(found => found.checkVisibility() && found.textContent.includes(%s))"
                        .formatted(quoted(selector), quoted(text)));
    }

    /** Waits until an element can be seen. */
    public Tab awaitVisible(String selector) {
        return await("document.querySelector(%s)?.checkVisibility()".formatted(quoted(selector)));
    }

    /** The text of the first element of that kind, white space as it is shown. */
    public String text(String selector) {
        return evaluate("document.querySelector(" + quoted(selector) + ").innerText")
                .asString();
    }

    /** The texts of all elements of that kind. */
    public List<String> texts(String selector) {
        return strings(
                "[...document.querySelectorAll(%s)].map(found => found.textContent)".formatted(quoted(selector)));
    }

    /** The value of an expression that is an array of strings. */
    public List<String> strings(String expression) {
        return evaluate(expression).valueStream().map(JsonNode::asString).toList();
    }

    /** Types into whatever has the focus. */
    public Tab type(String text) {
        send("Input.insertText", Map.of("text", text));
        return this;
    }

    public Tab press(Key key) {
        Map<String, Object> down = Map.of(
                "type", key.text.isEmpty() ? "rawKeyDown" : "keyDown",
                "key", key.key,
                "code", key.key,
                "windowsVirtualKeyCode", key.code,
                "text", key.text,
                "modifiers", key.modifiers);
        send("Input.dispatchKeyEvent", down);
        send(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyUp", "key", key.key, "code", key.key, "modifiers", key.modifiers));
        return this;
    }

    /** Clicks where an element is. */
    public Tab click(String selector) {
        awaitVisible(selector);
        JsonNode middle = evaluate("""
                (() => {
                    const found = document.querySelector(%s);
                    found.scrollIntoView({ block: "nearest", behavior: "instant" });
                    const box = found.getBoundingClientRect();
                    return [box.x + box.width / 2, box.y + box.height / 2];
                })()""".formatted(quoted(selector)));
        for (String type : List.of("mousePressed", "mouseReleased")) {
            send(
                    "Input.dispatchMouseEvent",
                    Map.of("type", type, "x", middle.get(0), "y", middle.get(1), "button", "left", "clickCount", 1));
        }
        return this;
    }

    /** @param phone whether it is touched with a finger */
    public Tab resize(int width, int height, boolean phone) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
        send("Emulation.setTouchEmulationEnabled", Map.of("enabled", phone));
        return this;
    }

    public Tab prefersDark(boolean dark) {
        Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        // No movement: a picture of half a fade shows nothing.
        Map<String, String> motion = Map.of("name", "prefers-reduced-motion", "value", "reduce");
        send("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme, motion)));
        return this;
    }

    /** The computer is taken to another time zone. */
    public Tab travel(String zone) {
        send("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
        return this;
    }

    /** What is seen, as PNG. */
    public byte[] picture() {
        String data = send("Page.captureScreenshot", Map.of("format", "png", "optimizeForSpeed", true))
                .get("data")
                .asString();
        return Base64.getDecoder().decode(data);
    }

    /** Writes what is seen to a PNG file. */
    public void screenshot(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, picture());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text as a JavaScript literal. */
    public static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    /** Keys that are not letters. */
    public enum Key {
        ENTER("Enter", 13, "\r", 0),
        SHIFT_ENTER("Enter", 13, "\r", 8),
        TAB("Tab", 9, "", 0),
        SHIFT_TAB("Tab", 9, "", 8),
        SPACE(" ", 32, " ", 0),
        UP("ArrowUp", 38, "", 0),
        ESCAPE("Escape", 27, "", 0);

        private final String key;
        private final int code;
        private final String text;
        private final int modifiers;

        Key(String key, int code, String text, int modifiers) {
            this.key = key;
            this.code = code;
            this.text = text;
            this.modifiers = modifiers;
        }
    }
}
