"""What an act would move beside the requests: the sessions, their notice, the findings, clocks that stop."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from reference.working import working_calendar
from rules.apply import add_up
from rules.telling.ahead import hangs_on
from rules.writing import entries_of, own_act
from schemas.cycle import Cycle, Session
from schemas.events import AnyEvent, CyclePaused
from schemas.outcomes import Refused
from schemas.rows import CyclePage
from web.showing import dates
from web.showing.effects import Effect

STILL = "stands still; the time is given back when the cycle goes on"


def ahead(page: CyclePage, events: Iterable[AnyEvent], now: datetime) -> list[Effect]:
    """What changes with the sessions, and what stands still, if these events happen now."""
    cycle, happening = page.cycle, tuple(events)
    if not happening:
        return []
    try:
        after = add_up(entries_of(own_act(cycle.reference, "look"), happening, now, cycle), cycle)
    except LookupError:
        return []
    paused = any(isinstance(one, CyclePaused) for one in happening)
    return [*_called_off(cycle, after), *_hanging(cycle, after), *(_paused(page) if paused else ())]


def _called_off(before: Cycle, after: Cycle) -> Iterator[Effect]:
    for one in after.sessions:
        was: Session | None = before.session(one.number)
        if one.cancelled_at and was and was.coming:
            yield Effect("The session", dates.moment(one.starts_at), "called off")


def _hanging(before: Cycle, after: Cycle) -> Iterator[Effect]:
    calendar = working_calendar(after.calendar)
    if isinstance(calendar, Refused):
        return
    was, will = hangs_on(before, calendar), hangs_on(after, calendar)
    for what in (*was, *(one for one in will if one not in was)):
        if was.get(what) != will.get(what):
            yield Effect(what, dates.moment(was.get(what)), dates.moment(will.get(what)))


def _paused(page: CyclePage) -> Iterator[Effect]:
    for one in page.cycle.requests:
        if one.open and one.due:
            what = f"Request {one.number}: {page.say(one.draft.title)}"
            yield Effect(what, dates.moment(one.due.at), STILL)
    for planned in page.cycle.planned:
        if planned.ask_at:
            yield Effect(f"Request {planned.request} goes out", dates.moment(planned.ask_at), STILL)
