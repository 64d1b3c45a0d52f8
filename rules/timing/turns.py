"""With whom each request lay: the force until it answered, then the office, until it was settled."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from rules.calendars import WorkingCalendar
from rules.timing.answers import late_by
from rules.timing.between import working_days
from schemas.events import (
    AnyEvent,
    EvidenceRequested,
    ExtensionGranted,
    RequestWithdrawn,
    ReturnAccepted,
    ReturnSentBack,
    ReturnSubmitted,
    SessionFixed,
    SessionMoved,
)
from schemas.records import Entry
from schemas.timing import AskedSpell

Side = Literal["force", "office"]


@dataclass
class Turns:
    """Every turn of every request, gathered entry by entry.

    Source: process.events
    """

    running: dict[int, AskedSpell] = field(default_factory=dict)
    over: list[AskedSpell] = field(default_factory=list)

    def note(self, entry: Entry) -> None:
        """Take one more entry into account.

        Source: process.events
        """
        for number, side, due_at in _turns(entry.event):
            now = self.running.get(number)
            if now and now.holder == side:
                self.running[number] = now.model_copy(update={"due_at": due_at or now.due_at})
                continue
            if now:
                self.over.append(self.running.pop(number).model_copy(update={"to_at": entry.at}))
            if side:
                self.running[number] = AskedSpell(
                    request=number, holder=side, from_at=entry.at, due_at=due_at
                )
        for number, due_at in _moved(entry.event):
            if number in self.running and self.running[number].holder == "force":
                self.running[number] = self.running[number].model_copy(update={"due_at": due_at})

    def spells(self, calendar: WorkingCalendar, now: datetime | None) -> tuple[AskedSpell, ...]:
        """All of them by request, with their working days; what lasts is late as far as it is by `now`.

        Source: process.clocks
        Units: working days.
        """
        found: Iterable[AskedSpell] = (*self.over, *self.running.values())
        ordered = sorted(found, key=lambda one: (one.request, one.from_at))
        return tuple(_counted(one, calendar, now) for one in ordered)


def _counted(spell: AskedSpell, calendar: WorkingCalendar, now: datetime | None) -> AskedSpell:
    seen, owed = spell.to_at or now, spell.due_at
    late = late_by(owed, seen, calendar) if spell.holder == "force" and owed and seen else 0
    days = working_days(spell.from_at, spell.to_at, calendar)
    return spell.model_copy(update={"days": days, "late_days": late})


def _turns(event: AnyEvent) -> Iterator[tuple[int, Side | None, datetime | None]]:
    match event:
        case EvidenceRequested() | ReturnSentBack() | ExtensionGranted():
            yield event.request, "force", event.due.at if event.due else None
        case ReturnSubmitted():
            yield event.request, "office", None
        case ReturnAccepted() | RequestWithdrawn():
            yield event.request, None, None


def _moved(event: AnyEvent) -> Iterator[tuple[int, datetime | None]]:
    if isinstance(event, SessionFixed | SessionMoved):
        yield from ((one.request, one.due.at if one.due else None) for one in event.moved)
