"""What a class meets before any other: the first half minute of a fresh server, and everybody coming back at once."""
from loads import CHURN, FIRST_MINUTE, NAMES, WIRES, Peer, Prosa, load
from measure import mid, warm

# What we want to reach: reconnects per server CPU second.
AIMS = {"ws": 6_000, "sse": 6_000, "tcp": 10_000}


def first_minute(rounds):
    found = {}
    for turn in range(rounds):
        if Peer("bun").there():
            with Peer("bun") as server:
                found.setdefault("bun", []).append(load(server, FIRST_MINUTE))
        with Prosa() as server:
            run = load(server.on("ws"), FIRST_MINUTE)
            run["started_in"] = server.started_in
            found.setdefault("ws", []).append(run)
    return found


def churn(rounds):
    """On a warm server that has seen 3,000 do so five times over each wire."""
    found = {}
    with Prosa() as prosa:
        warm(prosa)
        for wire in WIRES:
            load(prosa.on(wire, f"a{wire}"), "-n 3000 --churn 5 --src-ips 3")
        for turn in range(rounds):
            if Peer("bun").there():
                with Peer("bun") as server:
                    found.setdefault("bun", []).append(load(server, CHURN))
            for wire in WIRES:
                found.setdefault(wire, []).append(load(prosa.on(wire, f"r{turn}{wire}"), CHURN))
    return found


def first_section(found, table, behind):
    key = "deliveries_per_server_cpu_s"
    rows = []
    for server, runs in found.items():
        ratio = f"{mid(runs, key) / mid(found['bun'], key):.2f}" if "bun" in found else ""
        rows.append((NAMES[server], f"{mid(runs, key):,.0f}", ratio, f"{mid(runs, 'p50_us') / 1e3:.1f}", f"{mid(runs, 'p99_us') / 1e3:.1f}",
                     f"{mid(runs, 'rss_kb_end') / 1e3:.0f}"))
    if "bun" in found and mid(found["ws"], key) < mid(found["bun"], key) / 2:
        behind.append(f"first minute: {mid(found['ws'], key) / mid(found['bun'], key):.2f} times Bun's deliveries per CPU second, not 0.5")
    if mid(found["ws"], "p99_us") > 10e3:
        behind.append(f"first minute: p99 {mid(found['ws'], 'p99_us') / 1e3:.1f} ms, not 10")
    head = ("server", "deliveries per server CPU second", "to Bun", "p50 ms", "p99 ms", "MB at the end")
    return ("## The first minute\n\n`small` on a server that has just started, for 30 s, without a warm-up: what Prosa takes then includes\n"
            "Java's interpreter and compilers. herd `" + FIRST_MINUTE + "`\n\n" + table(head, rows))


def churn_section(found, table, behind):
    key = "reconnects_per_server_cpu_s"
    rows = []
    for server, runs in found.items():
        rows.append((NAMES[server], f"{mid(runs, key):,.0f}", f"{mid(runs, 'connect_p50_us') / 1e3:.1f}",
                     f"{mid(runs, 'connect_p99_us') / 1e3:.0f}", f"{mid(runs, 'rss_kb_end') / 1e3:.0f}"))
        if server in AIMS:
            if mid(runs, key) < AIMS[server]:
                behind.append(f"coming back, {NAMES[server]}: {mid(runs, key):,.0f} reconnects per CPU second, not {AIMS[server]:,}")
            if mid(runs, "connect_p99_us") > 300e3:
                behind.append(f"coming back, {NAMES[server]}: p99 of a connect {mid(runs, 'connect_p99_us') / 1e3:.0f} ms, not 300")
    head = ("server", "reconnects per server CPU second", "p50 ms of a connect", "p99 ms", "MB at the end")
    return ("## Everybody comes back\n\n9,000 are cut off at once and come back within 3 s, five times, to a warm server. Each gets a welcome from\n"
            f"Prosa, with the room's last messages and who is there; Bun answers the handshake. herd `{CHURN}`\n\n" + table(head, rows))
