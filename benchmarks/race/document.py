"""docs/performance.md, from the figures of a run, and of earlier ones where that has measured less."""
import re
from statistics import median

import beside, delay, encrypted, fresh
from loads import NAMES, SCENARIOS, WIRES
from measure import STALLED, mid

WHAT = {"busy": "1,000 subscribers, 100 messages a second", "storm": "1,000 subscribers, 1,000 messages a second",
        "hall": "9,000 subscribers, 10 messages a second", "awake": "`hall` without naps", "small": "50 subscribers, 20 messages a second"}

# What we want to reach: deliveries per CPU second as a multiple of Bun's, and milliseconds.
AIMS = {"busy": {"ws": 2.5, "sse": 2.6, "tcp": 2.6}, "storm": {"ws": 2.6, "sse": 2.4, "tcp": 3.0}, "hall": {"ws": 1.0, "sse": 1.0, "tcp": 1.05}}
REMARKS = {"busy": """The peers write each message at once. Prosa gathers for up to 36 ms, and then writes what was said meanwhile in one: what it
saves is paid for by the delay in the columns beside it. A C server that was made to wait 36 ms as well is ahead of Prosa
([decision 13](decisions/0013-cadence.md), whose figures are of another machine and day, Bun's too). What Prosa costs with shorter pauses stands
in [Cost against delay](#cost-against-delay).\n\n""",
           "awake": """In `hall` the load generator naps for 1 ms before it reads 512 sockets at most, as in most loads. What writes
faster than it reads then has its p99, whichever server it is. Here it reads at once.\n\n"""}
MEMORY = {"ws": 200, "sse": 190, "tcp": 140}


# What stands in the document under which title, in its order, and how lines of the summary begin that speak of it.
SECTIONS = {**{name: (f"`{name}`:", name) for name in WHAT}, "encrypted": ("Over TLS", "over TLS"), "pauses": ("Cost against delay", "cost against delay"), "first-minute": ("The first minute", "first minute"),
            "churn": ("Everybody comes back", "coming back"), "idle": ("Idle connections", "idle"), "stalled": ("Stalled clients", "stalled"),
            "flat": ("The cost stays flat", "flat cost"), "crowd": ("A crowd arrives", "crowd"), "commits": ("From publishing", "commits"), "start": ("Start", "start")}


def of(found, before):
    """Sections that were not measured stay as they are in the document before."""
    kept = Before(before)
    behind, parts, at = [], [], dict(found.get("at", {}))
    for stage, (title, key) in SECTIONS.items():
        if stage in found:
            parts.append(measured(stage, found[stage], behind))
        elif kept.section(title):
            parts.append(kept.section(title))
            behind += kept.behind(key)
            at[stage] = kept.commit(stage)
    return "\n\n".join([opening(found) + others(found["environment"]["commit"], at), summary(behind, beside.losses(parts)), *parts]) + "\n"


def measured(stage, runs, behind):
    if stage in WHAT:
        return racing(stage, runs, behind)
    if stage == "pauses":
        return delay.section(runs, table)
    if stage == "encrypted":
        return encrypted.section(runs, table, behind)
    if stage == "first-minute":
        return fresh.first_section(runs, table, behind)
    if stage == "churn":
        return fresh.churn_section(runs, table, behind)
    return {"idle": memory, "stalled": stalled, "flat": flat, "crowd": crowd, "commits": commits, "start": start}[stage](runs, behind)


class Before:
    """The document of an earlier run."""

    def __init__(self, text):
        self.head, *self.sections = re.split(r"\n\n(?=## )", text.rstrip("\n"))

    def section(self, title):
        return next((section for section in self.sections if section.startswith(f"## {title}")), None)

    def behind(self, key):
        said = (self.section("Where Prosa is behind") or "").split("What Bun does better")[0]
        return [line[2:] for line in said.split("\n") if re.match(f"- {key}[,:]", line)]

    def commit(self, stage):
        older = re.search(f"`{stage}`[^;.]*? at commit ([0-9a-f]+)", self.head)
        return older.group(1) if older else re.search("commit ([0-9a-f]+)", self.head).group(1)


def opening(found):
    where = found["environment"]
    return f"""# Performance

Written by `benchmarks/race/performance`; edits by hand are lost with the next run. It races Prosa against other servers on
one machine, in turn, {found["rounds"]} rounds, and takes medians. What to look at are the ratios within a table: a virtual machine's speed
changes by the minute, and other machines have other ratios.

| | |
|---|---|
| date | {where["date"]}, commit {where["commit"]} |
| machine | {where["cpu"]}, {where["memory_gb"]} GB, {where["kernel"]} |
| Java | {where["java"]} |
| flags | `{" ".join(where["flags"])}` |
| peers | Bun {where["bun"]}, Node {where["node"]}, {where["nginx"]} |

The load generator (`benchmarks/race/herd.c`) runs on the same cores and is not counted. It is an open loop: a message's clock starts
when it was due. Prosa keeps every message in SQLite with `synchronous=FULL`, its folder on a tmpfs, so that the disk's moods stay out;
the peers keep nothing. Prosa was warmed up by some 40 s of another load. A small load by JMH, of the code alone, is in `benchmarks`."""


def others(now, at):
    """Which stages were not measured anew with the commit that the head of the document names."""
    older = {}
    for stage, commit in at.items():
        if commit != now and stage != "environment":
            older.setdefault(commit, []).append(f"`{stage}`")
    if not older:
        return ""
    said = "; ".join(f"{', '.join(stages)} at commit {commit}" for commit, stages in older.items())
    return f"\n\nFrom earlier runs (`--only` runs some stages, and keeps the others' figures): {said}."


def summary(behind, losses):
    missed = "What it aims at and did not reach:" if behind else "Nothing that it aims at was missed."
    beside_bun = "What Bun does better, whether or not Prosa aims at it:" if losses else "Bun does nothing better."
    return "\n\n".join(["## Where Prosa is behind", missed, *listed(behind), beside_bun, *listed(losses)])


def listed(lines):
    return ["\n".join(f"- {line}" for line in lines)] if lines else []


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def racing(name, runs, behind):
    key = "deliveries_per_server_cpu_s"
    bun = runs.get("bun")
    rows = []
    for server, its in runs.items():
        ratio = mid(its, key) / mid(bun, key) if bun else None
        wrong = sum(run["missing"] + run["dups"] for run in its)
        rows.append((NAMES[server], f"{mid(its, key):,.0f}", f"{ratio:.2f}" if ratio else "", f"{mid(its, 'p50_us') / 1e3:.1f}",
                     f"{mid(its, 'p99_us') / 1e3:.1f}", f"{wrong:,}"))
        if bun and server in WIRES:
            behind += [f"{name}, {NAMES[server]}: {line}" for line in misses(name, server, ratio, its, bun, wrong)]
    head = ("server", "deliveries per server CPU second", "to Bun", "p50 ms", "p99 ms", "missing or doubled")
    return f"## `{name}`: {WHAT[name]}\n\nherd `{SCENARIOS[name]}`\n\n" + REMARKS.get(name, "") + table(head, rows)


def misses(name, server, ratio, its, bun, wrong):
    p50, p99 = mid(its, "p50_us") / 1e3, mid(its, "p99_us") / 1e3
    theirs50, theirs99 = mid(bun, "p50_us") / 1e3, mid(bun, "p99_us") / 1e3
    aim = AIMS.get(name, {}).get(server)
    if aim and ratio < aim:
        yield f"{ratio:.2f} times Bun's deliveries per CPU second, not {aim}"
    if name in ("busy", "storm") and p99 > 50:
        yield f"p99 {p99:.1f} ms, not 50"
    if name in ("hall", "awake") and p99 > theirs99:
        yield f"p99 {p99:.1f} ms, Bun's {theirs99:.1f}"
    if name == "small" and p50 > 1.3 * theirs50:
        yield f"p50 {p50:.2f} ms, {p50 / theirs50:.2f} times Bun's, not 1.3"
    if name == "small" and p99 > max(3, 1.3 * theirs99):
        yield f"p99 {p99:.2f} ms, not 3"
    if wrong:
        yield f"{wrong:,} deliveries were missing or doubled"


def memory(found, behind):
    rows = []
    for server, runs in found.items():
        connected, end = (median(run[i] for run in runs) for i in (0, 1))
        rows.append((NAMES[server], f"{median(run[2] for run in runs):,.0f}", f"{connected:.0f}", f"{end:.0f}"))
        if server in MEMORY and end > MEMORY[server]:
            behind.append(f"idle, {NAMES[server]}: {end:.0f} MB, not {MEMORY[server]}")
    return ("## Idle connections\n\nResident memory in all of a fresh server, in MB: when the last has connected, and 6 s later.\n\n"
            + table(("server", "connections", "MB connected", "MB 6 s later"), rows))


def stalled(found, behind):
    rows = []
    for wire, (without, with_them) in found.items():
        rows.append((NAMES[wire], f"{without['p50_us'] / 1e3:.1f} / {without['p99_us'] / 1e3:.1f}",
                     f"{with_them['p50_us'] / 1e3:.1f} / {with_them['p99_us'] / 1e3:.1f}", with_them["slow_closed"],
                     f"{without['rss_kb_end'] / 1e3:.0f}", f"{with_them['rss_kb_end'] / 1e3:.0f}", with_them["missing"] + with_them["dups"]))
        if with_them["slow_closed"] < 20:
            behind.append(f"stalled, {NAMES[wire]}: {with_them['slow_closed']} of 20 were closed")
    head = ("wire", "p50 / p99 ms without them", "with them", "of 20 closed", "MB without them", "with them", "missing or doubled")
    return f"## Stalled clients\n\n200 subscribers, 500 messages of 1 KB a second; 20 of them never read. herd `{STALLED}`\n\n" + table(head, rows)


def flat(found, behind):
    pairs = (("subscribers", "10,000 deliveries a second: 500 subscribers at 20 messages a second, 5,000 at 2"),
             ("gathered", "100,000 deliveries a second: 500 subscribers at 200 messages a second, 5,000 at 20"),
             ("gathered_bun", "the same with Bun"),
             ("rooms", "1,000 other rooms with a follower each: without and with"),
             ("history", "0 and 10 million messages of history"))
    rows = []
    for key, what in pairs:
        if key not in found:
            continue
        less, more = found[key]
        rows.append((what, f"{less:.1f}", f"{more:.1f}", f"{more / less:.2f}"))
        if more / less > 1.5 and key != "gathered_bun":
            behind.append(f"flat cost, {what}: {more / less:.2f} times, not 1.5")
    return ("## The cost stays flat\n\nServer CPU per delivery over WebSocket, in microseconds, one run each. A write costs much the same whatever it\n"
            "carries. In the first row each message has its own, with few and with many subscribers. In the second only with many: what 500 are\n"
            "told 200 times a second is gathered into far fewer writes, and of 20 messages a second nearly each has its own. It is the price\n"
            "of a message that can share its write which is low there, not that of a subscriber which is high. The last two rows are at\n"
            "100,000 deliveries a second.\n\n"
            + table(("", "less", "more", "ratio"), rows)
            + f"\n\nWith 10 million messages it accepts connections {found['start_with_history_s']:.1f} s after the start.")


def crowd(found, behind):
    rows = []
    for wire, run in found.items():
        rows.append((NAMES[wire], f"{run['joined']:,}", f"{run['p50_ms']:.0f}", f"{run['p99_ms']:.0f}", f"{run['max_ms']:.0f}",
                     f"{run['summaries_per_follower_s']:.2f}"))
        if run["summaries_per_follower_s"] > 1:
            behind.append(f"crowd, {NAMES[wire]}: {run['summaries_per_follower_s']:.2f} summaries of presence a second for each follower, not 1")
        if run["joined"] < 9_000 or run["max_ms"] > 1_000:
            behind.append(f"crowd, {NAMES[wire]}: {run['joined']:,} of 9,000 joined, the longest wait {run['max_ms']:.0f} ms")
    return ("## A crowd arrives\n\n9,000 named participants join one room within 10 s: from connecting to the welcome, in ms. The client is a\n"
            "Python program on the same cores. The last column is the summaries of who came that each follower got a second.\n\n"
            + table(("wire", "joined", "p50", "p99", "longest", "summaries"), rows))


def commits(found, behind):
    rows = [(what, f"{found[key]['p50']:.2f}", f"{found[key]['p99']:.2f}") for key, what in (
        ("fsync", "append of 4 KB and fdatasync, by itself"), ("sqlite", "a commit of SQLite's, by itself"),
        ("acknowledged", "Prosa: from sending a message over TCP to its acknowledgement"))]
    for part in ("p50", "p99"):
        added = found["acknowledged"][part] - found["sqlite"][part]
        if added > 5:
            behind.append(f"commits: {added:.1f} ms more than SQLite's own at {part}, not 5")
    return ("## From publishing to the acknowledgement\n\nOn this machine's disk, one message at a time, in ms; Prosa after 1,000 others.\n\n"
            + table(("", "p50", "p99"), rows))


def start(found, behind):
    if median(found) > 0.6:
        behind.append(f"start: {median(found):.2f} s, not 0.6")
    return (f"## Start\n\nFrom `./prosa` on a built tree to the first accepted connection: {median(found):.2f} s "
            f"(median of {len(found)}; {min(found):.2f} to {max(found):.2f}).")
