"""The same loads over TLS 1.3, with AES-128-GCM: whoever listens is encrypted, and beside them Prosa's own TCP in the clear."""
from loads import ENCRYPTED, NAMES, SCENARIOS, WIRES, Peer, Prosa, certificate, load
from measure import mid, warm

RATE = "deliveries_per_server_cpu_s"
# What we want to reach: deliveries per CPU second as a multiple of Bun's.
AIMS = {"busy": 2.5, "storm": 2.5, "hall": 1.0}
PEERS = {"busy": ["bun-tls", "nchan-tls"], "storm": ["bun-tls"], "hall": ["bun-tls"]}


def race(rounds):
    certificate()
    found = {}
    with Prosa(encrypted=True) as prosa:
        warm(prosa, (*WIRES, *ENCRYPTED))
        for turn in range(rounds):
            for scenario in AIMS:
                runs = found.setdefault(scenario, {})
                for peer in filter(Peer.there, map(Peer, PEERS[scenario])):
                    with peer:
                        runs.setdefault(peer.name, []).append(load(peer, SCENARIOS[scenario]))
                for wire in (*ENCRYPTED, "tcp"):
                    runs.setdefault(wire, []).append(load(prosa.on(wire, f"r{turn}{scenario}{wire}"), SCENARIOS[scenario]))
    return found


def section(found, table, behind):
    parts = ["## Over TLS\n\nThe same loads, TLS 1.3 with AES-128-GCM for all who listen or speak, and Prosa's own TCP in the clear beside them."]
    for scenario, runs in found.items():
        rows = []
        for server, its in runs.items():
            ratio = times(runs, server)
            wrong = sum(run["missing"] + run["dups"] for run in its)
            rows.append((NAMES[server], f"{mid(its, RATE):,.0f}", f"{ratio:.2f}" if ratio else "", f"{mid(its, 'p50_us') / 1e3:.1f}",
                         f"{mid(its, 'p99_us') / 1e3:.1f}", f"{wrong:,}"))
            if ratio and server in ("wss", "sses") and ratio < AIMS[scenario]:
                behind.append(f"over TLS, `{scenario}`, {NAMES[server]}: {ratio:.2f} times Bun's deliveries per CPU second, not {AIMS[scenario]}")
        head = ("server", "deliveries per server CPU second", "to Bun", "p50 ms", "p99 ms", "missing or doubled")
        parts.append(f"`{scenario}`\n\n" + table(head, rows))
    return "\n\n".join(parts)


def times(runs, server):
    """To Bun's, which is encrypted as well."""
    return mid(runs[server], RATE) / mid(runs["bun-tls"], RATE) if "bun-tls" in runs else None
