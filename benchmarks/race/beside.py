"""What Bun does better than Prosa, read from the document's own tables: so it holds for sections of earlier runs, too."""
import re

# How the head of a column begins in which more is better. In all others less is.
MORE_IS_BETTER = ("deliveries", "reconnects")
# Columns that say how the others are to be read, or what is right or wrong whoever does it.
NOT_COMPARED = ("server", "to Bun", "connections", "missing or doubled")


def losses(sections):
    return [line for section in sections for line in in_section(section)]


def in_section(section):
    """One line for each table that has a row of Bun's and is worse somewhere."""
    title = re.match(r"## (`[a-z]+`|[^\n]+)", section).group(1)
    head, rows = table(section)
    bun = next((row for row in rows if row[0].startswith("Bun")), None)
    ours = [row for row in rows if row[0].startswith("Prosa")]
    if bun is None or not ours or "pause" in ours[0][0]:
        return []
    worse = [line for at, name in enumerate(head) if name not in NOT_COMPARED
             for line in column(name, [row[at] for row in ours], bun[at])]
    return [f"{title}: " + "; ".join(worse)] if worse else []


def column(name, ours, theirs):
    """Prosa's wires together, if any of them is worse."""
    ours = sorted(ours, key=number)
    worst = ours[0] if name.startswith(MORE_IS_BETTER) else ours[-1]
    is_worse = number(worst) < number(theirs) if name.startswith(MORE_IS_BETTER) else number(worst) > number(theirs)
    if is_worse:
        span = ours[0] if ours[0] == ours[-1] else f"{ours[0]} to {ours[-1]}"
        yield f"{name} {span}, Bun's {theirs}"


def table(section):
    lines = [re.split(r" *\| *", line.strip("| ")) for line in section.split("\n") if line.startswith("|")]
    return (lines[0], lines[2:]) if lines else ([], [])


def number(cell):
    return float(cell.replace(",", ""))
