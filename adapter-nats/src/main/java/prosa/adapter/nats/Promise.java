package prosa.adapter.nats;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an acknowledged message outlives, as far as a client can tell: by the server's version, and on how many machines it is kept. */
final class Promise {
    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");
    private static final int MAJOR = 2;

    /** From this minor version on a server can be told to sync each message. */
    private static final int SYNCS = 10;

    private Promise() {}

    /** In one line. */
    static String of(String version, int replicas) {
        String kept = replicas == 1 ? "on one machine" : "on " + (replicas / 2 + 1) + " of " + replicas + " machines";
        String lost = replicas == 1 ? "a power cut there" : "a power cut of so many at once";
        String synced = canSync(version)
                ? "unless its sync_interval is \"always\", which can't be seen from here, " + lost
                        + " may lose the last two minutes"
                : "it syncs its files every two minutes, so that " + lost + " may lose those";
        return "nats-server " + version + ": what is acknowledged is kept " + kept + ", and outlives kill -9; "
                + synced;
    }

    private static boolean canSync(String version) {
        Matcher form = VERSION.matcher(version);
        if (!form.matches()) {
            return false;
        }
        int major = Integer.parseInt(form.group(1));
        return major > MAJOR || major == MAJOR && Integer.parseInt(form.group(2)) >= SYNCS;
    }
}
