package prosa.lab.experiment;

import java.io.IOException;
import prosa.lab.Wire;
import prosa.lab.client.Address;
import prosa.lab.client.Follower;
import prosa.lab.client.Following;

/** A way from clients to a server on which everything can be made to vanish at once. Any thread may call it. */
interface Way extends AutoCloseable {
    /** What makes things vanish, as reports name it. */
    String id();

    /** Whether packets are really lost there. */
    boolean losesPackets();

    /** Follows over this way. */
    Follower follow(Wire wire, Following following) throws IOException;

    /** The same server over another way, on which nothing vanishes. */
    Address around();

    /** From now on nothing comes through in either direction, and neither side is told. */
    void vanish() throws IOException, InterruptedException;

    /** Whether the server still holds its end of that connection. */
    boolean serverHolds(Follower follower);

    @Override
    void close();
}
