package prosa.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class StartFailedTest {
    private static String line(IOException e) {
        return StartFailed.ofListening("--tcp-port 80", e).getMessage();
    }

    @Test
    void aPortThatIsTakenIsSaidSo() {
        assertEquals("--tcp-port 80: the port is taken", line(new BindException("Address already in use")));
        IOException wrapped = new IOException("Failed to bind", new BindException("Address already in use"));
        assertEquals("--tcp-port 80: the port is taken", line(wrapped));
    }

    @Test
    void aPortThatNeedsRightsIsSaidSo() {
        String said =
                "--tcp-port 80: this user may not listen on that port: take one from 1024 on, or give the JVM the right";
        assertEquals(said, line(new SocketException("Permission denied")));
        assertEquals(said, line(new IOException("Failed to bind", new BindException("Permission denied"))));
    }

    @Test
    void anythingElseIsSaidAsItIs() {
        assertEquals("--tcp-port 80: no IPv6 here", line(new IOException("no IPv6 here")));
    }
}
