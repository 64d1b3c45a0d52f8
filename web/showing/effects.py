"""What an act would move, in words, to be looked at before it is done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reference.working import working_calendar
from rules.counting.words import offset_words
from rules.deciding.moment import Moment
from rules.rungs import changed_rungs
from schemas.changes import PlannedRequest, StandardsChanged
from schemas.events import AnyEvent
from schemas.outcomes import Refused
from schemas.rows import CyclePage
from web.showing import dates


@dataclass(frozen=True)
class Effect:
    """One day that moves: of what, from when, to when."""

    what: str
    before: str
    after: str


def effects(page: CyclePage, events: Iterable[AnyEvent], now: datetime) -> list[Effect]:
    """Every day that these events would move, and every reminder that other standards would."""
    return [effect for event in events for effect in _of(page, event, now)]


def _of(page: CyclePage, event: Any, now: datetime) -> Iterator[Effect]:
    if event.kind == "SessionMoved":
        yield Effect("The session", dates.moment(event.was), dates.moment(event.starts_at))
    if event.kind == "SessionFixed":
        yield Effect("The session", "no day yet", dates.moment(event.draft.starts_at))
    if event.kind == "ExtensionGranted":
        yield Effect(_named(page, event.request), dates.moment(event.was.at), dates.moment(event.due.at))
    for one in getattr(event, "moved", ()):
        before, after = one.was.at if one.was else None, one.due.at if one.due else None
        yield Effect(_named(page, one.request), dates.moment(before), dates.moment(after))
    for planned in getattr(event, "planned", ()):
        yield from _asked(page, planned)

    if event.kind == "StandardsChanged":
        yield from _reminders(page, event, now)


def _reminders(page: CyclePage, event: StandardsChanged, now: datetime) -> Iterator[Effect]:
    calendar = working_calendar(page.cycle.calendar)
    if isinstance(calendar, Refused):
        return
    moment = Moment(now=now, calendar=calendar)
    for row in changed_rungs(page.cycle, event.standards, event.moved, moment):
        what = f"A reminder of request {row.request}, {offset_words(row.offset)}"
        yield Effect(what, _told(row.before, row.told_before), _told(row.after, row.told_after))


def _told(at: datetime | None, to: tuple[str, ...]) -> str:
    return f"{dates.moment(at)}, to the {' and '.join(to)}" if at else "not sent"


def _asked(page: CyclePage, planned: PlannedRequest) -> Iterator[Effect]:
    was = next((one.ask_at for one in page.cycle.planned if one.request == planned.request), None)
    if was != planned.ask_at:
        what = f"Request {planned.request} goes out"
        yield Effect(what, dates.moment(was), dates.moment(planned.ask_at))


def _named(page: CyclePage, number: int) -> str:
    request = page.cycle.request(number)
    return f"Request {number}: {page.say(request.draft.title)}" if request else f"Request {number}"
