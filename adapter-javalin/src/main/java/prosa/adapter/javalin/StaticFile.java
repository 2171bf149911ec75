package prosa.adapter.javalin;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file as it is sent: its bytes, the same zipped where that is shorter, and how long a browser may keep it. */
final class StaticFile {
    static final String HTML = "text/html;charset=utf-8";
    private static final Map<String, String> TYPES = Map.of(
            "html", HTML,
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml",
            "map", "application/json");

    private static final String VERSIONED = "/webjars/";
    private static final String LASTS = "public, max-age=31536000, immutable";
    /** Kept, but asked for again each time: a new version must not wait, nor meet files of the old one. */
    private static final String ASKED_AGAIN = "no-cache";

    private static final int TAG_BYTES = 12;
    /** Two names for one thing (RFC 9110 §8.4.1.3). */
    private static final List<String> GZIP = List.of("gzip", "x-gzip");

    private final String type;
    private final String caching;
    private final String hash;
    private final byte[] bytes;
    private final Optional<byte[]> zipped;

    private StaticFile(String path, String type, byte[] bytes) {
        this.type = type;
        this.caching = path.startsWith(VERSIONED) ? LASTS : ASKED_AGAIN;
        this.hash = hash(bytes);
        this.bytes = bytes;
        this.zipped = Optional.of(zip(bytes)).filter(shorter -> shorter.length < bytes.length);
    }

    /** @param path as in an address, of a file and not of a folder; nothing in it may lead upwards */
    static Optional<StaticFile> read(String path) {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        String resource = (path.startsWith(VERSIONED) ? "/META-INF/resources" : "/web") + path;
        try (InputStream in = StaticFile.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(new StaticFile(path, type, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new BestGzip(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, TAG_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** Of a page. */
    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    void answer(Context request) {
        boolean zip = zipped.isPresent() && allowsGzip(Weights.of(request, "Accept-Encoding"));
        String tag = tag(request, zip);
        request.header("ETag", tag).header("Cache-Control", caching);
        if (zipped.isPresent()) {
            request.header("Vary", "Accept-Encoding");
        }
        if (isKnown(request.header("If-None-Match"), tag)) {
            request.status(HttpStatus.NOT_MODIFIED);
            return;
        }
        if (zip) {
            request.header("Content-Encoding", "gzip");
        }
        send(request, zip ? zipped.get() : bytes);
    }

    private void send(Context request, byte[] body) {
        request.contentType(type);
        request.res().setContentLength(body.length);
        if (request.method() == HandlerType.GET) {
            request.result(body);
        }
    }

    /**
     * What is zipped is another thing than what is not (RFC 9110 §8.8.3.3). So is a page under another policy, which names ports that may
     * change: Chromium 156 takes the new one from a 304, and on a browser that did not the lab's page could not connect.
     */
    private String tag(Context request, boolean zip) {
        String policy = type.equals(HTML) ? request.res().getHeader("Content-Security-Policy") : null;
        String page = policy == null ? "" : "-" + Integer.toHexString(policy.hashCode());
        return '"' + hash + page + (zip ? "-gzip" : "") + '"';
    }

    static boolean allowsGzip(Weights accepted) {
        return GZIP.stream().anyMatch(name -> accepted.named(name).orElse(0.0) > 0);
    }

    private static boolean isKnown(@Nullable String tags, String tag) {
        return tags != null
                && Stream.of(tags.split(","))
                        .map(known -> known.strip().replaceFirst("^W/", ""))
                        .anyMatch(known -> known.equals(tag) || known.equals("*"));
    }
}
