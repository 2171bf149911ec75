package prosa.lab.page;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A TCP connection whose two ends are in this process. */
final class SelfConnection {
    private static final int PATIENCE_MILLIS = 2_000;

    private SelfConnection() {}

    /** Takes the far end. */
    @FunctionalInterface
    interface Accepted {
        void take(Socket far) throws IOException;
    }

    /**
     * Listens on the loopback for as long as it takes to connect there itself, and lets in nobody else.
     *
     * @param accepted is given the far end
     * @return the near end
     */
    static Socket open(Accepted accepted) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(PATIENCE_MILLIS);
            Socket near = new Socket(listener.getInetAddress(), listener.getLocalPort());
            try {
                Socket far = listener.accept();
                while (far.getPort() != near.getLocalPort()) {
                    far.close();
                    far = listener.accept();
                }
                accepted.take(far);
                return near;
            } catch (IOException e) {
                near.close();
                throw e;
            }
        }
    }
}
