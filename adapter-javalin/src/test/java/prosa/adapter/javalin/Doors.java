package prosa.adapter.javalin;

import java.util.List;
import java.util.Optional;
import prosa.application.Descriptors;

/** Ways in for servers of tests. */
final class Doors {
    static final HttpServer.Door USUAL = of(HttpPatience.USUAL, Long.MAX_VALUE);

    private Doors() {}

    static List<HttpServer.Port> anyPort() {
        return List.of(new HttpServer.Port(0, Optional.empty()));
    }

    /** @param left so many descriptors are left, always */
    static HttpServer.Door of(HttpPatience patience, long left) {
        return new HttpServer.Door(patience, new Descriptors(() -> left), Descriptors.LAST);
    }
}
