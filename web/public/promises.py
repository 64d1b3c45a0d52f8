"""The plan as a list of promises, each with when it was last asked about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from schemas.calendar import HeardRow
from schemas.plans import Objective, Plan
from schemas.rows import PublicationRow
from web.pictures.squares import Square, Theme, Tone, squares
from web.public.finding import newest
from web.showing.dates import day

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


TONES = {
    "0": Tone("?", "Not asked about yet", "#ffffff", edge="#505a5f"),
    "1": Tone("1", "Published findings once", "#bfe0cc"),
    "more": Tone("+", "More than once", "#5fb483"),
}
"""How often published findings asked about a promise, as the map shows it."""


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


def aims_heard(plan: Plan, rows: Iterable[HeardRow]) -> list[Aim]:
    """The same from how often each was heard about."""
    times: dict[str, int] = {}
    last: dict[str, HeardRow] = {}
    for row in rows:
        times[row.commitment] = times.get(row.commitment, 0) + row.times
        last[row.commitment] = row
    asked = {ref: [Asked(row.last, row.last.lower(), row.last_at)] * times[ref] for ref, row in last.items()}
    return [_aim(one, asked) for one in plan.objectives]


def map_of(found: Iterable[Aim]) -> Markup:
    """Every promise and how often published findings asked about it, as a picture."""
    themes = (Theme(one.title, tuple(_square(promise) for promise in one.promises)) for one in found)
    return squares(themes, TONES, "Every promise of the plan, and how often it was asked about")


def _square(one: Promise) -> Square:
    asked = f"last in {one.asked.reference}, {day(one.asked.published_at)}" if one.asked else "not asked yet"
    tone = "more" if one.times > 1 else str(one.times)
    return Square(one.ref.rpartition("-")[2], tone, f"{one.ref}: {asked}. {one.text}")
