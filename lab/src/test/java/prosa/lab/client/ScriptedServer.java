package prosa.lab.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import prosa.lab.tls.Endpoint;
import prosa.lab.tls.SelfSigned;
import prosa.lab.tls.Tls;

/** A real server that serves one connection after the other by a script, and counts what it wrote and read. */
public final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Optional<Tls> tls;
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong written = new AtomicLong();

    /** What it does with a connection. */
    @FunctionalInterface
    public interface Script {
        void serve(Peer peer) throws Exception;
    }

    public ScriptedServer(Script script) throws IOException {
        this(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), Optional.empty(), script);
    }

    /** Over TLS, of which it counts nothing. */
    public ScriptedServer(SelfSigned certificate, Script script) throws IOException {
        this(
                certificate
                        .server()
                        .context()
                        .getServerSocketFactory()
                        .createServerSocket(0, 10, InetAddress.getLoopbackAddress()),
                Optional.of(certificate.tls("localhost")),
                script);
    }

    private ScriptedServer(ServerSocket socket, Optional<Tls> tls, Script script) {
        this.socket = socket;
        this.tls = tls;
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try (Socket accepted = socket.accept()) {
                    script.serve(new Peer(accepted));
                } catch (Exception e) {
                    // The client has gone, or the test is over.
                }
            }
        });
    }

    public Address address() {
        InetSocketAddress at = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        return new Address(new Endpoint(at, tls), new Endpoint(at, tls));
    }

    long bytesRead() {
        return read.get();
    }

    long bytesWritten() {
        return written.get();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The other side of a connection. */
    public final class Peer {
        private final Socket accepted;

        Peer(Socket accepted) throws IOException {
            this.accepted = accepted;
            accepted.setTcpNoDelay(true);
        }

        /** Reads up to and with {@code end}, or to the connection's end. */
        public String readTo(String end) throws IOException {
            InputStream in = accepted.getInputStream();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            int next;
            while (!all.toString(StandardCharsets.UTF_8).endsWith(end) && (next = in.read()) >= 0) {
                read.incrementAndGet();
                all.write(next);
            }
            return all.toString(StandardCharsets.UTF_8);
        }

        public void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
        }

        /** Writes in pieces of at most {@code piece} bytes, each a segment of its own as Nagle is off. */
        public void write(byte[] bytes, int piece) throws IOException {
            for (int from = 0; from < bytes.length; from += piece) {
                int count = Math.min(piece, bytes.length - from);
                written.addAndGet(count);
                accepted.getOutputStream().write(bytes, from, count);
                if (bytes.length - from == count) {
                    break;
                }
            }
        }
    }
}
