"""What `performance` measures besides the races: stalled clients, flat cost, a crowd, commits, memory, the start."""
import json, os, selectors, shutil, socket, sqlite3, statistics, tempfile, time

from loads import HOME, IDLE, SCENARIOS, WIRES, Peer, Prosa, load

COMMITS_BEFORE = 1_000  # the JVM compiles what commits and acknowledges meanwhile
STALLED = "-n 200 -p 4 --rate 500 --size 1024 --warmup 3 --seconds 20 --nap 1000"


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def mid(runs, key):
    return statistics.median(run[key] for run in runs)


def warm(server, wires=WIRES):
    """Deliveries and two bursts of connections, so that the compilers' work is not in what is counted."""
    for wire in wires:
        for burst in "ab":
            load(server.on(wire, f"w{wire}{burst}"), "-n 1000 -p 4 --rate 500 --size 64 --warmup 1 --seconds 3 --nap 1000")


def idle(rounds):
    """Resident memory with 9,000 connections on a fresh server, in MB: as they have come, and 6 s later."""
    found = {}
    for _ in range(rounds):
        for wire in WIRES:
            with Prosa() as server:
                run = load(server.on(wire), IDLE)
                found.setdefault(wire, []).append((run["rss_kb_connected"] / 1e3, run["rss_kb_end"] / 1e3, run["connected"]))
        with Peer("bun") as server:
            run = load(server, IDLE)
            found.setdefault("bun", []).append((run["rss_kb_connected"] / 1e3, run["rss_kb_end"] / 1e3, run["connected"]))
    return found


def stalled():
    """200 subscribers without and with 20 among them that never read."""
    found = {}
    with Prosa() as server:
        warm(server)
        for wire in WIRES:
            found[wire] = [load(server.on(wire, f"y{slow}{wire}"), STALLED, "--slow", str(slow)) for slow in (0, 20)]
    return found


def cost(run):
    """Microseconds of the server's CPU for a delivery."""
    return 1e6 / run["deliveries_per_server_cpu_s"]


def flat():
    """CPU per delivery, in pairs of less and more of one thing, at the same rate of deliveries."""
    found = {}
    with Prosa() as server:
        warm(server)
        found["subscribers"] = [cost(load(server.on("ws", f"n{n}"), crowded(n, 10_000))) for n in (500, 5_000)]
        found["gathered"] = [cost(load(server.on("ws", f"m{n}"), crowded(n, 100_000))) for n in (500, 5_000)]
        alone = cost(load(server.on("ws", "a"), SCENARIOS["busy"]))
        others = in_rooms(server, 1_000)
        found["rooms"] = [alone, cost(load(server.on("ws", "b"), SCENARIOS["busy"]))]
        for other in others:
            other.close()
    if Peer("bun").there():
        with Peer("bun") as server:
            found["gathered_bun"] = [cost(load(server, crowded(n, 100_000))) for n in (500, 5_000)]
    folder = tempfile.mkdtemp(prefix="prosa-", dir="/dev/shm")
    with Prosa(folder, keep=True) as server:
        warm(server)
        little = cost(load(server.on("ws", "c"), SCENARIOS["busy"]))
    fill(folder, 10_000_000)
    with Prosa(folder) as server:
        found["start_with_history_s"] = server.started_in
        warm(server)
        found["history"] = [little, cost(load(server.on("ws", "d"), SCENARIOS["busy"]))]
    return found


def crowded(subscribers, deliveries):
    """So many subscribers, and so many deliveries a second to all of them."""
    return f"-n {subscribers} --rate {deliveries // subscribers} -p 4 --size 64 --warmup 5 --seconds 8 --nap 1000 --src-ips 3"


def in_rooms(server, count):
    """One follower in each of so many rooms."""
    sockets = []
    for i in range(count):
        client = socket.create_connection(("127.0.0.1", server.HTTP))
        client.sendall(b"GET /feed?room=other-%d HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n" % i)
        sockets.append(client)
    for client in sockets:
        client.recv(4096)
    return sockets


def fill(folder, count):
    """Puts so many messages of an hour ago into a history that nobody has open: the keys of the last ten minutes are read at a start."""
    database = sqlite3.connect(folder + "/prosa.db")
    (room,) = database.execute("SELECT id FROM room WHERE name = 'main'").fetchone()
    (last,) = database.execute("SELECT max(offset) FROM entry").fetchone()
    kind, at = database.execute("SELECT kind, at FROM entry LIMIT 1").fetchone()
    database.execute(
        """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
           INSERT INTO entry (offset, room, kind, at, said_by, via, text)
           SELECT ? + i, ?, ?, ?, 'Ana', 'ws', 'message number ' || i FROM n""",
        (count, last, room, kind, at - 3_600_000))
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def crowd(count=9_000, seconds=10):
    """So many join one room within 10 s: how long each waits for its welcome, in milliseconds, and what presence costs them."""
    found = {}
    for wire in ("ws", "tcp"):
        with Prosa() as server:
            warm(server)
            found[wire] = arrivals(server, wire, count, seconds)
    return found


def arrivals(server, wire, count, seconds):
    selector, asked, waited, summaries, follower_seconds = selectors.DefaultSelector(), {}, [], 0, 0
    began, opened = time.monotonic(), 0
    end = began + seconds + 5
    while time.monotonic() < end:
        while opened < count and time.monotonic() - began >= opened * seconds / count:
            client = socket.socket()
            client.bind((f"127.0.0.{1 + opened % 3}", 0))
            client.connect(("127.0.0.1", server.HTTP if wire == "ws" else server.TCP))
            client.sendall(hello(wire, opened))
            client.setblocking(False)
            asked[client] = time.monotonic()
            selector.register(client, selectors.EVENT_READ)
            opened += 1
        for key, _ in selector.select(0.001):
            try:
                data = key.fileobj.recv(65536)
            except OSError:
                data = b""
            if not data:
                selector.unregister(key.fileobj)
            elif key.fileobj in asked and b"elcome" in data:
                waited.append((time.monotonic() - asked.pop(key.fileobj)) * 1e3)
                follower_seconds += max(0, end - time.monotonic())
            summaries += data.count(b" in all") + data.count(b" ao todo")
    for client in list(asked) + [key.fileobj for key in selector.get_map().values()]:
        client.close()
    return {"joined": len(waited), "p50_ms": percentile(waited, 0.5), "p99_ms": percentile(waited, 0.99), "max_ms": max(waited),
            "summaries_per_follower_s": summaries / follower_seconds}


def hello(wire, number):
    if wire == "tcp":
        return b"g%d\n" % number
    return (b"GET /chat?name=g%d HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n" % number)


def commits(count=400):
    """From publishing to the acknowledgement on this project's disk, beside what the disk itself takes, in milliseconds."""
    folder = tempfile.mkdtemp(prefix="commits-", dir=HOME + "/target")
    try:
        acks = []
        with Prosa(folder, keep=True) as server:
            client = socket.create_connection(("127.0.0.1", server.TCP))
            lines = client.makefile("rb")
            client.sendall(b'prosa.v1\n{"type":"join","name":"Ana"}\n')
            while b'"welcome"' not in lines.readline():
                pass
            for i in range(COMMITS_BEFORE + count):
                began = time.perf_counter()
                client.sendall(b'{"type":"say","text":"message number %d"}\n' % i)
                while b'"ack"' not in lines.readline():
                    pass
                if i >= COMMITS_BEFORE:
                    acks.append((time.perf_counter() - began) * 1e3)
            client.close()
        return {"acknowledged": spread(acks), "sqlite": spread(own_commits(folder, count)), "fsync": spread(own_syncs(folder, count))}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def spread(values):
    return {"p50": percentile(values, 0.5), "p99": percentile(values, 0.99)}


def own_commits(folder, count):
    """SQLite's own commits of one row, with the same settings, on the same disk."""
    database = sqlite3.connect(folder + "/own.db", isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE entry (offset INTEGER PRIMARY KEY, text TEXT)")
    took = []
    for i in range(count):
        began = time.perf_counter()
        database.execute("INSERT INTO entry VALUES (?, ?)", (i, f"message number {i}"))
        took.append((time.perf_counter() - began) * 1e3)
    database.close()
    return took


def own_syncs(folder, count):
    """Appends of a page, each with an fdatasync."""
    took = []
    with open(folder + "/own.log", "wb", buffering=0) as log:
        for _ in range(count):
            began = time.perf_counter()
            log.write(bytes(4096))
            os.fdatasync(log.fileno())
            took.append((time.perf_counter() - began) * 1e3)
    return took


def start(times=7):
    """From the launcher's start on a built tree to the first accepted connection, in seconds."""
    found = []
    for _ in range(times):
        with Prosa() as server:
            found.append(server.started_in)
    return found
