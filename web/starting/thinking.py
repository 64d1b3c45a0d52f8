"""The cycle as it would be, by the rules that would open it: its days, its mails, what stands against it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request

from reference.catalogue import calendar as newest_calendar
from reference.explaining import Question, answer
from reference.starts import starts
from reference.working import working_calendar
from rules.acting.of_the_force import check_force
from rules.apply import add_up
from rules.calendars import WorkingCalendar
from rules.clocks import civil
from rules.planning_back import Beside, PlannedDays, against, planned_days
from rules.programme.proposing import taken_days
from rules.programme.soonest import soonest
from rules.stages import stage
from rules.telling.coming import happening
from rules.telling.notices import notices
from rules.writing import act_of, entries_of
from schemas.cycle import Cycle
from schemas.notices import Notice
from schemas.outcomes import Refused
from schemas.records import Entry
from schemas.rows import CyclePage
from schemas.shape import Words
from schemas.standards import Standards
from web.acting.completing import complete
from web.acting.doing import COMMAND, GENERAL
from web.acting.refusals import of_shape
from web.door.identity import actor
from web.door.rooms import rooms
from web.forms import opening
from web.forms.fields import FieldWrongError, Typed, read_day
from web.forms.form import Scene
from web.starting.steps import start_of

PLACEHOLDER = "HTA-2000-00"
"""A reference that no cycle has: a number is given when the cycle is sent, and never before."""
AHEAD = 200
"""Civil days ahead in which the first mails are looked for."""
Sending = tuple[datetime, Cycle, Notice]


@dataclass(frozen=True)
class Thought:
    """A cycle that is thought of; without a page where something is missing or refused."""

    errors: dict[str, str] = field(default_factory=dict)
    page: CyclePage | None = None
    days: tuple[PlannedDays, ...] = ()
    against: tuple[str, ...] = ()
    sends: tuple[Sending, ...] = ()


async def think(request: Request, scene: Scene, typed: Typed) -> Thought:
    """What would come of a draft if it were sent now; nothing is written and no number is given."""
    reading = opening.read_opening(scene, typed)
    if reading.errors:
        return Thought(reading.errors)
    words = Words()
    facts: dict[str, Any] = {
        "kind": "OpenCycle",
        "cycle": PLACEHOLDER,
        "key": "only-thought-of",
        "actor": actor(request, scene.person),
        **opening.build(reading.values, words),
    }
    try:
        command = COMMAND.validate_python(await complete(rooms(request), facts, words))
    except ValidationError as wrong:
        return Thought(
            {opening.field_of(one.field or GENERAL, typed): one.message for one in of_shape(wrong)}
        )
    refused = check_force(command, scene.people, None, civil(scene.now))
    decision = refused or await rooms(request).desk.preview(command)
    if isinstance(decision, Refused):
        return Thought({opening.field_of(decision.field or GENERAL, typed): decision.message})
    entries = entries_of(act_of(command), decision.events, scene.now, None)
    return await _thought(request, typed, entries, words, scene.now)


async def _thought(
    request: Request, typed: Typed, entries: tuple[Entry, ...], words: Words, now: datetime
) -> Thought:
    cycle = add_up(entries)
    calendar = working_calendar(cycle.calendar)
    if isinstance(calendar, Refused):
        return Thought({GENERAL: calendar.message})
    at_once = [(one.at, cycle, notice) for one in entries for notice in notices(one, cycle)]
    days = planned_days(cycle, calendar, now)
    return Thought(
        page=CyclePage(cycle=cycle, stage=stage(cycle), words=words.kept),
        days=days,
        against=against(cycle, days, calendar, await _beside(request, typed, days)),
        sends=tuple(first_mails(at_once, cycle, calendar, now)),
    )


def first_mails(
    at_once: Iterable[Sending], cycle: Cycle, calendar: WorkingCalendar, now: datetime
) -> Iterable[Sending]:
    """The mail with which each request goes out: those of now, then those that wait for their day."""
    yield from (one for one in at_once if one[2].template == "evidence_requested")
    if not cycle.planned:
        return
    for at, then, sent in happening(cycle, calendar, now, AHEAD):
        yield from ((at, then, one) for one in sent if one.template == "evidence_requested")
        if not then.planned:
            return


async def _beside(request: Request, typed: Typed, days: Iterable[PlannedDays]) -> Beside:
    here = rooms(request)
    owed: dict[str, frozenset[date]] = {}
    for lead in {one.draft.lead for one in days}:
        rows = await here.reads.deadlines(owner=lead)
        owed[lead] = frozenset(civil(one.due_at) for one in rows)
    return Beside(await taken(request), owed, last_day_of(typed))


async def taken(request: Request) -> frozenset[date]:
    """Days on which another session is held or planned."""
    here = rooms(request)
    programmes = await here.reads.programmes()
    return taken_days(next(iter(programmes), None), await here.reads.sessions_coming())


def last_day_of(typed: Typed) -> date | None:
    """The last day of the law's clock that the kind runs against; None where there is none, or no start."""
    start = start_of(typed.said, starts())
    if start is None or start.clock is None:
        return None
    try:
        began = read_day(opening.REPORT, typed, "", optional=True)
    except FieldWrongError:
        return None
    found = answer(Question(start.clock, began.isoformat())) if began else None
    return None if found is None or isinstance(found, Refused) else found.due.due_on


async def proposed(
    request: Request, facts: Mapping[str, Any], standards: Standards
) -> dict[str, tuple[str, ...]]:
    """The boxes of the session's day as they are proposed: the soonest working day that is free.

    Units: working days; within the law's clock where the kind has one and there is still time.
    """
    days = working_calendar(newest_calendar().version)
    if isinstance(days, Refused):
        return {}
    found = soonest(standards, days, civil(rooms(request).now()))
    if isinstance(found, Refused):
        return {}
    on: date | Refused = civil(found[1])
    busy = await taken(request)
    while isinstance(on, date) and on in busy:
        on = days.after(on, 1)
    last = last_day_of(Typed(facts))
    if last and isinstance(on, date) and on > last:
        on = days.before(last, 0)
    return {} if isinstance(on, Refused) else boxes("starts_on", on)


def boxes(name: str, on: date) -> dict[str, tuple[str, ...]]:
    """A day in its three boxes."""
    return {f"{name}-day": (str(on.day),), f"{name}-month": (str(on.month),), f"{name}-year": (str(on.year),)}
