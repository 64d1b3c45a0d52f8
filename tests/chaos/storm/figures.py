"""What a storm did and what was seen of it, in numbers."""

import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.storm import checks, notes
from tests.chaos.storm.plan import PARTS

RUNGS = ("ReminderDelivered", "ReminderBounced")


@dataclass
class Storm:
    """What was done and seen."""

    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    not_made: Counter[str] = field(default_factory=Counter)
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Seconds from a kill until the part answered again."""
    after: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Seconds from the end of any other fault until all parts answered."""
    ends: list[float] = field(default_factory=list)
    """When faults were made, by the clock that the notes use."""
    fell: list[str] = field(default_factory=list)
    """What the product said when it gave up by itself."""

    @property
    def killed(self) -> int:
        """Processes killed: a power cut counts as one of each part."""
        return sum(self.kills.values())


def figures(storm: Storm, found: notes.Notes, ledgers: checks.Ledgers) -> dict[str, Any]:
    """What was done and seen, in numbers."""
    acts = found.acts.values()
    entries = [one for ledger in ledgers.values() for one in ledger]
    silent = (next((at for at in found.answers if at >= end), None) for end in storm.ends)
    waited = [at - end for end, at in zip(storm.ends, silent, strict=True) if at is not None]
    return {
        "seed": storm.seed,
        "kills": {"all": storm.killed, **storm.kills},
        "faults": dict(storm.made),
        "faults_not_made": dict(storm.not_made),
        "seconds_until_a_killed_part_answers": {part: spread(storm.took[part]) for part in PARTS},
        "seconds_after_other_faults": {kind: spread(took) for kind, took in storm.after.items()},
        "seconds_until_the_next_act_is_acknowledged": spread(waited),
        "acts": dict(Counter(one.outcome for one in acts)),
        "acts_by_door": dict(Counter(one.door for one in acts)),
        "sendings": sum(len(one.tries) for one in acts),
        "sendings_unanswered": dict(Counter(
            one.told.why for act in acts for one in act.tries if one.told and one.told.kind == "unknown"
        )),
        "acts_not_known_that_stand": sum(
            act.outcome == "unknown" and any(one.key == act.key for one in ledgers.get(act.cycle, ()))
            for act in acts
        ),
        "cycles": dict(Counter(found.cycles.values())),
        "entries": len(entries),
        "rungs": sum(one.event.kind in RUNGS for one in entries),
    }  # fmt: skip


def spread(seconds: list[float]) -> dict[str, float]:
    """How many, and their median, 95th percentile and longest."""
    if not seconds:
        return {"n": 0}
    ordered = sorted(seconds)
    return {
        "n": len(ordered),
        "p50": round(statistics.median(ordered), 2),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 2),
        "max": round(ordered[-1], 2),
    }
