package prosa.checker.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** What is done to a Prosa, behind it, or on the way to it, while people talk. */
public enum Fault {
    NONE("nothing", Needs.NOTHING) {
        @Override
        void make(Scene scene, int turn, Runnable over) {
            over.run();
        }
    },
    CUT("all connections are cut, twice", Needs.NOTHING) {
        @Override
        void make(Scene scene, int turn, Runnable over) {
            scene.doors().forEach(Door::reset);
            rest(SHORT);
            scene.doors().forEach(Door::end);
            over.run();
        }
    },
    STALL("nothing passes for a second, and nothing is lost", Needs.NOTHING) {
        @Override
        void make(Scene scene, int turn, Runnable over) {
            during(Door::stall, scene, over);
        }
    },
    VANISH("what is sent vanishes for a second; then these connections are reset", Needs.NOTHING) {
        @Override
        void make(Scene scene, int turn, Runnable over) {
            during(Door::vanish, scene, over);
        }
    },
    KILL("kill -9 to a Prosa, and a new start", Needs.PROSA) {
        @Override
        void make(Scene scene, int turn, Runnable over) throws IOException, InterruptedException {
            Prosa prosa = scene.member(turn).prosa();
            prosa.kill();
            over.run();
            prosa.startAnew();
        }
    },
    RESTART("SIGTERM to a Prosa, and a new start", Needs.PROSA) {
        @Override
        void make(Scene scene, int turn, Runnable over) throws IOException, InterruptedException {
            Prosa prosa = scene.member(turn).prosa();
            prosa.terminate();
            over.run();
            prosa.startAnew();
        }
    },
    UPGRADE("all Prosas are restarted (SIGTERM), each once the one before it is ready", Needs.ENGINES) {
        @Override
        void make(Scene scene, int turn, Runnable over) throws IOException, InterruptedException {
            scene.upgrade();
            over.run();
        }
    },
    SLEEP("a Prosa stands still past its lease, for 45 s, and goes on (SIGSTOP, SIGCONT)", Needs.PROSA) {
        @Override
        void make(Scene scene, int turn, Runnable over) throws IOException, InterruptedException {
            Prosa prosa = scene.member(turn).prosa();
            prosa.stop();
            rest(PAST_LEASE);
            prosa.goOn();
            over.run();
        }
    },
    LEADER("kill -9 to the engine that leads the stream; once all is well, a new start", Needs.ENGINES) {
        @Override
        void make(Scene scene, int turn, Runnable over) throws IOException, InterruptedException {
            Engines engines = engines(scene);
            Engine leader = engines.leader();
            leader.kill();
            over.run();
            if (engines.all().size() == 1) {
                leader.startAnew();
            }
        }

        @Override
        void mend(Scene scene) throws IOException {
            for (Engine engine : engines(scene).all()) {
                if (!engine.isRunning()) {
                    engine.startAnew();
                }
            }
            engines(scene).awaitHealth();
        }
    },
    OFF("what a Prosa and its engines send each other vanishes for 30 s", Needs.ENGINES) {
        @Override
        void make(Scene scene, int turn, Runnable over) {
            Cable cable = scene.member(turn).cable();
            cable.cut();
            rest(OFF_FOR);
            cable.heal();
            over.run();
        }
    },
    DISK(
            "the disk of the engine that leads the stream is full for 15 s; then there is space, and that one starts anew",
            Needs.DISKS) {
        @Override
        void make(Scene scene, int turn, Runnable over) throws IOException, InterruptedException {
            Engine leader = engines(scene).leader();
            SmallDisk disk = engines(scene).disk(leader);
            disk.fill();
            rest(FULL);
            disk.empty();
            leader.end();
            leader.startAnew();
            over.run();
            engines(scene).awaitHealth();
        }
    },
    ENGINES("the engines are restarted, one after the other", Needs.ENGINES) {
        @Override
        void make(Scene scene, int turn, Runnable over) throws IOException, InterruptedException {
            for (Engine engine : engines(scene).all()) {
                engine.end();
                engine.startAnew();
                engine.awaitHealth();
            }
            over.run();
        }
    },
    NEWCOMER("another Prosa comes, with an empty folder", Needs.ENGINES) {
        @Override
        void make(Scene scene, int turn, Runnable over) throws IOException {
            over.run();
            scene.addNewcomer();
        }

        @Override
        void clear(Scene scene) {
            scene.dismissNewcomers();
        }
    };

    private static final int QUIET = 100;
    private static final int BUSY = 1_000;
    private static final Duration SHORT = Duration.ofSeconds(1);
    /** A lease holds for 30 s, and the others look every 5 s. */
    private static final Duration PAST_LEASE = Duration.ofSeconds(45);

    private static final Duration OFF_FOR = Duration.ofSeconds(30);
    private static final Duration FULL = Duration.ofSeconds(15);

    private final String words;
    private final Needs needs;

    /** What has to be there, and to have been started here. */
    private enum Needs {
        NOTHING,
        PROSA,
        ENGINES,
        DISKS
    }

    Fault(String words, Needs needs) {
        this.words = words;
        this.needs = needs;
    }

    /** As one types it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is, for people. */
    public String words() {
        return words;
    }

    /** So many messages a second are said then, if nothing else is asked for. */
    public int usualRate() {
        return this == NEWCOMER ? BUSY : QUIET;
    }

    /** Whether it can be made where Prosas were started by the checker, on engines if {@code shared}. */
    public boolean isPossible(boolean started, boolean shared) {
        return switch (needs) {
            case NOTHING -> true;
            case PROSA -> started;
            case ENGINES, DISKS -> started && shared;
        };
    }

    /** Whether what engines keep has to be on small disks. */
    public boolean needsDisks() {
        return needs == Needs.DISKS;
    }

    /**
     * Makes it.
     *
     * @param turn counts the rounds: another one is hit each time
     * @param over to be called when what could be against anybody's being served is over: the time until all is well counts from there
     */
    abstract void make(Scene scene, int turn, Runnable over) throws IOException, InterruptedException;

    /** Once all is well without it: what was taken away is brought back. */
    void mend(Scene scene) throws IOException {}

    /** After the round. */
    void clear(Scene scene) {}

    private static Engines engines(Scene scene) {
        Optional<Engines> engines = scene.engines();
        return engines.orElseThrow(() -> new IllegalStateException("no engine was started"));
    }

    private static void during(Consumer<Door> fault, Scene scene, Runnable over) {
        scene.doors().forEach(fault);
        rest(SHORT);
        scene.doors().forEach(Door::heal);
        over.run();
    }

    private static void rest(Duration time) {
        Round.rest(time);
    }
}
