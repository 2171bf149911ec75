package prosa.adapter.javalin;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.staticfiles.ResourceHandler;
import io.javalin.http.staticfiles.StaticFileConfig;
import io.javalin.security.RouteRole;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The pages and what they are made of, from the classpath. Each file is read and zipped when it is first asked for, and kept: all of them
 * are some hundred kilobytes.
 *
 * <p>All methods may be called on any thread.
 */
final class StaticFiles implements ResourceHandler {
    /** Without a repeated group: for each repetition Java's patterns take some stack, and a path may have thousands of parts. */
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._@/-]*");

    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);
    private static final Map<String, String> ALLOWED = Map.of("availableMethods", "GET, HEAD");

    private final Map<String, StaticFile> read = new ConcurrentHashMap<>();

    private Optional<StaticFile> find(String path) {
        if (!isPlain(path)) {
            return Optional.empty();
        }
        String file = path.endsWith("/") ? path + "index.html" : path;
        StaticFile known = read.get(file);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<StaticFile> found = StaticFile.read(file);
        found.ifPresent(fresh -> read.put(file, fresh));
        return found;
    }

    /** No part is empty or begins with a dot, so that none leads upwards. */
    private static boolean isPlain(String path) {
        return PATH.matcher(path).matches() && !path.contains("//") && !path.contains("/.");
    }

    /** Files can be read, and nothing else. */
    void checkMethod(Context request) {
        if (!READING.contains(request.method()) && find(request.path()).isPresent()) {
            throw new MethodNotAllowedResponse("Method not allowed", ALLOWED);
        }
    }

    @Override
    public boolean canHandle(Context request) {
        return find(request.path()).isPresent() || isFolder(request.path());
    }

    @Override
    public boolean handle(Context request) {
        String path = request.path();
        Optional<StaticFile> file = find(path);
        file.ifPresent(found -> found.answer(request));
        if (file.isEmpty() && isFolder(path)) {
            redirect(request, path);
            return true;
        }
        return file.isPresent();
    }

    private boolean isFolder(String path) {
        return !path.endsWith("/") && find(path + "/").isPresent();
    }

    /** By a relative address: a proxy may serve us under a path that we don't know. */
    private static void redirect(Context request, String folder) {
        String query = request.queryString();
        request.status(HttpStatus.MOVED_PERMANENTLY)
                .header("Cache-Control", "no-cache")
                .header(
                        "Location",
                        folder.substring(folder.lastIndexOf('/') + 1) + "/" + (query == null ? "" : "?" + query));
    }

    @Override
    public boolean addStaticFileConfig(StaticFileConfig config) {
        throw new UnsupportedOperationException("there is one place for files");
    }

    @Override
    public Set<RouteRole> resourceRouteRoles(Context request) {
        return Set.of();
    }
}
