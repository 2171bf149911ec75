package prosa.adapter.tcp;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import prosa.application.Arrivals;
import prosa.application.Chat;
import prosa.application.Descriptors;
import prosa.application.port.Authority;
import prosa.application.port.Event;
import prosa.application.port.Port;
import prosa.application.port.Transport;
import prosa.application.port.UserTimeout;
import prosa.domain.Refused;
import prosa.language.Language;

/** The TCP wire: lines of text for people with telnet or nc, and {@code prosa.v1} for programs that ask for it; the same over TLS. */
public final class TcpTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);

    /** Connections that the kernel keeps for us while we are busy: a class that joins at once. */
    private static final int WAITING = 1024;

    /** A port that is free on one address may be taken on the next. */
    private static final int TRIES = 10;

    /** For who vanished without a word in a room where others talk; in silence keep-alive finds them within the same time. */
    private static final Duration UNACKNOWLEDGED = Duration.ofMinutes(2);

    private final Chat chat;
    private final UserTimeout userTimeout;
    private final List<InetAddress> addresses;
    private final Port port;
    private final Descriptors descriptors;
    private final String scheme;
    private final LineCodec text;
    private final LineCodec json;
    private volatile List<URI> listening = List.of();
    private volatile @Nullable Running running;

    private record Running(EventLoop loop, List<Acceptor> acceptors, Optional<TlsEntrance> tls) {}

    /**
     * @param addresses to listen on, at least one
     * @param port the same on all of them. Who wants one in the clear and one over TLS has two transports
     * @param descriptors what the process has left
     * @param language in which people are spoken to
     * @param zone in which they are told the time
     */
    public TcpTransport(
            Chat chat,
            List<InetAddress> addresses,
            Port port,
            Descriptors descriptors,
            UserTimeout userTimeout,
            Language language,
            ZoneId zone) {
        this.chat = chat;
        this.userTimeout = userTimeout;
        this.addresses = List.copyOf(addresses);
        this.port = port;
        this.scheme = port.encryption().isPresent() ? "tcps" : "tcp";
        this.descriptors = descriptors;
        this.text = LineCodec.text(language, zone);
        this.json = LineCodec.json(language);
    }

    @Override
    public void start() throws IOException {
        List<ServerSocketChannel> servers = bindAll();
        EventLoop loop = new EventLoop("prosa-" + scheme);
        Optional<TlsEntrance> tls = port.encryption().map(encryption -> new TlsEntrance(encryption, loop));
        List<Acceptor> acceptors = new ArrayList<>();
        List<URI> uris = new ArrayList<>();
        for (ServerSocketChannel server : servers) {
            uris.add(Authority.uri(scheme, (InetSocketAddress) server.getLocalAddress()));
            acceptors.add(new Acceptor(server, loop, descriptors, channel -> open(channel, loop, tls)));
        }
        running = new Running(loop, List.copyOf(acceptors), tls);
        listening = List.copyOf(uris);
        loop.start();
    }

    private List<ServerSocketChannel> bindAll() throws IOException {
        for (int i = 1; ; i++) {
            List<ServerSocketChannel> servers = new ArrayList<>();
            try {
                int samePort = port.number();
                for (InetAddress address : addresses) {
                    ServerSocketChannel server = bind(new InetSocketAddress(address, samePort));
                    servers.add(server);
                    samePort = ((InetSocketAddress) server.getLocalAddress()).getPort();
                }
                return servers;
            } catch (IOException e) {
                for (ServerSocketChannel server : servers) {
                    server.close();
                }
                if (port.number() != 0 || servers.isEmpty() || i == TRIES) {
                    throw e;
                }
            }
        }
    }

    private ServerSocketChannel bind(InetSocketAddress address) throws IOException {
        ServerSocketChannel server = open(address.getAddress());
        try {
            return server.bind(address, WAITING);
        } catch (IOException e) {
            server.close();
            BindException named = new BindException(Authority.uri(scheme, address) + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    private static ServerSocketChannel open(InetAddress address) throws IOException {
        try {
            return ServerSocketChannel.open(
                    address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        } catch (UnsupportedOperationException e) {
            throw new IOException("no IPv6 here", e);
        }
    }

    private void open(SocketChannel channel, EventLoop loop, Optional<TlsEntrance> tls) {
        Optional<Arrivals.Place> place = place(channel, tls.isPresent());
        if (place.isEmpty()) {
            return;
        }
        try {
            userTimeout.limit(channel, UNACKNOWLEDGED, loop);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            keepAlive(channel);
            if (tls.isPresent()) {
                tls.get().admit(channel, place.get(), agreed -> enter(agreed, loop, SelectionKey.OP_READ));
            } else {
                enter(new PlainLink(channel, place.get()), loop, 0);
            }
        } catch (IOException | RuntimeException e) {
            place.get().leave();
            close(channel, e);
        }
    }

    /** For who may come; others are told why not, if they can read it, and are closed. */
    private Optional<Arrivals.Place> place(SocketChannel channel, boolean encrypted) {
        InetAddress from = channel.socket().getInetAddress();
        Arrivals.Place place = Arrivals.Place.NONE;
        try {
            place = chat.arrivals().connect(from);
            chat.arrivals().comeToTalk(from);
            return Optional.of(place);
        } catch (Refused refused) {
            place.leave();
            turnAway(channel, encrypted, refused);
            return Optional.empty();
        }
    }

    private void turnAway(SocketChannel channel, boolean encrypted, Refused refused) {
        try (channel) {
            if (!encrypted) {
                channel.configureBlocking(false);
                channel.write(ByteBuffer.wrap(
                        text.encode(new Event.Refusal(refused.reason(), refused.fault(), Optional.empty()))));
            }
        } catch (IOException e) {
            LOG.debug("Who was turned away has gone", e);
        }
    }

    private void enter(Link link, EventLoop loop, int ready) {
        try {
            new TcpConnection(link, loop, chat, text, json).ready(ready);
        } catch (IOException | RuntimeException e) {
            close(link, e);
        }
    }

    private static void close(Link link, Exception why) {
        LOG.debug("A TCP connection broke while it was taken", why);
        try {
            link.close();
        } catch (IOException e) {
            LOG.debug("Closing it failed, too", e);
        }
    }

    private static void close(SocketChannel channel, Exception why) {
        LOG.debug("A TCP connection broke while it was taken", why);
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing it failed, too", e);
        }
    }

    /** Who vanished without a word holds a name: systems would notice after two hours by default, so here in two minutes. Where others talk, the user timeout finds them. */
    private static void keepAlive(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 60);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 15);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 4);
        }
    }

    @Override
    public List<URI> listening() {
        return listening;
    }

    @Override
    public void stopAccepting() {
        Running now = running;
        if (now != null) {
            CompletableFuture.runAsync(() -> close(now), now.loop()).join();
        }
    }

    private static void close(Running running) {
        running.acceptors().forEach(Acceptor::drop);
        running.loop().watched().stream().filter(TlsHandshake.class::isInstance).forEach(EventLoop.Watched::drop);
        running.loop().letGo();
    }

    @Override
    public void stop(Duration grace) {
        Running now = running;
        if (now != null) {
            stopAccepting();
            try {
                now.loop().end(grace);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                now.tls().ifPresent(TlsEntrance::close);
            }
        }
    }
}
