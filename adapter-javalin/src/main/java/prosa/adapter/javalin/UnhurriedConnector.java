package prosa.adapter.javalin;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import prosa.application.Arrivals;
import prosa.application.Descriptors;
import prosa.application.port.Encryption;
import prosa.delivery.Collapse;
import prosa.domain.Refused;

/**
 * A connector that, when clients send much, looks for it less often: to wake a thread for each frame costs more than to read the
 * frame. With a nap of 4 ms before a look, 1,000 messages a second to 1,000 followers cost the whole server 10 to 15 % less CPU
 * time ({@code storm} in docs/performance.md). When little is sent nobody waits, and neither does a
 * client that sends the next thing as soon as the last one is answered, or that connects.
 */
final class UnhurriedConnector extends ServerConnector {
    private final HttpPatience patience;
    private final Descriptors descriptors;
    private final int reserve;

    // Of whoever looks, one at a time.
    private long lastLook = System.nanoTime();
    private long clock;
    /** What those take up who are counted. */
    private final Map<SelectableChannel, Arrivals.Place> places = new ConcurrentHashMap<>();

    private final Arrivals arrivals;
    private final boolean encrypted;

    /** Since when. Those who are gone are forgotten with their connections. */
    private final Map<SslConnection, Long> shakingHands = new WeakHashMap<>();

    /** @param encryption empty: plain HTTP */
    UnhurriedConnector(Server server, HttpConfiguration http, HttpServer.Door door, Optional<Encryption> encryption) {
        super(server, null, null, new HttpBuffers(), 0, 1, protocols(http, door.patience(), encryption));
        this.patience = door.patience();
        this.descriptors = door.descriptors();
        this.reserve = door.reserve();
        this.arrivals = door.arrivals();
        this.encrypted = encryption.isPresent();
        setIdleTimeout(patience.between().toMillis());
    }

    private static ConnectionFactory[] protocols(
            HttpConfiguration http, HttpPatience patience, Optional<Encryption> encryption) {
        HttpConfiguration own = new HttpConfiguration(http);
        HttpConnectionFactory requests = new HttpConnectionFactory(own) {
            @Override
            public Connection newConnection(Connector connector, EndPoint endPoint) {
                return configure(new RequestConnection(own, connector, endPoint, patience), connector, endPoint);
            }
        };
        return encryption
                .map(encrypted -> Protocols.over(encrypted, http, requests))
                .orElseGet(() -> new ConnectionFactory[] {requests});
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        lookLater();
    }

    private void lookLater() {
        getScheduler().schedule(this::look, patience.look().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look() {
        try {
            long now = clock();
            for (EndPoint endPoint : getConnectedEndPoints()) {
                look(endPoint, now);
            }
        } finally {
            if (isRunning()) {
                lookLater();
            }
        }
    }

    private void look(EndPoint endPoint, long now) {
        switch (endPoint.getConnection()) {
            case RequestConnection requests -> requests.look(now);
            case SslConnection encrypted -> {
                if (encrypted.getSslEndPoint().getConnection() instanceof RequestConnection requests) {
                    requests.look(now);
                } else if (isStillShakingHands(encrypted, now)) {
                    endPoint.close();
                }
            }
            case null, default -> {}
        }
    }

    /** What is spoken is agreed on in the handshake, which has as long as a request's head. */
    private boolean isStillShakingHands(SslConnection encrypted, long now) {
        if (!(encrypted.getSslEndPoint().getConnection() instanceof NegotiatingServerConnection)) {
            shakingHands.remove(encrypted);
            return false;
        }
        return now - shakingHands.computeIfAbsent(encrypted, seen -> now)
                > patience.head().toNanos();
    }

    /** Goes on with the looks: a pause of the whole process counts against nobody. */
    private long clock() {
        long now = System.nanoTime();
        clock += Math.min(now - lastLook, 3 * patience.look().toNanos());
        lastLook = now;
        return clock;
    }

    /** Out of descriptors, accepting fails again and again, at once: a pause keeps the thread for those who are here. */
    private void pause() {
        setAccepting(false);
        getScheduler()
                .schedule(
                        () -> {
                            if (isRunning() && isOpen()) {
                                setAccepting(true);
                            }
                        },
                        Descriptors.LOOK_AGAIN.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new Manager(executor, scheduler, selectors);
    }

    /** Lets in who comes, and sees off who goes. */
    private final class Manager extends ServerConnectorManager {
        /** The one that looks; it goes on with what it has found until it looks again. */
        private volatile @Nullable Thread looking;

        Manager(Executor executor, Scheduler scheduler, int selectors) {
            super(executor, scheduler, selectors);
        }

        @Override
        protected ManagedSelector newSelector(int id) {
            return new UnhurriedSelector(this, id) {
                @Override
                protected int nioSelect(Selector selector, boolean now) throws IOException {
                    looking = Thread.currentThread();
                    return super.nioSelect(selector, now);
                }
            };
        }

        /**
         * What Jetty hands on here is somebody who has come, or has gone. The thread that has found that out sees to it: to wake another
         * one for each cost a seventh of what it takes when everybody comes back (decision 41).
         */
        @Override
        protected void execute(Runnable task) {
            if (isLooking()) {
                task.run();
            } else {
                super.execute(task);
            }
        }

        @Override
        public void endPointClosed(EndPoint endPoint) {
            super.endPointClosed(endPoint);
            if (endPoint instanceof HttpEndPoint ours) {
                left(ours.getChannel());
            }
        }

        private boolean isLooking() {
            return Thread.currentThread() == looking;
        }

        /** What is ours never blocks. Of a request that was under way the end is told to whoever has it, who may. */
        @Override
        public void connectionClosed(Connection connection, @Nullable Throwable cause) {
            boolean ours = connection instanceof FairConnection || connection instanceof FeedStream;
            if (ours || !isLooking()) {
                super.connectionClosed(connection, cause);
                return;
            }
            try {
                super.execute(() -> super.connectionClosed(connection, cause));
            } catch (RejectedExecutionException e) {
                super.connectionClosed(connection, cause); // the server stops
            }
        }

        @Override
        protected @Nullable SelectableChannel doAccept(SelectableChannel server) throws IOException {
            long now = System.nanoTime();
            if (!descriptors.atLeast(reserve, now)) {
                pause();
                return null;
            }
            try {
                SelectableChannel accepted = super.doAccept(server);
                if (accepted == null || !mayStay(accepted)) {
                    return null;
                }
                descriptors.taken(1);
                return accepted;
            } catch (ClosedChannelException e) {
                return null; // we take no more
            } catch (IOException e) {
                descriptors.refused(e, now);
                pause();
                return null;
            }
        }

        @Override
        protected void onAcceptFailed(SelectableChannel channel, Throwable failure) {
            left(channel);
            Collapse.ifOutOfMemory(failure);
            super.onAcceptFailed(channel, failure);
        }
    }

    /** Whether there is a place for somebody; else they are told why not, if they can read it, and are closed. */
    private boolean mayStay(SelectableChannel accepted) {
        if (!(accepted instanceof SocketChannel channel)) {
            return true;
        }
        try {
            Arrivals.Place place = arrivals.connect(channel.socket().getInetAddress());
            if (place != Arrivals.Place.NONE) {
                places.put(channel, place);
            }
            return true;
        } catch (Refused refused) {
            Refusals.turnAway(channel, encrypted, refused);
            return false;
        }
    }

    private void left(SelectableChannel channel) {
        Arrivals.Place place = places.remove(channel);
        if (place != null) {
            place.leave();
        }
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        HttpEndPoint endPoint = new HttpEndPoint(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    /** One thread at a time selects, and what belongs to it here is handed on with that. */
    private static class UnhurriedSelector extends ManagedSelector {
        /** From one look to the next, at least. Half of the 8 ms that would save 2 % more and that people might measure. */
        private static final long NAP = TimeUnit.MILLISECONDS.toNanos(4);

        /** Looks that come closer than this on average are too many. More than a nap, or naps would end themselves. */
        private static final long CLOSE = TimeUnit.MILLISECONDS.toNanos(6);

        private static final int AVERAGED = 8;

        /** Somebody who has just connected, or who opens many connections one after the other, is not kept waiting. */
        private static final long AFTER_ACCEPT = TimeUnit.MILLISECONDS.toNanos(20);

        private long lastLook = System.nanoTime();
        private long averageGap = CLOSE;
        private long lastAccept = lastLook - AFTER_ACCEPT;
        private @Nullable SelectionKey lastAlone;
        private boolean sameAlone;

        UnhurriedSelector(SelectorManager manager, int id) {
            super(manager, id);
        }

        @Override
        protected int nioSelect(Selector selector, boolean now) throws IOException {
            if (!now) {
                napIfTooMany();
            }
            int found = super.nioSelect(selector, now);
            long look = System.nanoTime();
            // A pause of any length counts as one in which nobody was in a hurry.
            averageGap += (Math.min(look - lastLook, AVERAGED * CLOSE) - averageGap) / AVERAGED;
            lastLook = look;
            see(selector.selectedKeys());
            return found;
        }

        @Override
        protected void handleSelectFailure(Selector selector, Throwable failure) throws IOException {
            Collapse.ifOutOfMemory(failure);
            super.handleSelectFailure(selector, failure);
        }

        /** It has closed all connections by then, and would look for no others. */
        @Override
        protected void onSelectFailed(Throwable cause) {
            throw Collapse.of(Thread.currentThread().getName(), cause);
        }

        private void see(Set<SelectionKey> ready) {
            SelectionKey alone = ready.size() == 1 ? ready.iterator().next() : null;
            sameAlone = alone != null && alone == lastAlone;
            lastAlone = alone;
            for (SelectionKey key : ready) {
                if (key.channel() instanceof ServerSocketChannel) {
                    lastAccept = lastLook;
                }
            }
        }

        private void napIfTooMany() {
            long left = lastLook + NAP - System.nanoTime();
            if (averageGap < CLOSE && left > 0 && !sameAlone && lastLook - lastAccept > AFTER_ACCEPT) {
                LockSupport.parkNanos(this, left); // returns early if it likes: then this look comes early
            }
        }
    }
}
