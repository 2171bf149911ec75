package prosa.checker.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import prosa.checker.judgement.Observer;
import prosa.checker.judgement.Position;

/** The clients of a round. For one thread. */
final class Cast {
    private static final int TALKERS = 4;
    private static final int LISTENERS = 2;
    /** Posts wait for their answers, and open a connection each: they are so much rarer. */
    private static final int RARER = 4;

    private static final int NAME_LETTERS = 6;

    private final Scene scene;
    private final String room;
    private final Position from;
    private final Pace pace;
    private final Notes notes;
    private final List<Client> clients = new ArrayList<>();
    /** Those who talk and have a name that nobody else wants. */
    private final Set<String> talkers = new HashSet<>();

    private volatile boolean talking = true;

    Cast(Scene scene, String room, Position from, Pace pace, Notes notes) {
        this.scene = scene;
        this.room = room;
        this.from = from;
        this.pace = pace;
        this.notes = notes;
        addTalkers();
        addObservers();
        addContenders();
    }

    private void addTalkers() {
        // One has a name that will be theirs: on a Prosa that is kept, it is theirs for a long time.
        String own = "Dora " + room.substring(room.length() - NAME_LETTERS);
        List<Person> persons =
                List.of(person("ana", "Ana"), person("bia", "Bia"), person("caio", "Caio"), person("dora", own));
        for (int i = 0; i < TALKERS; i++) {
            Person person = persons.get(i);
            boolean keepsOrder = i == TALKERS - 1;
            clients.add(new Talker(person, wire(i), settled(i / 2), notes, () -> talking, persons, keepsOrder, from));
            Person posts = new Person("posts-" + i, "Post " + i, room, pace.seed(), pauseNanos() * RARER);
            clients.add(new Poster(posts, settled(i), notes, () -> talking));
            talkers.add(person.id());
            talkers.add(posts.id());
        }
        for (int i = 0; i < LISTENERS; i++) {
            Person listens = person("listens-" + i, "Ouve " + i);
            clients.add(new Talker(listens, wire(i), settled(i), notes, () -> false, persons, false, from));
        }
    }

    private void addObservers() {
        for (int i = 0; i < LISTENERS; i++) {
            String feed = "feed-" + i;
            clients.add(new Follower(feed, roaming(), "/feed?room=" + room, watching(feed)));
            String follow = "follow-" + i;
            clients.add(new Follower(follow, roaming(), "/messages?follow&room=" + room, watching(follow)));
        }
        clients.add(new Pager("pages", roaming(), room, watching("pages")));
    }

    private void addContenders() {
        for (int i = 0; i < 2; i++) {
            Person wants = person("wants-" + i, i == 0 ? "Zoe" : "ZOE");
            clients.add(new Contender(wants, wire(i), roaming(), notes, () -> talking));
        }
        Person wantsToo = new Person("wants-too", "zoe", room, pace.seed(), pauseNanos() * RARER);
        clients.add(new Poster(wantsToo, roaming(), notes, () -> talking));
    }

    private static Wire wire(int i) {
        return i % 2 == 0 ? Wire.WEBSOCKET : Wire.TCP;
    }

    private Person person(String id, String name) {
        return new Person(id, name, room, pace.seed(), pauseNanos());
    }

    private long pauseNanos() {
        // As many who talk as who post.
        return TimeUnit.SECONDS.toNanos(1) * TALKERS * (RARER + 1) / RARER / pace.perSecond();
    }

    private Way settled(int at) {
        return Way.settled(scene::nodes, at);
    }

    private Way roaming() {
        return Way.roaming(scene::nodes);
    }

    private Watching watching(String name) {
        return new Watching(name, Optional.empty(), room, from);
    }

    void start() {
        clients.forEach(Client::start);
    }

    /** Nobody says anything new. */
    void fallSilent() {
        talking = false;
    }

    Set<String> talkers() {
        return talkers;
    }

    boolean isAnswered() {
        return clients.stream().allMatch(Client::isAnswered);
    }

    /** Whether each observer was shown what is there, or what comes after it. */
    boolean haveAllReached(Position at) {
        return watchings().stream().noneMatch(watching -> at.isAfter(watching.reached()));
    }

    List<Observer> observers() {
        return watchings().stream().map(Watching::observer).toList();
    }

    long gaps() {
        return watchings().stream().mapToLong(Watching::gaps).sum();
    }

    private List<Watching> watchings() {
        return clients.stream().flatMap(client -> client.watching().stream()).toList();
    }

    /** Ends all; to be called once, or again without effect. */
    void end() throws InterruptedException {
        for (Client client : clients) {
            client.end();
        }
    }
}
