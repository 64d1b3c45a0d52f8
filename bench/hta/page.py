"""The page of the results: made from the JSON alone, with its plots inside, and nothing fetched."""

from html import escape
from pathlib import Path
from typing import Any

import yaml

from bench.hta.plots import Bar, bars
from bench.hta.results import FLOOR, Results, shown

STYLE = """
body { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 76em; padding: 0 1em; color: #0b0c0c; }
table { border-collapse: collapse; margin: 1em 0; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid #b1b4b6; padding: 4px 10px; text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
.words td, .words th { text-align: left; white-space: normal; vertical-align: top; min-width: 9em; }
.plot { overflow-x: auto; } svg { width: 100%; min-width: 36em; max-width: 60em; margin: 1em 0; }
svg text { font: 13px sans-serif; fill: #0b0c0c; }
svg .title { font-weight: bold; }
.floor { fill: #505a5f; } .product { fill: #1d70b8; } .peer { fill: #b1b4b6; }
"""
TITLES = {
    "throughput": "Whole cycles",
    "latency": "From the command to its being visible, acts a second",
    "cost": "What one cycle costs",
    "timers": "Reminders due within one minute",
    "waiting": "Cycles that wait",
    "kill": "The worker killed with SIGKILL under load",
    "cold": "From nothing to the first acknowledged act, on embedded defaults",
    "edit": "The process edited while a cycle waits (1 cycle for each way)",
}
PLOTTED = {
    "throughput": {"cycles_per_second": "Cycles a second (more is better)"},
    "latency": {"p50_ms": "p50, milliseconds", "p95_ms": "p95, milliseconds", "p99_ms": "p99, milliseconds"},
    "cost": {
        "events_per_cycle": "Entries that the engine keeps",
        "statements_per_cycle": "Statements to PostgreSQL",
        "wal_bytes_per_cycle": "Bytes written to PostgreSQL's log",
    },
    "timers": {"late_p99_s": "Late, p99, seconds", "lost": "Lost", "doubled": "Twice"},
    "waiting": {
        "bytes_in_all_per_waiting": "Bytes on disk for each",
        "memory_in_all_bytes_per_waiting": "Bytes of memory for each",
        "idle_cpu_in_all": "Processor while nothing happens, cores",
    },
    "kill": {
        "under_way_p50_s": "Acts under way at the kill, answered after, p50, seconds",
        "longest_silence_s": "Longest without any answer, seconds",
    },
    "cold": {"first_act_s": "Seconds"},
    "edit": {},
}


def write_page(results: Results, path: Path) -> None:
    """Write the page."""
    parts = [*_head(results)]
    for measure in results.measures:
        for size in results.sizes(measure):
            parts += _section(results, measure, size)
    parts += _guarantees(results.systems())
    path.write_text(_whole("\n".join(parts)), encoding="utf-8")


def _whole(body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>HTA-bench</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _head(results: Results) -> list[str]:
    about, plan = results.about, results.about["plan"]
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    first = f"{escape(about['at'])}. {escape(about['machine'])}. {escape(versions)}."
    second = (
        f"Plan: {escape(plan['name'])}; medians of {plan['runs']} runs, each with everything fresh, the "
        f"systems in turn; of timers and waiting cycles from {plan['heavy_from']:,} on, of "
        f"{plan['heavy_runs']}. In brackets: the ratio to the bare workflow of the same run. "
        "One worker process for each system. Made by <code>python -m bench.hta</code>."
    )
    return ["<h1>HTA-bench</h1>", f"<p>{first}</p>", f"<p>{second}</p>"]


def _section(results: Results, measure: str, size: int) -> list[str]:
    title = TITLES[measure] + (f": {size:,}" if size else "")
    parts = [f"<h2>{escape(title)}</h2>"]
    for fact, name in PLOTTED[measure].items():
        if found := _bars_of(results, measure, size, fact):
            parts.append(f'<div class="plot" tabindex="0">{bars(f"{title}: {name}", found)}</div>')
    return [*parts, *_table(results, measure, size), *_troubles(results, measure, size)]


def _bars_of(results: Results, measure: str, size: int, fact: str) -> list[Bar]:
    found = []
    for system in results.systems():
        median = results.median(system, measure, size, fact)
        if median is not None:
            found.append(Bar(system, median, results.ratio(system, measure, size, fact)))
    return found if any(one.value for one in found) else []


def _table(results: Results, measure: str, size: int) -> list[str]:
    systems = [one for one in results.systems() if results.of(one, measure, size)]
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in systems)
    rows = []
    for fact in results.facts(measure, size):
        cells = "".join(f"<td>{_cell(results, one, measure, size, fact)}</td>" for one in systems)
        rows.append(f'<tr><th scope="row">{escape(fact.replace("_", " "))}</th>{cells}</tr>')
    return [
        f'<table tabindex="0"><thead><tr><th scope="col">Median</th>{heads}</tr></thead><tbody>',
        *rows,
        "</tbody></table>",
    ]


def _cell(results: Results, system: str, measure: str, size: int, fact: str) -> str:
    median, ratio = results.median(system, measure, size, fact), results.ratio(system, measure, size, fact)
    if median is None:
        return "not measured"
    if word := results.word(system, measure, size, fact):
        return word
    return shown(median) + (f" ({ratio:.2f})" if ratio is not None and system != FLOOR else "")


def _troubles(results: Results, measure: str, size: int) -> list[str]:
    found = [
        f"<li>{escape(one.system)}, run {one.run + 1}: {escape(one.trouble.splitlines()[0])}</li>"
        for one in results.records
        if (one.measure, one.size) == (measure, size) and one.trouble
    ]
    return ["<p>What did not work:</p><ul>", *found, "</ul>"] if found else []


def guarantees() -> dict[str, Any]:
    """What each system promises, as data."""
    path = Path(__file__).with_name("guarantees.yaml")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _guarantees(systems: list[str]) -> list[str]:
    known = guarantees()
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in systems)
    rows = []
    for column, question in known["columns"].items():
        answers = (str(known["systems"][one][column]) for one in systems)
        cells = "".join(f"<td>{escape(one)}</td>" for one in answers)
        rows.append(f'<tr><th scope="row">{escape(question)}</th>{cells}</tr>')
    head = f'<thead><tr><th scope="col">Promise</th>{heads}</tr></thead>'
    return [
        "<h2>What each promises here</h2>",
        f'<table class="words" tabindex="0">{head}<tbody>',
        *rows,
        "</tbody></table>",
    ]
