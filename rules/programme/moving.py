"""Moving cycles to come in bulk: all by some working days, or those that a new bank holiday hits."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant, london
from schemas.outcomes import Refused
from schemas.programme import Slot
from schemas.programme.commands import SlotMove


def shifted(slots: Iterable[Slot], days: int, calendar: WorkingCalendar) -> tuple[SlotMove, ...] | Refused:
    """Each waiting slot moved by so many working days: later, or earlier where negative.

    Source: local.programme
    Units: working days in England and Wales.
    """
    moves = []
    for slot in slots:
        if slot.waiting:
            move = _moved(slot, days, calendar)
            if isinstance(move, Refused):
                return move
            moves.append(move)
    return tuple(moves)


def off_holidays(slots: Iterable[Slot], calendar: WorkingCalendar) -> tuple[SlotMove, ...] | Refused:
    """New days for the waiting slots that open or are heard on a day on which nobody works any more.

    Each goes to the next working day, a session to the next on which its hour is free. A session that was
    meant to be on a day off stays there.

    Source: local.programme
    Units: working days in England and Wales.
    """
    standing = [one for one in slots if one.state != "dropped"]
    hit = [one for one in standing if one.waiting and _is_hit(one, calendar)]
    hours = {one.draft.session_at for one in standing if one not in hit}
    moves = []
    for slot in hit:
        move = _off(slot, calendar, hours)
        if isinstance(move, Refused):
            return move
        hours.add(move.session_at)
        moves.append(move)
    return tuple(moves)


def _is_hit(slot: Slot, calendar: WorkingCalendar) -> bool:
    draft = slot.draft
    session = civil(draft.session_at) if draft.session_at and not draft.confirmed else None
    return any(day and not calendar.is_working(day) for day in (draft.opens_on, session))


def _off(slot: Slot, calendar: WorkingCalendar, hours: Collection[datetime | None]) -> SlotMove | Refused:
    draft = slot.draft
    opens_on = calendar.after(draft.opens_on, 0)
    if isinstance(opens_on, Refused):
        return opens_on
    at, on = draft.session_at, None
    while at and not draft.confirmed:
        on = calendar.after(civil(at), 1 if on else 0)
        if isinstance(on, Refused):
            return on
        at = _same_hour(at, on)
        if at not in hours:
            break
    return SlotMove(slot=slot.number, opens_on=opens_on, session_at=at, confirmed=draft.confirmed)


def _moved(slot: Slot, days: int, calendar: WorkingCalendar) -> SlotMove | Refused:
    opens_on = _by(slot.draft.opens_on, days, calendar)
    if isinstance(opens_on, Refused):
        return opens_on
    at = slot.draft.session_at
    if at is None:
        return SlotMove(slot=slot.number, opens_on=opens_on)
    on = _by(civil(at), days, calendar)
    if isinstance(on, Refused):
        return on
    return SlotMove(slot=slot.number, opens_on=opens_on, session_at=_same_hour(at, on))


def _same_hour(at: datetime, on: date) -> datetime:
    return instant(on, f"{london(at):%H:%M}")


def _by(day: date, days: int, calendar: WorkingCalendar) -> date | Refused:
    return calendar.before(day, -days) if days < 0 else calendar.after(day, days)
