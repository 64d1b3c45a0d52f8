"""The arithmetic of the plan for 43 forces over ten years: what is derived, measured, cited and assumed.

A number here has its source beside it; `scripts.scale_document` writes them down.
"""

import math
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from engine import scanning, sweeps
from reference.catalogue import plan
from rules.programme.proposing import MOST_IN_ONE
from schemas.programme.commands import MOST_SLOTS
from workflows.cycle import EVENTS_OF_A_RUN

ROOT = Path(__file__).parents[1]
COMPOSE = ROOT / "docker-compose.yml"
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yaml"
GB = 1_000_000_000
DAY, QUARTERS = 24 * 3600, 4
LABEL = re.compile(r"\{\{ \$labels\.\w+ \}\}")
POOLS = 3
"""Of a worker and a process of pages together."""


@dataclass(frozen=True)
class Number:
    """A number and where it is from."""

    value: float
    source: str


CITED_LIMITS = "https://docs.temporal.io/workflow-execution/limits"
COST = "`python -m bench.hta --full --runs 1 --measures cost`, forty cycles"
FORCES = Number(43, "the territorial forces of England and Wales")
YEARS = Number(10, "what is asked for")
ASKED_AGAIN = Number(2, "[programme.md](programme.md)")
PLANNED = Number(24, "two sessions a month, the year that `python -m bench.year` rehearses")
LIFE = Number(9, "months from opening to the last verified action, as long as the rehearsal: an assumption")
HOURS = Number(220 * 8, "220 days of 8 hours, an assumption")
ACTS = Number(23.2, "the workload of HTA-bench, ADR 0034")
EVENTS = Number(
    143, "a straight cycle's, 140 to 143 in three runs: `python -m bench.hta` says it as it begins"
)
HISTORY = Number(38_000, "the same; with encryption a seventh more")
STATEMENTS = Number(137, COST)
WAL = Number(293_000, COST)
KEPT = Number(153_000, COST)
GROWN = Number(62_000, "cycles of some fifty entries, `python -m bench.growth --quick`")
ROUND = Number(
    1_788, "bytes of history where nothing was found: `temporal workflow describe` on a product that runs"
)
OVERHEAD = Number(3, "rows, indexes and what searching needs, an assumption")
RUNGS_A_SECOND = Number(13.4, "one worker, docs/figures.md, `python -m bench.open_cycles`")
CACHED = Number(1_000, "the default of the SDK for Python, docs/figures.md")
WORKER_MEMORY = Number(435, "MB of a worker with a thousand cycles in memory, docs/figures.md")
COMMITS = Number(7, "writes for a rung, its timer, two tasks, letter, entry and new timer: an assumption")
SHARD_WRITES = Number(30, "one after the other, at some 30 ms each: an assumption")
LATE_AFTER = Number(300, "the alert `RungLate`")
CONNECTIONS = Number(10, "`ANSWERABLE_DATABASE_CONNECTIONS` by default")
PROCESSES = Number(2, "an assumption: so that one may fail")
ALLOWED = Number(100, "PostgreSQL's own default of `max_connections`")
LEDGER_INDEXES = Number(0.29, "at 600 cycles")
DISK = Number(500, "an assumption")
WARNED = Number(10_240, CITED_LIMITS)
RETENTION = Number(30, "days: decided here")
FOR_EVER = Number(3_650, "days: as long as this plan goes")
SHARDS = Number(512, "decided here, the default of Temporal's Helm chart")

COSTS = (
    ("acts of people", ACTS),
    ("events of history", EVENTS),
    ("bytes of history", HISTORY),
    ("statements to PostgreSQL", STATEMENTS),
    ("bytes of its log", WAL),
    ("bytes kept in the record's PostgreSQL", KEPT),
    ("the same, of cycles that were filled in and lie still", GROWN),
)
WATCHED = {
    "RungLate": "the first sign that one office's worker is too slow",
    "EngineSlow": "acts wait for a worker, or Temporal for its PostgreSQL",
    "WorkerGone": "for each office",
    "AppendsSlow": "PostgreSQL of the record is busy, or its disk is",
    "PagesSlow": "a board grew with the record",
    "ConnectionsNearlyUsedUp": "the first row of the table above",
    "StoreGone": "connections are used up, or the server is gone",
    "DiskNearlyFull": "retention or backups are not what this plan says",
    "CountingBehind": "an office has more acts than its one counter keeps up with",
    "CheckpointLate": "for each office",
}


@dataclass(frozen=True)
class Load:
    """What so many cycles a year come to, for all offices."""

    name: str
    a_year: float
    """Cycles of one office."""

    @property
    def yearly(self) -> float:
        """Cycles of all in a year."""
        return self.a_year * FORCES.value

    @property
    def in_all(self) -> float:
        """Cycles of all in all years."""
        return self.yearly * YEARS.value

    @property
    def under_way(self) -> float:
        """Cycles of all that are open at one time."""
        return self.yearly * LIFE.value / 12

    @property
    def of_one_office(self) -> float:
        """Cycles of one office that are open at one time."""
        return self.under_way / FORCES.value

    @property
    def rungs_late(self) -> float:
        """Seconds until the last is reminded, where each open cycle has a rung at one minute, one worker."""
        return self.under_way / RUNGS_A_SECOND.value

    @property
    def ledger_bytes(self) -> float:
        """Of PostgreSQL, after all years, at the larger of the two figures."""
        return self.in_all * max(KEPT.value, GROWN.value)

    def history_bytes(self, days: float) -> float:
        """Of Temporal's PostgreSQL, for cycles alone, where histories are kept so many days."""
        closed = self.yearly * min(days / 365, YEARS.value)
        return (closed + self.under_way) * HISTORY.value * OVERHEAD.value

    @property
    def shard_writes(self) -> float:
        """Writes a second to each shard, while all rungs of one minute go out within it."""
        return self.under_way * COMMITS.value / 60 / SHARDS.value


def least_a_year() -> float:
    """Cycles that ask about every commitment of the plan once in two years, and one a quarter beside."""
    themes = sum(math.ceil(len(one.commitments) / MOST_IN_ONE) for one in plan().objectives)
    return themes / ASKED_AGAIN.value + QUARTERS


def loads() -> tuple[Load, Load, Load]:
    """The least, what is planned for, and the most that a programme's year takes."""
    return Load("least", least_a_year()), Load("planned", PLANNED.value), Load("most", MOST_SLOTS)


def commitments() -> int:
    """What the plan asks of the force."""
    return sum(len(one.commitments) for one in plan().objectives)


def acts(load: Load) -> float:
    """Acts of people in all offices, in a year."""
    return load.yearly * ACTS.value


def minutes_between(load: Load) -> float:
    """Minutes of working time between two of these."""
    return HOURS.value * 60 / acts(load)


def rounds_a_day() -> float:
    """Short runs of one office in a day: each minute's, the scanner's, the checkpoint, the morning."""
    return DAY / sweeps.EVERY.total_seconds() + DAY / scanning.EVERY.total_seconds() + 2


def round_bytes(days: float) -> float:
    """Of Temporal's PostgreSQL, for the short runs of all offices, kept so many days."""
    return FORCES.value * rounds_a_day() * days * ROUND.value * OVERHEAD.value


def connections() -> float:
    """That all offices' processes may open: one pool for a worker, two for the pages."""
    return FORCES.value * PROCESSES.value * POOLS * CONNECTIONS.value


def memory() -> float:
    """GB of all workers, were each as large as one with a thousand cycles in memory."""
    return FORCES.value * PROCESSES.value * WORKER_MEMORY.value * 1_000_000 / GB


def composed(name: str) -> str:
    """A setting as docker-compose.yml has it.

    Raises: KeyError: it is not there.
    """
    found = re.search(rf'{name}: "?(\w+)"?', COMPOSE.read_text(encoding="utf-8"))
    if found is None:
        raise KeyError(name)
    return found[1]


def composed_retention() -> float:
    """Days that docker-compose.yml has histories kept."""
    return float(composed("RETENTION").removesuffix("d"))


def alerts() -> dict[str, str]:
    """Every alert that there is, and what it says."""
    groups = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    rules = [one for group in groups for one in group["rules"]]
    return {one["alert"]: LABEL.sub("a place", one["annotations"]["summary"]) for one in rules}


@dataclass(frozen=True)
class Break:
    """What gives way, at which number, what is planned for, and what is done then."""

    what: str
    limit: float
    planned: float
    done: str


def breaks() -> list[Break]:
    """Everything that gives way, the nearest first."""
    return sorted([*_of_servers(), *_of_workers()], key=lambda one: one.limit / one.planned)


def _of_servers() -> list[Break]:
    planned = loads()[1]
    kept = (planned.history_bytes(FOR_EVER.value) + round_bytes(FOR_EVER.value)) / GB
    full = "GB of Temporal's PostgreSQL, were every history kept for ten years"
    default = "connections to PostgreSQL, at its default"
    apart = "before the first day: a server for ten offices, `max_connections` 400, pools of 5"
    short = f"a retention of {RETENTION.value:.0f} days, as `docker-compose.yml` has it"
    once = "nothing can be done: shards are chosen once"
    return [
        Break(default, ALLOWED.value, connections(), apart),
        Break(full, DISK.value, kept, short),
        Break("writes a second to one shard", SHARD_WRITES.value, planned.shard_writes, once),
    ]


def _of_workers() -> list[Break]:
    planned, rungs = loads()[1], LATE_AFTER.value * RUNGS_A_SECOND.value
    minute = "rungs at one minute before one is 5 minutes late, all offices on one worker"
    apart = "nothing: each office has workers of its own"
    more, larger = "one more worker for that office", "one more worker, or a larger cache in the code"
    afresh = "nothing: a run continues afresh long before"
    referred, few = "cycles that a year's references can count", "nothing: a year's programme holds fewer"
    return [
        Break(minute, rungs, planned.under_way, apart),
        Break("the same, one office on its worker", rungs, planned.of_one_office, more),
        Break("cycles of an office in its worker's memory", CACHED.value, planned.of_one_office, larger),
        Break("events of a run, at which Temporal warns", WARNED.value, EVENTS_OF_A_RUN, afresh),
        Break(referred, 9_999, MOST_SLOTS, few),
    ]
