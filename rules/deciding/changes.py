"""Released changes: a newer edition of the calendar or of the local standards, for a cycle under way."""

from datetime import date

from rules.clocks import due, instant, named_day
from rules.deciding.moment import Moment, ask_at, needs_day, session_day
from rules.deciding.windows_open import checks_moved
from rules.standards import fault
from schemas.changes import CalendarChanged, MovedDue, PlannedRequest, StandardsChanged
from schemas.clocks import Due, OnDate
from schemas.commands import ChangeCalendar, ChangeStandards
from schemas.cycle import Cycle, Request
from schemas.outcomes import Allowed, Decision, Refused
from schemas.standards import Standards


def change_calendar(cycle: Cycle, command: ChangeCalendar, moment: Moment) -> Decision:
    """Count by a newer edition: every date that it counts otherwise moves, and what is planned follows.

    Source: process.clocks
    """
    if refused := _not_newer(cycle.calendar, command.to):
        return refused
    moved = recounted(cycle, moment)
    if isinstance(moved, Refused):
        return moved
    planned = _planned_anew(cycle, cycle.standards, moment)
    if isinstance(planned, Refused):
        return planned
    checks = checks_moved(cycle, moment)
    if isinstance(checks, Refused):
        return checks
    event = CalendarChanged(
        calendar=command.to, was=cycle.calendar, moved=moved, planned=planned, fact_checks=checks
    )
    return Allowed(events=(event,))


def change_standards(cycle: Cycle, command: ChangeStandards, moment: Moment) -> Decision:
    """Follow a newer edition of the kind's standards: ladder, hours and windows, from now on.

    Source: local.ladder
    """
    new, old = command.standards, cycle.standards
    if new.id != old.id:
        return _wrong(
            "other_standards", f"{cycle.reference} follows the standards of {old.title}, not of {new.title}."
        )
    if new.edition <= old.edition:
        return _wrong(
            "older_standards",
            f"{cycle.reference} follows edition {old.edition} of the standards already. "
            "Only a later edition can be released to it.",
        )
    if wrong := fault(new):
        return _wrong("standards_wrong", f"These standards cannot be used. {wrong[0]}: {wrong[1]}.")
    planned = _planned_anew(cycle, new, moment)
    if isinstance(planned, Refused):
        return planned
    moved = rehoured(cycle, new, moment)
    return Allowed(
        events=(StandardsChanged(standards=new, was_edition=old.edition, moved=moved, planned=planned),)
    )


def recounted(cycle: Cycle, moment: Moment) -> tuple[MovedDue, ...] | Refused:
    """The open requests whose day the moment's edition counts otherwise, before and after.

    A day that was named, in the request or by an extension, stays. No date moves to an instant that is past
    already: a release makes nobody late.

    Source: process.clocks
    """
    on, moved = session_day(cycle), []
    for request in cycle.requests:
        if not request.open or named_day(request.clock):
            continue
        found = due(request.clock, moment.calendar, on)
        if isinstance(found, Refused):
            return found
        if found and _moves(request, found, moment):
            moved.append(MovedDue(request=request.number, due=found, was=request.due))
    return tuple(moved)


def rehoured(cycle: Cycle, standards: Standards, moment: Moment) -> tuple[MovedDue, ...]:
    """The open requests that fall due at another hour of the same day under other standards.

    What is past stays; an action keeps the hour to which both sides agreed.

    Source: local.back-planning
    """
    moved = []
    for request in cycle.requests:
        if not request.open or request.due is None or request.due.at <= moment.now:
            continue
        found = request.due.model_copy(update={"at": instant(request.due.on, standards.due_hour)})
        if _moves(request, found, moment):
            moved.append(MovedDue(request=request.number, due=found, was=request.due))
    return tuple(moved)


def _moves(request: Request, found: Due, moment: Moment) -> bool:
    if request.due is None:
        return True
    if found.at == request.due.at:
        return False
    return found.at > request.due.at or found.at > moment.now


def _planned_anew(cycle: Cycle, standards: Standards, moment: Moment) -> tuple[PlannedRequest, ...] | Refused:
    """What is not sent yet, with its new instants; what only counts from its sending keeps its own."""
    on: date | None = session_day(cycle)
    planned = []
    for one in cycle.planned:
        if not (needs_day(one.draft.due) and on) and not isinstance(one.draft.due, OnDate):
            planned.append(one)
            continue
        at = ask_at(one.draft, standards, moment, on)
        if isinstance(at, Refused):
            return at
        planned.append(one.model_copy(update={"ask_at": at}))
    return tuple(planned)


def _not_newer(present: str, wanted: str) -> Refused | None:
    name, _, day = present.rpartition("/")
    other, _, of = wanted.rpartition("/")
    if other != name:
        said = f"This cycle counts by the calendar {name}, not by {other}. Choose an edition of {name}."
        return _wrong("other_calendar", said, "to")
    if of == day:
        said = f"This cycle counts by the edition {wanted} already. Choose another, or leave it."
        return _wrong("same_edition", said, "to")
    if of < day:
        return _wrong(
            "older_edition",
            f"{wanted} is older than the present edition, {present}. Choose a later one.",
            "to",
        )
    return None


def _wrong(code: str, message: str, field: str = "standards") -> Refused:
    return Refused(code=code, message=message, source="process.wrong-input", field=field)
