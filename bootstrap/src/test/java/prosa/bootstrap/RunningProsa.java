package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static prosa.lab.tls.Trust.in;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import prosa.application.Access;
import prosa.application.port.HouseClock;
import prosa.application.port.Limits;
import prosa.application.port.Trust;
import prosa.bootstrap.Options.History;
import prosa.bootstrap.Options.TutorialPort;
import prosa.certificate.Identity;
import prosa.lab.client.Address;
import prosa.lab.tls.Endpoint;
import prosa.language.Language;

/** A Prosa within the test, on free ports of localhost, and those who talk to it over other wires than a browser's. */
final class RunningProsa implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9-]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path dataDir;
    private final String bind;
    private final boolean plain;
    private final Optional<Tls> tls;
    private final Trust trust;
    private Prosa prosa;

    RunningProsa(Path dataDir) throws Exception {
        this("localhost", dataDir, true, Optional.empty(), Trust.NONE);
    }

    private RunningProsa(String bind, Path dataDir, boolean plain, Optional<Tls> tls, Trust trust) throws Exception {
        this.bind = bind;
        this.dataDir = dataDir;
        this.plain = plain;
        this.tls = tls;
        this.trust = trust;
        this.prosa = start(0);
    }

    /** One that has made a certificate for itself, on ports of TLS besides. */
    static RunningProsa encrypted(Path dataDir) throws Exception {
        return encrypted(dataDir, true);
    }

    /** @param plain whether there are ports in the clear as well */
    static RunningProsa encrypted(Path dataDir, boolean plain) throws Exception {
        return new RunningProsa("localhost", dataDir, plain, Optional.of(selfMade()), Trust.NONE);
    }

    /** One that believes some what they say, and in which people may not do all they like. */
    static RunningProsa trusting(Path dataDir, Trust trust) throws Exception {
        return new RunningProsa("localhost", dataDir, true, Optional.empty(), trust);
    }

    /**
     * One that other machines could reach.
     *
     * @param tls whether it is encrypted besides
     */
    static RunningProsa on(String address, Path dataDir, boolean tls) throws Exception {
        return new RunningProsa(address, dataDir, true, tls ? Optional.of(selfMade()) : Optional.empty(), Trust.NONE);
    }

    private static Tls selfMade() {
        return new Tls(new Tls.Certificate.Self(), OptionalInt.of(0), OptionalInt.of(0));
    }

    private Prosa start(int httpPort) throws Exception {
        Options options = new Options(
                plain ? new HttpPort.Open(httpPort) : new HttpPort.Off(),
                plain ? OptionalInt.of(0) : OptionalInt.empty(),
                tls,
                Optional.of(new TutorialPort(0, true)),
                0,
                Bind.to(bind),
                dataDir,
                History.SQLITE,
                Language.ENGLISH,
                true,
                trust,
                Map.of(),
                Access.CLAIM_DAYS,
                trust.equals(Trust.NONE) ? Limits.NONE : Limits.usual(1L << 30, trust.proxies()));
        return Prosa.start(options, HouseClock.over(InstantSource.system()), ZoneOffset.UTC);
    }

    /**
     * Stops, and starts again where it was.
     *
     * @param meanwhile happens at another place, where those who lost it don't find it
     */
    void restart(Interlude meanwhile) throws Exception {
        int port = port("http");
        prosa.stop(GRACE);
        prosa = start(0);
        meanwhile.play();
        prosa.stop(GRACE);
        prosa = start(port);
    }

    interface Interlude {
        void play() throws Exception;
    }

    /** Of {@code http}, {@code tcp} or {@code sse}, which is the tutorial. */
    int port(String scheme) {
        return prosa.listening().stream()
                .filter(uri -> uri.getScheme().equals(scheme))
                .findFirst()
                .orElseThrow()
                .getPort();
    }

    /** As a person would write it: localhost, and not 127.0.0.1. */
    String url(String path) {
        return "http://localhost:" + port("http") + path;
    }

    /** Where the laboratory finds one that is encrypted, whose certificate it trusts by its file. */
    Address encryptedAddress() throws IOException {
        Optional<prosa.lab.tls.Tls> tls =
                Optional.of(new prosa.lab.tls.Tls(in(dataDir.resolve(Identity.SELF_FILE)), "localhost"));
        return new Address(
                new Endpoint(new InetSocketAddress("127.0.0.1", port("https")), tls),
                new Endpoint(new InetSocketAddress("127.0.0.1", port("tcps")), tls));
    }

    /** Somebody says something by POST. Returns the message's id. */
    String post(String name, String text) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url("/messages?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))))
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertEquals(201, answer.statusCode(), answer::body);
        return ids(answer.body()).getFirst();
    }

    /** The ids of all messages, oldest first. */
    List<String> ids() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url("/messages?limit=1000"))).build();
        return ids(client.send(request, BodyHandlers.ofString()).body());
    }

    private static List<String> ids(String json) {
        return ID.matcher(json).results().map(result -> result.group(1)).toList();
    }

    /** Somebody who sits in the room with a telnet client. */
    Lines telnet(String name) throws IOException {
        Lines lines = new Lines(new Socket("localhost", port("tcp")));
        lines.send(name);
        lines.await("/help");
        return lines;
    }

    /** Somebody who reads the feed with curl. */
    Lines feed() throws IOException {
        Lines lines = new Lines(new Socket("localhost", port("http")));
        lines.send("GET /feed HTTP/1.1", "Host: localhost:" + port("http"), "");
        lines.await("id:");
        return lines;
    }

    @Override
    public void close() {
        client.close();
        prosa.stop(GRACE);
    }
}
