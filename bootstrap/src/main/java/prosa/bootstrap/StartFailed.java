package prosa.bootstrap;

import java.io.IOException;
import java.net.SocketException;

/** Prosa can't start. The message is one line that names what is wrong, as a person gave it. */
final class StartFailed extends Exception {
    private static final long serialVersionUID = 1;

    StartFailed(String line) {
        super(line, null, false, false);
    }

    /** @param option by which somebody chose the port on which it can't listen */
    static StartFailed ofListening(String option, IOException e) {
        return new StartFailed(option + ": " + because(e));
    }

    private static String because(IOException e) {
        if (isOfTheSystem(e, "in use")) {
            return "the port is taken";
        }
        if (isOfTheSystem(e, "Permission denied")) {
            return "this user may not listen on that port: take one from 1024 on, or give the JVM the right";
        }
        return String.valueOf(e.getMessage());
    }

    /** Jetty wraps what the system said. */
    private static boolean isOfTheSystem(Throwable e, String words) {
        return e instanceof SocketException && String.valueOf(e.getMessage()).contains(words)
                || e.getCause() != null && isOfTheSystem(e.getCause(), words);
    }
}
