"""The page of the results: made from the JSON alone, with the chart inside, and nothing fetched."""

import statistics
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from bench.growth.lines import Line, chart
from bench.hta.results import shown

ACTS = {
    "ms": "milliseconds",
    "p95_ms": "milliseconds, p95",
    "buffers": "buffers",
    "wal": "bytes of log",
    "pages": "whole pages in the log",
    "statements": "statements",
}
BOARDS = {
    "late_now_ms": "late now, ms",
    "due_soon_ms": "due in 10 working days, ms",
    "history_ms": "history of one cycle, ms",
    "late_in_public_ms": "late, as everybody sees it, ms",
    "smallest_ms": "floor: select 1, ms",
}
STYLE = """
body { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #0b0c0c; }
table { border-collapse: collapse; margin: 1em 0; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid #b1b4b6; padding: 4px 10px; text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
.plot { overflow-x: auto; }
"""
DRAWN = """
text { font: 13px sans-serif; fill: #0b0c0c; } .title { font-weight: bold; }
.line { fill: none; stroke-width: 2; stroke: #1d70b8; } .line.floor { stroke: #505a5f; }
.dot { fill: #1d70b8; } .dot.floor { fill: #505a5f; } .axis { stroke: #b1b4b6; }
"""
Size = dict[str, Any]


def median(size: Size, of: str, name: str) -> float:
    """The median of a fact over the rounds of one size."""
    return float(statistics.median(one[name] for one in size[of]))


def ratio(size: Size, name: str) -> float | None:
    """The median of the ratios to the bare inserts, round by round; None where the floor has none."""
    found = [one[name] / one[f"floor_{name}"] for one in size["acts"] if one[f"floor_{name}"]]
    return float(statistics.median(found)) if found else None


def bytes_each(size: Size) -> float:
    """Bytes that each cycle keeps, of those that were filled in for this size."""
    mine, before = size["kept"], size["before"]
    grown = int(mine["bytes"]) - int(before["bytes"])
    return grown / max(1, int(mine["cycles"]) - int(before["cycles"]))


def svg(sizes: Sequence[Size]) -> str:
    """All of it in one chart."""
    at = [float(one["cycles"]) for one in sizes]

    def line(name: str, values: Sequence[float], *, floor: bool = False) -> Line:
        return Line(name, tuple(zip(at, values, strict=True)), floor)

    lines = [
        line("an act, ms", [median(one, "acts", "ms") for one in sizes]),
        line("floor: bare insert, ms", [median(one, "acts", "floor_ms") for one in sizes], floor=True),
        line("an act, buffers", [median(one, "acts", "buffers") for one in sizes]),
        line("an act, kB of log", [median(one, "acts", "wal") / 1000 for one in sizes]),
        line("a cycle kept, kB", [bytes_each(one) / 1000 for one in sizes]),
        *(
            line(name, [median(one, "boards", fact) for one in sizes], floor=fact == "smallest_ms")
            for fact, name in BOARDS.items()
        ),
    ]
    return chart("What a cycle costs as the record grows", "cycles in the record", lines)


def standing_alone(drawing: str) -> str:
    """The chart as a file of its own."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" '
    return drawing.replace("<svg ", head, 1).replace("\n", f"\n<style>{DRAWN}</style>\n", 1)


def rows(sizes: Sequence[Size]) -> list[tuple[str, list[str]]]:
    """The table: a row for each fact, a column for each size."""
    stands = ("open", "entries", "requests", "owed")
    return [
        ("seconds to fill", [shown(one["filled_s"]) for one in sizes]),
        ("seconds to measure", [shown(one["measured_s"]) for one in sizes]),
        *((f"{name} in the record", [f"{one['kept'][name]:,}" for one in sizes]) for name in stands),
        *((f"an act: {words}", [_beside(one, fact) for one in sizes]) for fact, words in ACTS.items()),
        ("bytes kept by each cycle that was filled in", [f"{bytes_each(one):,.0f}" for one in sizes]),
        *((words, [shown(median(one, "boards", fact)) for one in sizes]) for fact, words in BOARDS.items()),
    ]


def _beside(size: Size, fact: str) -> str:
    floor, beside = median(size, "acts", f"floor_{fact}"), ratio(size, fact)
    ratio_said = f", {beside:.2f}" if beside is not None else ""
    return f"{shown(median(size, 'acts', fact))} ({shown(floor)}{ratio_said})"


def said(sizes: Sequence[Size]) -> str:
    """The table for a terminal."""
    lines = ["medians; of acts in brackets the floor, a bare insert of the same entries, and the ratio to it"]
    lines.append(f"{'cycles':48s}" + "".join(f"{one['cycles']:>24,}" for one in sizes))
    lines += [f"{name:48s}" + "".join(f"{cell:>24s}" for cell in cells) for name, cells in rows(sizes)]
    return "\n".join(lines)


def write_page(results: dict[str, Any], path: Path) -> None:
    """Write the page, and the chart beside it."""
    sizes = results["sizes"]
    drawing = svg(sizes)
    path.with_suffix(".svg").write_text(standing_alone(drawing), encoding="utf-8")
    heads = "".join(f'<th scope="col">{one["cycles"]:,}</th>' for one in sizes)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>\n"
        for name, cells in rows(sizes)
    )
    path.write_text(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Growth</title>\n<style>{STYLE}{DRAWN}</style>\n</head>\n<body>\n"
        f"<h1>What a cycle costs as the record grows</h1>\n<p>{escape(results['about'])} "
        "Made by <code>python -m bench.growth</code>. Medians; of acts in brackets the floor, a bare insert "
        "of the same entries, and the median of the ratios to it.</p>\n"
        f'<div class="plot" tabindex="0">{drawing}</div>\n'
        f'<table tabindex="0"><thead><tr><th scope="col">Cycles</th>{heads}</tr></thead>\n'
        f"<tbody>{body}</tbody></table>\n</body>\n</html>\n",
        encoding="utf-8",
    )
