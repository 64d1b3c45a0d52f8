"""What an act would move, in words, to be looked at before it is done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from schemas.changes import PlannedRequest
from schemas.events import AnyEvent
from schemas.rows import CyclePage
from web import dates


@dataclass(frozen=True)
class Effect:
    """One day that moves: of what, from when, to when."""

    what: str
    before: str
    after: str


def effects(page: CyclePage, events: Iterable[AnyEvent]) -> list[Effect]:
    """Every day that these events would move."""
    return [effect for event in events for effect in _of(page, event)]


def _of(page: CyclePage, event: Any) -> Iterator[Effect]:
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


def _asked(page: CyclePage, planned: PlannedRequest) -> Iterator[Effect]:
    was = next((one.ask_at for one in page.cycle.planned if one.request == planned.request), None)
    if was != planned.ask_at:
        what = f"Request {planned.request} goes out"
        yield Effect(what, dates.moment(was), dates.moment(planned.ask_at))


def _named(page: CyclePage, number: int) -> str:
    request = page.cycle.request(number)
    return f"Request {number}: {page.say(request.draft.title)}" if request else f"Request {number}"
