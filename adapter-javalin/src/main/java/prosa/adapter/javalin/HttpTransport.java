package prosa.adapter.javalin;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServletFactory;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import prosa.application.Chat;
import prosa.application.Descriptors;
import prosa.application.port.OpenStream;
import prosa.application.port.Peer;
import prosa.application.port.Port;
import prosa.application.port.TextSocket;
import prosa.application.port.Transport;
import prosa.application.port.Trust;
import prosa.domain.Reason;
import prosa.domain.Refused;

/** The wires of a browser: WebSocket, Server-sent events and HTTP, and the page itself. */
public final class HttpTransport implements Transport {
    /** What changes nothing, and what browsers ask before they read from another site: the feed is open to all pages. */
    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

    private static final Pattern MESSAGES = Pattern.compile("/messages/*", Pattern.CASE_INSENSITIVE);

    private final Doorkeeper doorkeeper;
    private final Trust trust;
    private final Peers peers;

    /** Where the lab's relay connects while a proxy is trusted: whoever comes by it may say what they like, and is believed nothing. */
    private final Optional<OpenPort> aside;

    private final HttpServer.Door door;
    private final Predicate<String> isRelayToken;
    private final SecurityHeaders securityHeaders;
    private final Chat chat;
    private final ZoneId zone;
    private final ExecutorService answerers = Executors.newVirtualThreadPerTaskExecutor();
    private final StaticFiles files = new StaticFiles();
    private final TextSocketRoute textSocket;
    private final Optional<StreamRoute> stream;
    private final Consumer<RoutesConfig> more;
    private final Descriptors descriptors;
    private final HttpServer server;

    /**
     * @param addresses at least one
     * @param ports at least one; the first is the server's own where only one can be named
     * @param tutorialPort asked when a page is served, which may connect to it
     * @param relayPort another port of this host's, if there is one, from which requests of our own pages are passed on to us
     * @param isRelayToken whether who says this in a request's {@code lab}, before a dot, is one of our own pages: no other can know it
     * @param trust what is believed of what requests say of themselves
     * @param descriptors what the process has left
     * @param zone in which people are told the time
     * @param textSocket a WebSocket of others'
     * @param stream an event stream of others'
     * @param more routes of others'
     */
    public HttpTransport(
            Chat chat,
            List<InetAddress> addresses,
            List<Port> ports,
            Supplier<OptionalInt> tutorialPort,
            Supplier<OptionalInt> relayPort,
            Predicate<String> isRelayToken,
            Trust trust,
            Descriptors descriptors,
            ZoneId zone,
            TextSocket textSocket,
            Optional<? extends OpenStream> stream,
            Consumer<RoutesConfig> more) {
        this.chat = chat;
        this.doorkeeper = new Doorkeeper(addresses, trust.origins(), relayPort, this::ownPort);
        this.trust = trust;
        this.aside = trust.proxies().trusted().isEmpty() ? Optional.empty() : Optional.of(new OpenPort(Port.plain(0)));
        this.peers =
                new Peers(trust, connector -> aside.isPresent() && aside.get().isOf(connector));
        this.isRelayToken = isRelayToken;
        this.zone = zone;
        this.textSocket = new TextSocketRoute(textSocket);
        this.stream = stream.map(StreamRoute::new);
        this.more = more;
        this.securityHeaders = new SecurityHeaders(tutorialPort);
        this.descriptors = descriptors;
        this.door = new HttpServer.Door(HttpPatience.USUAL, descriptors, Descriptors.LAST, chat.arrivals());
        this.server = new HttpServer(addresses, ports, door, this::couldBeAccepted, this::configure);
    }

    /** Begins to load what a start needs, on a thread of its own: the classes of Jetty and Javalin take as long as an engine does. */
    public static void load() {
        Thread.ofPlatform().daemon().name("prosa-load").start(HttpServer::rehearse);
    }

    private void configure(JavalinConfig config) {
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = TextMessage.MAX_BYTES;
        config.jetty.modifyWebSocketServletFactory(HttpTransport::withoutCompression);
        config.resourceHandler(files);
        config.contextResolver.ip = request -> peers.address(request).getHostAddress();
        aside.ifPresent(port -> config.jetty.addConnector(
                (server, http) -> port.open(server, http, InetAddress.getLoopbackAddress(), door)));
        config.routes.before(this::check);
        config.routes.wsBeforeUpgrade(this::checkUpgrade);
        Refusals.install(config.routes);
        trust.userHeader().ifPresent(header -> config.routes.before("/", new NamedPage(peers)::answer));
        ChatRoute.install(config.routes);
        config.jetty.modifyServer(this::openShortWays);
        new FeedRoute(chat, peers).install(config.routes);
        new MessagesRoute(chat, peers, answerers).install(config.routes);
        new RoomsRoute(chat, peers, answerers).install(config.routes);
        new ActsRoute(chat, peers, answerers).install(config.routes);
        new TicketsRoute(chat, peers, answerers).install(config.routes);
        textSocket.install(config.routes);
        new HealthRoute(chat, answerers).install(config.routes);
        new HttpsRoute(this::httpsPort).install(config.routes);
        stream.ifPresent(route -> route.install(config.routes));
        more.accept(config.routes);
    }

    private void openShortWays(Server server) {
        WebSocketComponents components = new WebSocketComponents();
        server.addBean(components);
        List<ShortWay> ways = List.of(
                new ChatDoor(chat, zone, components, this::admit),
                new FeedDoor(chat, securityHeaders, this::admitToFeed));
        server.setHandler(new ShortWays(ways, new StreamsLeft(server.getHandler())));
    }

    private OptionalInt httpsPort() {
        return listening().stream()
                .filter(uri -> uri.getScheme().equals("https"))
                .mapToInt(URI::getPort)
                .findFirst();
    }

    private int ownPort() {
        return server.firstPort();
    }

    /** A shared log of frames can't be compressed with each client's own window, so nothing of the kind may be agreed on. */
    private static void withoutCompression(JettyWebSocketServletFactory factory) {
        factory.getAvailableExtensionNames().clear();
    }

    /** While few descriptors are left, a connection has one answer, so that a supervisor gets one. */
    private void spareDescriptors(Context request) {
        if (!descriptors.atLeast(Descriptors.RESERVE, System.nanoTime())) {
            request.header("Connection", "close");
            if (keepsConnection(request)) {
                throw new Refused(Reason.BUSY);
            }
        }
    }

    private static boolean keepsConnection(Context request) {
        return request.header("Upgrade") != null
                || request.path().equals("/feed")
                || "text/event-stream".equals(request.header("Accept"))
                || request.queryParam("follow") != null
                || request.queryParam("wait") != null;
    }

    private void check(Context request) {
        securityHeaders.addTo(request);
        spareDescriptors(request);
        doorkeeper.checkHost(request);
        Query.of(request);
        if (!READING.contains(request.method())) {
            doorkeeper.checkOrigin(request.header("Origin"), request.header("Host"), peers.isSecure(request));
        }
        if (doorkeeper.isNamed(request.header("Origin"))) {
            Sharing.allow(request);
        }
        files.checkMethod(request);
    }

    private void checkUpgrade(Context request) {
        try {
            checkHandshake(request);
        } catch (Denied | Refused refused) {
            // Not on an upgrade, of which browsers show nothing: each of its bytes is counted in the lab.
            securityHeaders.addTo(request);
            throw refused;
        }
    }

    private void checkHandshake(Context request) {
        spareDescriptors(request);
        Query query = Query.of(request);
        checkHandshake(request::header, query, peers.isSecure(request));
        if (ChatDoor.PATHS.contains(request.path())) {
            chat.arrivals().comeToTalk(peers.speaking(request, query).address());
        }
    }

    private void checkHandshake(Handshake.Head head, Query query, boolean secure) {
        doorkeeper.checkHost(head.field("Host"));
        if (!isOfOurOwnPage(query)) {
            doorkeeper.checkOrigin(head.field("Origin"), head.field("Host"), secure);
        }
        Handshake.check(head);
    }

    /** Who it is and what it asks for, if {@link #checkUpgrade} would let it pass. */
    private Optional<ChatDoor.Guest> admit(Request request) {
        try {
            Query query = Query.of(request.getHttpURI().getQuery());
            checkHandshake(request.getHeaders()::get, query, peers.isSecure(request));
            if (!descriptors.atLeast(Descriptors.RESERVE, System.nanoTime())) {
                return Optional.empty();
            }
            Peer peer = peers.overWebSocket(request, query);
            chat.arrivals().comeToTalk(peer.address());
            return Optional.of(new ChatDoor.Guest(peer, query));
        } catch (Denied | Refused e) {
            return Optional.empty();
        }
    }

    /** What it wants to hear, if {@link #check} would let it pass. */
    private Optional<FeedRoute.Wish> admitToFeed(Request request) {
        HttpFields head = request.getHeaders();
        try {
            doorkeeper.checkHost(head.get(HttpHeader.HOST));
            Query query = Query.of(request.getHttpURI().getQuery());
            FeedRoute.Wish wish =
                    FeedRoute.wish(chat, peers.overEventStream(request, query), query, head::get, Accept.of(head));
            if (!descriptors.atLeast(Descriptors.RESERVE, System.nanoTime())) {
                return Optional.empty();
            }
            chat.arrivals().comeToListen(wish.peer().address());
            return Optional.of(wish);
        } catch (Denied | Refused e) {
            return Optional.empty();
        }
    }

    /** Behind a proxy a page has the proxy's Origin, and comes to the relay's port past it. */
    private boolean isOfOurOwnPage(Query query) {
        return query.values().getOrDefault("lab", List.of()).stream()
                .anyMatch(lab -> isRelayToken.test(lab.replaceFirst("\\.[a-z]*$", "")));
    }

    /** The same, of a request whose body is not here yet. Only messages have one. */
    private boolean couldBeAccepted(Request request) {
        HttpFields headers = request.getHeaders();
        String path = Request.getPathInContext(request);
        if (!HttpMethod.POST.is(request.getMethod()) || !MESSAGES.matcher(path).matches()) {
            return false;
        }
        try {
            doorkeeper.checkHost(headers.get(HttpHeader.HOST));
            doorkeeper.checkOrigin(headers.get("Origin"), headers.get(HttpHeader.HOST), peers.isSecure(request));
            peers.vouched(request);
            Posting.of(Query.of(request.getHttpURI().getQuery()), headers::getValuesList);
            return true;
        } catch (Denied | Refused e) {
            return false;
        }
    }

    @Override
    public void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            aside.ifPresent(OpenPort::close);
            throw e;
        }
    }

    /** Where the lab's relay is to connect; empty if that is where everybody does. */
    public Optional<InetSocketAddress> relayEntrance() {
        return aside.map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()));
    }

    @Override
    public List<URI> listening() {
        return server.listening("http");
    }

    @Override
    public void stopAccepting() {
        server.stopAccepting();
        aside.ifPresent(OpenPort::close);
    }

    @Override
    public void stop(Duration grace) {
        textSocket.stop();
        finishAnswers(grace);
        server.stop(grace);
    }

    /** The chat has answered all who waited; the server would cut off what is not written yet. */
    private void finishAnswers(Duration grace) {
        answerers.shutdown();
        try {
            answerers.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
