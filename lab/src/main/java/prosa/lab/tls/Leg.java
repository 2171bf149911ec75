package prosa.lab.tls;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** One leg of a connection: a connected socket, and TLS on it or none. One thread reads, one writes, any may end it. */
public final class Leg implements Closeable {
    private final Socket wire;
    /** The same without TLS. */
    private final Socket spoken;

    private final InputStream in;
    private final OutputStream out;

    private Leg(Socket wire, Socket spoken) throws IOException {
        this.wire = wire;
        this.spoken = spoken;
        this.in = spoken.getInputStream();
        this.out = spoken.getOutputStream();
    }

    public static Leg plain(Socket connected) throws IOException {
        return new Leg(connected, connected);
    }

    /** @param over whose handshake is done, and which {@code wire} carries */
    static Leg secured(Socket wire, SSLSocket over) throws IOException {
        return new Leg(wire, over);
    }

    public boolean isSecured() {
        return wire != spoken;
    }

    /** What is said, without what TLS adds. */
    public InputStream in() {
        return in;
    }

    /** For what is to be said. Each write is at least a record of TLS's. */
    public OutputStream out() {
        return out;
    }

    /** How many bytes TLS has opened that were not read; 0 without TLS. */
    public int unread() throws IOException {
        return isSecured() ? in.available() : 0;
    }

    /** Bounds each read from now on; 0: none. */
    public void limitReads(int millis) throws IOException {
        wire.setSoTimeout(millis);
    }

    /** Each write goes out when it is made. Nagle would wait for the acknowledgement of the one before (RFC 896). */
    public void sendAtOnce() throws IOException {
        wire.setTcpNoDelay(true);
    }

    /** Says no more, and says so to the other side; goes on reading. */
    public void end() throws IOException {
        spoken.shutdownOutput();
    }

    /** Ends with TLS's good-bye and a FIN. Waits until the good-bye can be written: not for where somebody may be writing. */
    @Override
    public void close() throws IOException {
        try {
            spoken.close();
        } catch (IOException e) {
            drop(); // the other side has heard enough
        }
    }

    /** Ends with a FIN and without TLS's good-bye, at once, whoever reads or writes. */
    public void drop() throws IOException {
        wire.close();
    }

    /** Ends with a RST, at once: what was not read or sent yet is gone, on both sides (RFC 9293 §3.10.4). */
    public void reset() throws IOException {
        reset(wire);
    }

    /** The same of a socket that is no leg yet. */
    public static void reset(Socket socket) throws IOException {
        try {
            // With a linger time of 0, closing sends RST.
            socket.setSoLinger(true, 0);
        } finally {
            socket.close();
        }
    }
}
