package prosa.lab.page;

import java.net.InetSocketAddress;

/** Where the server that is looked at listens, as its own host reaches it. */
public record Targets(InetSocketAddress http, InetSocketAddress tcp) {}
