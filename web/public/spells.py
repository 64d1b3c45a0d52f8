"""Who held the ball: how long each request lay with the force and how long with the office."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from rules.clocks import civil
from schemas.clocks import Due
from schemas.events import (
    AnyEvent,
    EvidenceRequested,
    ExtensionGranted,
    ReturnAccepted,
    ReturnSentBack,
    ReturnSubmitted,
    SessionFixed,
    SessionMoved,
)
from schemas.records import Entry
from web.showing.dates import working_days
from web.showing.words import plural

Holder = Literal["force", "office"]
WITH = {"force": "the force", "office": "the office"}


@dataclass(frozen=True)
class Spell:
    """A stretch of time in which one side had to act on a request."""

    request: int
    holder: Holder
    starts_at: datetime
    ends_at: datetime
    due: Due | None = None

    @property
    def days(self) -> int:
        """How long it took, in working days; in days where the calendar does not reach."""
        start, end = civil(self.starts_at), civil(self.ends_at)
        counted = working_days(start, end)
        return (end - start).days if counted is None else counted

    @property
    def late_from(self) -> datetime | None:
        """From when the force was late; None where it was not."""
        late = self.holder == "force" and self.due is not None and self.ends_at > self.due.at
        return max(self.due.at, self.starts_at) if late and self.due else None


def spells(entries: Iterable[Entry], until: datetime) -> tuple[Spell, ...]:
    """Every spell of every request up to an instant, from entries oldest first."""
    running: dict[int, Spell] = {}
    over: list[Spell] = []
    for entry in (one for one in entries if one.at <= until):
        for request, holder, due in _turns(entry.event):
            now = running.get(request)
            if now and now.holder == holder:
                running[request] = replace(now, due=due or now.due)
            elif holder or now:
                over += [replace(running.pop(request), ends_at=entry.at)] if now else []
                if holder:
                    running[request] = Spell(request, holder, entry.at, entry.at, due)
    over += [replace(one, ends_at=until) for one in running.values()]
    return tuple(sorted(over, key=lambda one: (one.request, one.starts_at)))


def held(own: Iterable[Spell]) -> str:
    """The sum of one request's spells, such as `with the force 12 working days, with the office 3 …`."""
    sums: dict[str, int] = {}
    for spell in own:
        sums[spell.holder] = sums.get(spell.holder, 0) + spell.days
    return ", ".join(f"with {WITH[holder]} {_long(days)}" for holder, days in sums.items())


def _long(days: int) -> str:
    return plural(days, "working day") if days else "less than a working day"


def _turns(event: AnyEvent) -> Iterator[tuple[int, Holder | None, Due | None]]:
    """With whom an event leaves a request, and until when; None where it is settled."""
    match event:
        case EvidenceRequested() | ReturnSentBack():
            yield event.request, "force", event.due
        case ReturnSubmitted():
            yield event.request, "office", None
        case ReturnAccepted():
            yield event.request, None, None
        case ExtensionGranted():
            yield event.request, "force", event.due
        case SessionFixed() | SessionMoved():
            yield from ((one.request, "force", one.due) for one in event.moved)
