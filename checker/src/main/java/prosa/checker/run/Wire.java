package prosa.checker.run;

import java.io.IOException;

/** A wire with two directions. */
enum Wire {
    WEBSOCKET("ws"),
    TCP("tcp");

    private final String id;

    Wire(String id) {
        this.id = id;
    }

    /** Over WebSocket, where this node has no other. */
    Conversation open(Node node) throws IOException {
        return this == WEBSOCKET || node.tcp().isEmpty()
                ? Conversation.overWebSocket(node)
                : Conversation.overTcp(node);
    }

    /** As docs/protocol.md calls it. */
    String id() {
        return id;
    }
}
