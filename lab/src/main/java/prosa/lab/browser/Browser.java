package prosa.lab.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import prosa.lab.WorkFolder;
import tools.jackson.databind.JsonNode;

/** A Chromium of its own, without a window, on a new profile. It can reach this machine only. */
public final class Browser implements AutoCloseable {
    private static final long START_SECONDS = 30;
    private static final long END_SECONDS = 10;
    private static final String LISTENING = "DevTools listening on ";

    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox", // containers give it no namespaces to build one from
            "--ignore-certificate-errors", // a server of this machine may have made its own
            "--disable-gpu",
            "--disable-dev-shm-usage", // small in containers
            "--disable-quic",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-default-apps",
            "--disable-extensions",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-domain-reliability",
            "--no-proxy-server",
            // One name is this machine, and looks like another's.
            "--host-resolver-rules=MAP chat.example 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
            "--hide-scrollbars",
            // A mouse, as pages see it (pointer: fine, hover: hover): without a screen there is none.
            "--blink-settings=primaryPointerType=4,availablePointerTypes=4,primaryHoverType=2,availableHoverTypes=2",
            // A tab behind another is still watched here.
            "--disable-background-timer-throttling",
            "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding",
            // In each window, Chromium 156 loads two pages of its own for what its address bar may show: eight times a
            // page's time.
            "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess",
            "--lang=en-US",
            "--remote-debugging-port=0");

    private final Process process;
    private final Path profile;
    private final DevTools devTools;
    private final JsonNode version;

    private Browser(Process process, Path profile, DevTools devTools) {
        this.process = process;
        this.profile = profile;
        this.devTools = devTools;
        // Not to outlive a run that is broken off.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> family(process).forEach(ProcessHandle::destroyForcibly)));
        this.version = devTools.send("", "Browser.getVersion", Map.of());
    }

    /**
     * Starts one, within 30 s.
     *
     * @param work where its profile goes
     * @throws IllegalStateException if it does not start
     */
    public static Browser start(Path program, WorkFolder work) {
        try {
            Path profile = work.make("prosa-browser");
            List<String> command = new ArrayList<>(List.of(program.toString(), "--user-data-dir=" + profile));
            command.addAll(FLAGS);
            command.add("about:blank");
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return new Browser(process, profile, new DevTools(address(process)));
            } catch (RuntimeException e) {
                end(process);
                delete(profile);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens, which it says on stderr; the rest of it is read, too, or the browser would wait for a reader. */
    private static URI address(Process process) {
        CompletableFuture<URI> address = new CompletableFuture<>();
        List<String> said = new ArrayList<>();
        Thread.ofVirtual().name("browser's stderr").start(() -> {
            try (BufferedReader reader = process.errorReader()) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.startsWith(LISTENING)) {
                        address.complete(
                                URI.create(line.substring(LISTENING.length()).strip()));
                    } else if (!address.isDone()) {
                        said.add(line);
                    }
                }
            } catch (IOException e) {
                // Ended as well.
            }
            address.completeExceptionally(new IOException("the browser did not start: " + said));
        });
        try {
            return address.orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Its name and version, as in {@code Chrome/150.0.7871.114}. */
    public String product() {
        return version.path("product").asString("unknown").replaceFirst("^Headless", "");
    }

    /** What it calls itself to servers. */
    public String userAgent() {
        return version.path("userAgent").asString("unknown");
    }

    /** To tell it and its tabs what to do. */
    public DevTools devTools() {
        return devTools;
    }

    /** Opens a page, with cookies of its own. */
    public Page open(String url) {
        return Page.open(devTools, url);
    }

    @Override
    public void close() {
        try {
            devTools.send("", "Browser.close", Map.of());
        } catch (DevTools.Failed e) {
            // It went before it could answer.
        }
        devTools.close();
        end(process);
        delete(profile);
    }

    private static void end(Process process) {
        for (ProcessHandle member : family(process)) {
            CompletableFuture<ProcessHandle> end = member.onExit();
            try {
                end.get(END_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                member.destroyForcibly();
            } catch (Exception e) {
                member.destroyForcibly();
            }
        }
    }

    /** Some are started by a shell script: the browser itself may be a child's child. */
    private static List<ProcessHandle> family(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
