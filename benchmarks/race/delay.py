"""What a delivery costs against how long it is delayed: the same load with other pauses between two rounds, beside the peers."""
from contextlib import ExitStack
from math import log10
from statistics import median

from loads import SCENARIOS, Peer, Prosa, load
from measure import warm

PAUSES = (0, 4, 12, 36)
USUAL = 36
PEERS = {"busy": ("bun", "nchan", "limit"), "hall": ("bun", "limit")}
SHOWN = {"bun": "Bun", "nchan": "Nchan", "limit": "C"}
KEYS = ("deliveries_per_server_cpu_s", "p50_us", "p99_us")
PLOT = "performance-delay.svg"
LABEL = 12  # a line of the plot's labels


def pauses(rounds):
    """Runs by scenario and server. Prosa runs once for each pause, all at the same time, and one after the other is under load."""
    runs = {scenario: {} for scenario in PEERS}
    with ExitStack() as stack:
        prosas = {pause: stack.enter_context(Prosa(ports=(18080 + i, 12323 + i), java=f"-Dprosa.pause={pause}"))
                  for i, pause in enumerate(PAUSES)}
        for prosa in prosas.values():
            warm(prosa)
        for turn in range(rounds):
            for scenario, peers in PEERS.items():
                for peer in filter(Peer.there, map(Peer, peers)):
                    with peer:
                        keep(runs[scenario], peer.name, load(peer, SCENARIOS[scenario]))
                for pause, prosa in prosas.items():
                    keep(runs[scenario], str(pause), load(prosa.on("ws", f"r{turn}{scenario}"), SCENARIOS[scenario]))
    return runs


def keep(runs, server, run):
    runs.setdefault(server, []).append({key: run[key] for key in KEYS})


def point(runs):
    cost, p50, p99 = (median(run[key] for run in runs) for key in KEYS)
    return cost, p50 / 1e3, p99 / 1e3


def section(found, table):
    text = f"""## Cost against delay

What Prosa saves, it saves by gathering: a round waits until the last one was {USUAL} ms ago, and then one write carries all that was said
meanwhile. The same loads over WebSocket with other pauses (`JAVA_OPTS=-Dprosa.pause=MS`, which is for measurements alone), beside the
peers. The last row is the cheapest of these pauses whose p99 is no more than Bun's.

![Deliveries per server CPU second against the delay]({PLOT})
"""
    for scenario, runs in found.items():
        points = {server: point(its) for server, its in runs.items()}
        rows = [(name(server), *cells(at, points)) for server, at in points.items()]
        best = at_buns_delay(points)
        rows.append(("at no more than Bun's p99", *(cells(points[best], points) if best else ("none",) * 4)))
        text += f"\n`{scenario}`, herd `{SCENARIOS[scenario]}`\n\n"
        text += table(("server", "deliveries per server CPU second", "to Bun", "p50 ms", "p99 ms"), rows) + "\n"
    return text.rstrip("\n")


def name(server):
    return SHOWN.get(server) or f"Prosa, pause {server} ms"


def cells(at, points):
    cost, p50, p99 = at
    return f"{cost:,.0f}", f"{cost / points['bun'][0]:.2f}" if "bun" in points else "", f"{p50:.1f}", f"{p99:.1f}"


def at_buns_delay(points):
    within = [server for server in points if server.isdigit() and "bun" in points and points[server][2] <= points["bun"][2]]
    return max(within, key=lambda server: points[server][0], default=None)


def plot(found):
    """Two panels side by side, with logarithmic delays: a dot is p50, the line behind it goes to p99."""
    width, height, left, bottom = 380, 280, 64, 44
    panels = []
    for i, (scenario, runs) in enumerate(found.items()):
        points = {server: point(its) for server, its in runs.items()}
        most = max(cost for cost, _, _ in points.values()) * 1.1
        panels.append(panel(scenario, points, most, i * (width + 20), width, height, left, bottom))
    whole = len(panels) * (width + 20)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {height}" font-family="sans-serif" font-size="11">\n'
            "<title>Deliveries per server CPU second against the delay, by pause and server</title>\n"
            f'<rect width="{whole}" height="{height}" fill="#fff"/>\n' + "\n".join(panels) + "\n</svg>\n")


def panel(scenario, points, most, at, width, height, left, bottom):
    def x(ms):
        return at + left + (log10(max(ms, 1)) / log10(200)) * (width - left - 16)

    def y(cost):
        return height - bottom - cost / most * (height - bottom - 28)

    parts = [f'<text x="{at + left}" y="16" font-size="13">{scenario}: thousands of deliveries per server CPU second</text>']
    for ms in (1, 5, 20, 50, 100, 200):
        parts.append(f'<line x1="{x(ms):.0f}" x2="{x(ms):.0f}" y1="28" y2="{height - bottom}" stroke="#ddd"/>'
                     f'<text x="{x(ms):.0f}" y="{height - bottom + 15}" text-anchor="middle">{ms}</text>')
    step = next(s for s in (20e3, 50e3, 100e3, 200e3) if most / s <= 7)
    for k in range(int(most / step) + 1):
        parts.append(f'<line x1="{at + left}" x2="{at + width - 16}" y1="{y(k * step):.0f}" y2="{y(k * step):.0f}" stroke="#ddd"/>'
                     f'<text x="{at + left - 6}" y="{y(k * step) + 4:.0f}" text-anchor="end">{k * step / 1e3:.0f}</text>')
    parts.append(f'<text x="{at + (width + left) / 2:.0f}" y="{height - 8}" text-anchor="middle">ms from due to heard, p50 to p99</text>')
    label_at = -LABEL
    for server, (cost, p50, p99) in sorted(points.items(), key=lambda one: -one[1][0]):
        label_at = max(y(cost) + 4, label_at + LABEL)  # one below the other
        colour = "#06c" if server.isdigit() else "#c40"
        label = f"{server} ms" if server.isdigit() else SHOWN[server]
        parts.append(f'<line x1="{x(p50):.1f}" x2="{x(p99):.1f}" y1="{y(cost):.1f}" y2="{y(cost):.1f}" stroke="{colour}"/>'
                     f'<circle cx="{x(p50):.1f}" cy="{y(cost):.1f}" r="4" fill="{colour}"/>'
                     f'<text x="{x(p99) + 4:.1f}" y="{label_at:.1f}" fill="{colour}">{label}</text>')
    return "\n".join(parts)
