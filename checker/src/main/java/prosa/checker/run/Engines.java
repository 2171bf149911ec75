package prosa.checker.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One nats-server, or a cluster of them; what they keep may be on a disk of its own, which can be filled. For one thread. */
final class Engines implements AutoCloseable {
    /** As Prosa calls it, if nothing else is asked for. */
    private static final String STREAM = "PROSA";

    private final List<Engine> all = new ArrayList<>();
    private final List<SmallDisk> disks = new ArrayList<>();

    private Engines() {}

    /**
     * Starts them, and waits until they are well.
     *
     * @param count 1: alone
     * @param onDisks each on a small disk of its own, as root
     */
    static Engines start(int count, Path folder, boolean onDisks) throws IOException, InterruptedException {
        List<Engine.Ports> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ports.add(new Engine.Ports(freePort(), freePort(), freePort()));
        }
        Engines engines = new Engines();
        try {
            for (int i = 0; i < count; i++) {
                int own = i;
                Path place = folder.resolve("engine-" + (i + 1));
                Path store = place.resolve("store");
                if (onDisks) {
                    engines.disks.add(SmallDisk.mount(store));
                }
                List<Integer> others = ports.stream()
                        .filter(other -> other != ports.get(own))
                        .map(Engine.Ports::cluster)
                        .toList();
                engines.all.add(Engine.start("engine-" + (i + 1), ports.get(i), place, store, others));
            }
            engines.awaitHealth();
            return engines;
        } catch (IOException e) {
            engines.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    List<Engine> all() {
        return all;
    }

    void awaitHealth() throws IOException {
        for (Engine engine : all) {
            engine.awaitHealth();
        }
    }

    /** The one that leads the stream of messages; alone, that one. */
    Engine leader() throws IOException {
        if (all.size() == 1) {
            return all.getFirst();
        }
        for (Engine asked : all) {
            for (Engine engine : all) {
                if (asked.leader(STREAM).filter(engine.name()::equals).isPresent()) {
                    return engine;
                }
            }
        }
        throw new IOException("nobody leads the stream");
    }

    /** The disk of one of them. */
    SmallDisk disk(Engine engine) {
        return disks.get(all.indexOf(engine));
    }

    @Override
    public void close() {
        all.forEach(Engine::close);
        disks.forEach(SmallDisk::close);
    }
}
