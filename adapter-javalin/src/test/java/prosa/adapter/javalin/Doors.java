package prosa.adapter.javalin;

import java.util.List;
import prosa.application.Arrivals;
import prosa.application.Descriptors;
import prosa.application.port.Port;

/** Ways in for servers of tests. */
final class Doors {
    static final HttpServer.Door USUAL = of(HttpPatience.USUAL, Long.MAX_VALUE);

    private Doors() {}

    static List<Port> anyPort() {
        return List.of(Port.plain(0));
    }

    /** @param left so many descriptors are left, always */
    static HttpServer.Door of(HttpPatience patience, long left) {
        return new HttpServer.Door(patience, new Descriptors(() -> left), Descriptors.LAST, Arrivals.unlimited());
    }
}
