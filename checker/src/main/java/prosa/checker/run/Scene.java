package prosa.checker.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import prosa.checker.judgement.Observer;
import prosa.checker.judgement.Transcript;

/**
 * Where rounds are made: the nodes, the ways to them, and if they were started here, their processes and what is behind them. For one thread,
 * but that any may ask for the {@link #nodes}.
 */
public final class Scene implements AutoCloseable {
    private static final long LOOK_NANOS = 50_000_000;
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    /** What starts a Prosa. */
    private List<String> command;

    /** What starts one after an upgrade. */
    private List<String> next;

    private final Path folder;
    private final Optional<Engines> engines;
    private final List<Member> members = new ArrayList<>();
    private final List<Door> doors = new CopyOnWriteArrayList<>();
    /** So many nodes there are between two rounds. */
    private int usual;

    private int started;

    /** A Prosa that was started here. */
    record Member(Prosa prosa, Cable cable, Door door) implements AutoCloseable {
        @Override
        public void close() {
            door.close();
            prosa.close();
            cable.close();
        }
    }

    private Scene(List<String> command, List<String> next, Path folder, Optional<Engines> engines) {
        this.command = List.copyOf(command);
        this.next = List.copyOf(next);
        this.folder = folder;
        this.engines = engines;
    }

    /**
     * One Prosa of one's own, whose history is a file.
     *
     * @param command what starts a Prosa; options are added
     * @param folder for all that is kept and logged, which nobody else uses
     */
    public static Scene onOneMachine(List<String> command, Path folder) throws IOException, InterruptedException {
        return begun(new Scene(command, command, folder, Optional.empty()), 1);
    }

    /**
     * Two nodes of one's own, which share their rooms on one nats-server or a cluster.
     *
     * @param next what starts a Prosa after an upgrade; the one after that leads back
     * @param count of servers, and on so many each message is kept
     * @param onDisks each server keeps it on a small disk of its own, as root
     */
    public static Scene onEngines(List<String> command, List<String> next, Path folder, int count, boolean onDisks)
            throws IOException, InterruptedException {
        Engines engines = Engines.start(count, folder, onDisks);
        return begun(new Scene(command, next, folder, Optional.of(engines)), 2);
    }

    /** Nodes that run already, and share their rooms if there are several. */
    public static Scene at(List<Node> nodes) throws IOException {
        Scene scene = new Scene(List.of(), List.of(), Path.of(""), Optional.empty());
        for (Node node : nodes) {
            scene.doors.add(Door.before(node));
        }
        return scene;
    }

    private static Scene begun(Scene scene, int count) throws IOException, InterruptedException {
        try {
            for (int i = 0; i < count; i++) {
                scene.add();
            }
            scene.usual = count;
            if (!scene.awaitReady(LONGEST_START)) {
                throw new IOException("not ready after " + LONGEST_START + "; see " + scene.folder);
            }
            return scene;
        } catch (IOException e) {
            scene.close();
            throw e;
        }
    }

    private Member add() throws IOException {
        started++;
        String name = "node-" + started;
        List<Engine> behind = engines.map(Engines::all).orElse(List.of());
        Cable cable = Cable.to(behind);
        List<String> history = behind.isEmpty()
                ? List.of("--history", "sqlite")
                : List.of("--history", cable.urls(), "--nats-replicas", String.valueOf(behind.size()));
        Prosa prosa = Prosa.start(name, command, history, folder.resolve(name));
        Member member = new Member(prosa, cable, Door.before(prosa.node()));
        members.add(member);
        doors.add(member.door());
        return member;
    }

    /** The nodes, by ways that can be cut. */
    public List<Node> nodes() {
        return doors.stream().map(Door::node).toList();
    }

    List<Door> doors() {
        return doors;
    }

    Optional<Engines> engines() {
        return engines;
    }

    /**
     * One of those that were started here.
     *
     * @param turn another one each time, and the first again after the last
     */
    Member member(int turn) {
        return members.get(Math.floorMod(turn, members.size()));
    }

    /** All are ended and started anew, one after the other, by what comes next; each once the one before it is ready. */
    void upgrade() throws IOException, InterruptedException {
        List<String> before = command;
        command = next;
        next = before;
        for (Member member : members) {
            member.prosa().terminate();
            member.prosa().startAnew(command);
            if (!awaitReady(LONGEST_START)) {
                throw new IOException("not ready " + LONGEST_START + " after its upgrade; see " + folder);
            }
        }
    }

    /** One more, with an empty folder; returns when it listens. */
    void addNewcomer() throws IOException {
        add();
    }

    /** Whoever came goes again. */
    void dismissNewcomers() {
        while (members.size() > usual) {
            Member newcomer = members.removeLast();
            doors.remove(newcomer.door());
            newcomer.close();
        }
    }

    /** For people: what was not as it should be is to be understood. Not where nothing was started here. */
    void writeDown(String name, Transcript transcript) throws IOException {
        if (members.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        transcript.attempts().forEach(attempt -> lines.add(attempt.toString()));
        transcript.history().forEach(entry -> lines.add("history: " + entry));
        for (Observer observer : transcript.observers()) {
            observer.seen().forEach(seen -> lines.add(observer.name() + ": " + seen));
        }
        Files.write(folder.resolve("transcript-" + name), lines);
    }

    /** Starts the Prosas anew that have ended by themselves, and says why they had. */
    List<String> raiseFallen() throws IOException {
        List<String> falls = new ArrayList<>();
        for (Member member : members) {
            Optional<String> fall = member.prosa().fall();
            if (fall.isPresent()) {
                falls.add(fall.get());
                member.prosa().startAnew();
            }
        }
        return falls;
    }

    /** Whether all nodes say that they are ready. */
    boolean isReady() {
        for (Door door : doors) {
            try {
                if (Http.get(door.behind(), "/ready").status() != Http.OK) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    /** @return whether they are, in time */
    boolean awaitReady(Duration longest) {
        long begin = System.nanoTime();
        while (!isReady()) {
            if (System.nanoTime() - begin > longest.toNanos()) {
                return false;
            }
            Client.pause(LOOK_NANOS);
        }
        return true;
    }

    @Override
    public void close() {
        members.forEach(Member::close);
        doors.forEach(Door::close);
        engines.ifPresent(Engines::close);
    }
}
