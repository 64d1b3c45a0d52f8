"""The tracker: every action that is still open, over all cycles, as rows for a page and for a table."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rules.clocks import civil
from schemas.cycle import Action, Cycle
from schemas.people import Person
from schemas.rows import CyclePage
from web.showing import words

HEAD = (
    "Number", "Cycle", "What", "Owner", "Due", "State", "Own assessment", "Late", "Moved", "Slipped",
    "Carried over since",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run as a formula at the beginning of a cell."""


@dataclass(frozen=True)
class Sought:
    """Whose actions somebody wants to see, and whether only the late ones."""

    owner: str = ""
    late: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for at all."""
        return bool(self.owner) or self.late


@dataclass(frozen=True)
class Tracked:
    """One open action as the tracker shows it."""

    cycle: str
    cycle_title: str
    action: Action
    what: str
    owner: str
    late: bool
    carried_since: date | None

    @property
    def assessment(self) -> str:
        """How its owner says that it stands; empty where nothing was said."""
        return words.ASSESSMENTS[self.action.progress[-1].assessment] if self.action.progress else ""


def tracked(pages: Iterable[CyclePage], people: Mapping[str, Person], now: datetime) -> list[Tracked]:
    """Every open action, the soonest due first."""
    rows = [
        Tracked(
            cycle=page.cycle.reference,
            cycle_title=page.say(page.cycle.title),
            action=one,
            what=page.say(one.what),
            owner=people[one.owner].title if one.owner in people else words.spelled(one.owner),
            late=is_late(one, now),
            carried_since=carried_since(page.cycle, one),
        )
        for page in pages
        if not page.cycle.cancelled_at
        for one in page.cycle.actions
        if one.open
    ]
    return sorted(rows, key=lambda one: (one.action.due.at, one.action.number))


def narrowed(rows: Iterable[Tracked], sought: Sought) -> list[Tracked]:
    """The rows of one owner, or the late ones, or both."""
    return [one for one in rows if sought.owner in ("", one.action.owner) and (one.late or not sought.late)]


def is_late(action: Action, now: datetime) -> bool:
    """Whether an agreed action is past its day and nobody has said that it is done."""
    return action.state == "confirmed" and (action.missed or action.due.at < now)


def carried_since(cycle: Cycle, action: Action) -> date | None:
    """The day of the first meeting after it was agreed that left it open; None where there was none."""
    agreed = action.confirmed_at or action.clock.starts_at
    held = sorted(one.held_at for one in cycle.sessions if one.held_at and one.held_at > agreed)
    return civil(held[0]) if held and action.open else None


def as_csv(rows: Iterable[Tracked]) -> str:
    """The same as a table for a spreadsheet; what somebody typed can never be a formula in it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for one in rows:
        action = one.action
        cells = (
            action.number, one.cycle, one.what, one.owner, action.due.on.isoformat(),
            words.ACTION_STATES[action.state], one.assessment, "yes" if one.late else "no",
            str(action.moves), str(len(action.slips)),
            one.carried_since.isoformat() if one.carried_since else "",
        )  # fmt: skip
        writer.writerow(["'" + cell if cell.startswith(FORMULA) else cell for cell in cells])
    return "\ufeff" + out.getvalue()
