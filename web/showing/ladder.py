"""The reminders of a request: those that went out, those that reached nobody, and those to come."""

from dataclasses import dataclass
from datetime import date, datetime

from reference.working import working_calendar
from rules.counting.words import offset_words
from rules.duties.ladder import pending_rungs, rung_instant
from schemas.cycle import Cycle, Request
from schemas.outcomes import Refused
from schemas.standards import Recipient, Rung

TOLD: dict[Recipient, str] = {
    "lead": "the lead",
    "deputy": "the lead's deputy",
    "coordination": "force coordination",
}


@dataclass(frozen=True)
class Step:
    """One rung: where it stands on the ladder, whom it tells, when, and what became of it."""

    what: str
    to: str
    at: datetime | None
    on: date | None
    state: str
    """`sent`, `coming`, `bounced` or `silent`."""
    lost: tuple[tuple[str, datetime], ...] = ()
    """Whom it did not reach, and when that was tried."""


def ladder(cycle: Cycle, request: Request) -> tuple[Step, ...]:
    """Every rung for the present due day, in order; none where there is no day or no known calendar."""
    calendar = working_calendar(cycle.calendar)
    if request.due is None or isinstance(calendar, Refused):
        return ()
    coming = {rung.offset: at for rung, at in pending_rungs(cycle, request, calendar)}
    return tuple(
        _step(request, rung, coming.get(rung.offset), rung_instant(request, rung, cycle, calendar))
        for rung in sorted(cycle.standards.ladder, key=lambda one: one.offset)
    )


def _step(request: Request, rung: Rung, coming: datetime | None, falls: datetime | None) -> Step:
    due = request.due.on if request.due else None
    sent = next((one for one in request.reminded if (one.rung, one.due_on) == (rung.offset, due)), None)
    lost = tuple(
        (TOLD[one.route], one.at) for one in request.bounced if (one.rung, one.due_on) == (rung.offset, due)
    )
    to, what = _told(rung), offset_words(rung.offset).capitalize()
    if sent and sent.on:
        return Step(what, to, None, sent.on, "sent", lost)
    if coming:
        return Step(what, to, coming, None, "coming", lost)
    if lost:
        return Step(what, to, None, None, "bounced", lost)
    return Step(what, to, falls, None, "sent" if sent else "silent")


def rung_words(rung: Rung) -> str:
    """When a rung comes and whom it tells."""
    return f"{offset_words(rung.offset).capitalize()}: {_told(rung)}"


def _told(rung: Rung) -> str:
    return ", ".join(TOLD[one] for one in rung.to)
