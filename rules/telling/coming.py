"""What the engine will send by itself in the days to come, if nobody does anything meanwhile."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from rules.apply import add_up
from rules.calendars import WorkingCalendar
from rules.deciding.moment import Moment
from rules.duties import Duty, by_notice, duties, noted, notice_of, own_events
from rules.telling.notices import notices
from rules.writing import entries_of, own_act
from schemas.coming import ComingRow
from schemas.cycle import Cycle
from schemas.events import AnyEvent
from schemas.notices import Delivery, Notice

MOST = 2_000
"""Duties that are looked at for one cycle."""


def coming(cycle: Cycle, calendar: WorkingCalendar, now: datetime, days: int = 30) -> tuple[ComingRow, ...]:
    """Every notice from now to so many days ahead, soonest first: the engine's own duties, done in thought.

    Each duty is done at its instant on the cycle as it would then stand, by the rules that the engine itself
    follows, so that what follows from a duty is seen too. Everything is thought to be delivered.

    Source: local.ladder
    Units: civil days from now.
    """
    found = happening(cycle, calendar, now, days)
    return tuple(_row(then, notice, at) for at, then, sent in found for notice in sent)


def happening(
    cycle: Cycle, calendar: WorkingCalendar, now: datetime, days: int = 30
) -> Iterator[tuple[datetime, Cycle, tuple[Notice, ...]]]:
    """Each duty of the engine in its turn: when, how the cycle then stands, and what is sent.

    Source: local.ladder
    Units: civil days from now.
    """
    until = now + timedelta(days=days)
    for _ in range(MOST):
        duty = next(iter(duties(cycle, calendar)), None)
        if duty is None or duty.at > until:
            return
        at = max(duty.at, now)
        sent, events = _done(cycle, duty, Moment(now=at, calendar=calendar))
        if not events:
            return
        entries = entries_of(own_act(cycle.reference, duty.name), events, at, cycle)
        for entry in entries:
            cycle = add_up((entry,), cycle)
            sent += notices(entry, cycle)
        yield at, cycle, sent


def _done(cycle: Cycle, duty: Duty, moment: Moment) -> tuple[tuple[Notice, ...], tuple[AnyEvent, ...]]:
    """What is sent, and what is written down, when a duty is done at a moment."""
    if not by_notice(duty):
        return (), own_events(cycle, duty, moment)
    notice = notice_of(cycle, duty, moment)
    if notice is None:
        return (), ()
    delivery = Delivery(delivered=True, told=notice.to, at=moment.now + cycle.set_back)
    return (notice,), noted(cycle, notice, delivery, late=False)


def _row(cycle: Cycle, notice: Notice, at: datetime) -> ComingRow:
    request = cycle.request(notice.request or 0)
    action = cycle.action(notice.action or "")
    return ComingRow(
        at=at,
        cycle=cycle.reference,
        template=notice.template,
        to=notice.to,
        roles=notice.roles,
        deputies=notice.copy_deputies,
        request=notice.request,
        action=notice.action,
        rung=notice.rung,
        lead=request.draft.lead if request else action.owner if action else None,
        why=_why(cycle, notice),
    )


def _why(cycle: Cycle, notice: Notice) -> str:
    if notice.rung is not None and notice.due_on:
        return _rung(notice.rung, notice.due_on)
    standards = cycle.standards
    said: dict[str, Callable[[], str]] = {
        "evidence_requested": lambda: "A planned request goes out.",
        "non_response": lambda: (
            f"Nothing has come {standards.overdue_escalates_after} working days after "
            "the due day: it is taken as no response."
        ),
        "progress_wanted": lambda: f"Asked every {standards.progress_days} working days until it is done.",
        "fact_check_deemed": lambda: "The window for corrections of fact passes in silence.",
        "wake": lambda: "Somebody asked to be reminded.",
        "findings_published": lambda: "The release that was scheduled goes out.",
        "findings_corrected": lambda: "The correction that was scheduled goes out.",
    }
    return said.get(notice.template, lambda: "It follows from what the engine does then.")()


def _rung(rung: int, due_on: date) -> str:
    day = f"{due_on:%-d %B %Y}"
    if rung == 0:
        return f"It is due on this day, {day}."
    days = f"{abs(rung)} working day{'' if abs(rung) == 1 else 's'}"
    return f"{days} before it is due, {day}." if rung < 0 else f"{days} after it was due, {day}."
