"""Whose calendar holds what: the deadlines and meetings of the cycles that concern a person."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from reference.working import working_calendar
from rules.deadlines import deadlines
from rules.telling.appointments import place_of, uid_of
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.people import Person, Role
from schemas.records import Deadline
from schemas.rows import CyclePage
from store.reads import Reads
from web.papers.calendar import Appointment
from web.showing.dates import moment
from web.showing.words import WHATS

CYCLES = 100
"""How many cycles one calendar holds."""
REMEMBERED = timedelta(days=60)
"""How long a cycle that is over stays in calendars, so that what was called off is seen to be."""
WATCHERS = frozenset(
    {Role.PANEL_SECRETARIAT, Role.COMMISSIONER, Role.DEPUTY_COMMISSIONER, Role.CHIEF_EXECUTIVE}
)
FOR_THE_FORCE = frozenset({Role.FORCE_COORDINATION, Role.CHIEF_CONSTABLE})
SAYS = {
    "return": "Evidence due",
    "action": "Action due",
    "session": "Meeting",
    "notice": "Notice and papers due",
    "answer": "Answer in writing due",
    "fact_check": "Fact check due",
    "findings": "Findings due",
    "comments": "Comments on an inspection report due by law",
}


async def appointments(
    reads: Reads, person: Person, people: Mapping[str, Person], now: datetime
) -> list[Appointment]:
    """Everything that a person's calendar shows."""
    everybody = person.role in WATCHERS
    named = [person.id]
    if person.role in FOR_THE_FORCE:
        named += [one.id for one in people.values() if one.side == "force"]
    found = await reads.concerning(None if everybody else named, now - REMEMBERED, most=CYCLES)
    return [one for page in found.pages for one in of_cycle(page, person, people)]


def of_cycle(page: CyclePage, person: Person, people: Mapping[str, Person]) -> list[Appointment]:
    """What one cycle puts into a person's calendar; its meetings only where something else of it does too."""
    mine = [one for one in _owed(page.cycle) if concerns(person, one, page.cycle, people)]
    if all(one.what == "session" for one in mine) and person.role not in WATCHERS:
        mine = []
    return [_appointment(one, page, people) for one in mine]


def concerns(person: Person, owed: Deadline, cycle: Cycle, people: Mapping[str, Person]) -> bool:
    """Whether this belongs into the person's calendar."""
    if person.role in WATCHERS or owed.what == "session":
        return True
    if person.id in (owed.owner, cycle.opened_by.person):
        return True
    owner = people.get(owed.owner or "")
    return person.role in FOR_THE_FORCE and owner is not None and owner.side == "force"


def _owed(cycle: Cycle) -> Iterator[Deadline]:
    calendar = working_calendar(cycle.calendar)
    if not isinstance(calendar, Refused):
        yield from deadlines(cycle, calendar)
    for one in cycle.requests:
        if one.state == "withdrawn" and one.due:
            yield Deadline(
                key=f"return/{one.number}", what="return", number=str(one.number), title=one.draft.title,
                owner=one.draft.lead, due_at=one.due.at, missed=False, done=True,
            )  # fmt: skip


def _appointment(owed: Deadline, page: CyclePage, people: Mapping[str, Person]) -> Appointment:
    cycle = page.cycle
    request = cycle.request(int(owed.number)) if owed.what == "return" else None
    session = cycle.session(int(owed.number)) if owed.what in ("session", "notice") else None
    off = cycle.cancelled_at is not None or (request is not None and request.state == "withdrawn")
    off = off or (session is not None and session.cancelled_at is not None)
    owner = people.get(owed.owner or "")
    place = place_of(cycle, owed.key)
    title = f"{SAYS[owed.what]}: {page.say(owed.title)}"
    words = f"{WHATS[owed.what]} of {page.say(cycle.title)} ({cycle.reference}), {moment(owed.due_at)}. "
    return Appointment(
        uid=uid_of(cycle, owed.key),
        sequence=cycle.version,
        changed_at=cycle.changed_at,
        at=owed.due_at,
        title=title,
        words=words + f"Owner: {owner.title if owner else 'nobody yet'}."
        if owed.what != "session"
        else words.strip(),
        address=f"/deadlines#{place}",
        off=off,
        done=owed.done and not off,
        meeting=owed.what == "session",
    )
