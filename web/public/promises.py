"""The plan as a list of promises, each with when it was last asked about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from schemas.plans import Objective, Plan
from schemas.rows import PublicationRow
from web.public.finding import newest

KINDS = {
    "hold_to_account": "Holding the Chief Constable to account",
    "together": "Together with others",
    "as_commissioner": "As Commissioner",
    "will_deliver": "What will be delivered",
    "victims_board": "Through the Victims Board",
    "resources": "Resources",
    "collaboration": "Collaboration",
    "focus": "Focus",
}


@dataclass(frozen=True)
class Asked:
    """Findings in which a commitment was asked about."""

    reference: str
    slug: str
    published_at: datetime


@dataclass(frozen=True)
class Promise:
    """One commitment of the plan and the newest findings on it, or none."""

    ref: str
    anchor: str
    text: str
    kind: str
    asked: Asked | None
    times: int


@dataclass(frozen=True)
class Aim:
    """One objective of the plan with its commitments."""

    id: str
    title: str
    promises: tuple[Promise, ...]

    @property
    def asked(self) -> int:
        """How many of its commitments have been asked about."""
        return sum(1 for one in self.promises if one.asked)


def aims(plan: Plan, rows: Iterable[PublicationRow]) -> list[Aim]:
    """Every objective with its commitments, and when each was last asked about."""
    asked: dict[str, list[Asked]] = {}
    for row in (one for one in newest(rows) if one.withdrawn_at is None):
        for ref in row.facts["commitments"]:
            asked.setdefault(ref, []).append(Asked(row.cycle, row.cycle.lower(), row.published_at))
    return [_aim(one, asked) for one in plan.objectives]


def _aim(objective: Objective, asked: dict[str, list[Asked]]) -> Aim:
    return Aim(
        id=objective.id,
        title=objective.title,
        promises=tuple(
            Promise(
                ref=one.ref,
                anchor=one.ref.lower(),
                text=one.text,
                kind=KINDS[one.kind],
                asked=asked[one.ref][0] if one.ref in asked else None,
                times=len(asked.get(one.ref, ())),
            )
            for one in objective.commitments
        ),
    )
