package prosa.adapter.javalin;

import io.javalin.config.RoutesConfig;

/** {@code /chat} for whoever {@link ChatDoor} did not let in: they are told why. */
final class ChatRoute {
    private ChatRoute() {}

    static void install(RoutesConfig routes) {
        routes.get("/chat", Handshake::refuse);
        routes.head("/chat", Handshake::refuse);
        routes.ws("/chat", socket -> {});
        routes.wsBeforeUpgrade("/chat", Handshake::refuse);
    }
}
