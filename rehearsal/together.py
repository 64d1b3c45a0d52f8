"""What falls together in a rehearsed year: month by month sessions, returns, letters, and days too full."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rehearsal.stage import Rehearsed
from rules.clocks import civil
from schemas.shape import Instant, Shape, SlotNumber

TOO_MANY = 2
"""Returns of one lead that are due on one day, or sessions on one day, from which it is said."""


class Held(Shape):
    """One session of the year."""

    slot: SlotNumber
    at: Instant


class Month(Shape):
    """One month of all cycles together."""

    begins_on: date
    sessions: tuple[Held, ...] = ()
    due: dict[str, int]
    """Returns that fall due, by lead."""
    letters: dict[str, int]
    """Letters that each person gets."""
    missed: int = 0


class Crowded(Shape):
    """A day on which too much falls together: sessions, or the returns of one lead."""

    on: date
    lead: str | None = None
    slots: tuple[SlotNumber, ...]


class Together(Shape):
    """A year of cycles as they would run side by side."""

    months: tuple[Month, ...]
    crowded: tuple[Crowded, ...]
    letters: int
    missed: int


def together(year: Mapping[str, Rehearsed], force: Iterable[str]) -> Together:
    """All cycles of a rehearsed year, by the numbers of their slots; `force` are the people who are asked."""
    sessions = [
        Held(slot=slot, at=one.held_at or one.starts_at)
        for slot, found in year.items()
        for one in found.cycle.sessions
    ]
    due = [
        (slot, civil(one.due.at), one.draft.lead)
        for slot, found in year.items()
        for one in found.cycle.requests
        if one.due
    ]
    letters = list(_letters(year.values(), frozenset(force)))
    missed = [
        civil(entry.at)
        for found in year.values()
        for entry in found.kept.ledger
        if entry.event.kind == "DutyMissed"
    ]
    days = [*(civil(one.at) for one in sessions), *(day for _, day, _ in due), *(day for day, _ in letters)]
    return Together(
        months=tuple(
            Month(
                begins_on=month,
                sessions=tuple(one for one in _in_order(sessions) if _month(civil(one.at)) == month),
                due=_count(lead for _, day, lead in due if _month(day) == month),
                letters=_count(person for day, person in letters if _month(day) == month),
                missed=sum(1 for day in missed if _month(day) == month),
            )
            for month in sorted({_month(day) for day in (*days, *missed)})
        ),
        crowded=(*_crowded_days(sessions), *_crowded_leads(due)),
        letters=len(letters),
        missed=len(missed),
    )


def _letters(year: Iterable[Rehearsed], asked: frozenset[str]) -> Iterable[tuple[date, str]]:
    for found in year:
        for notice, told in found.kept.sent:
            yield from ((civil(notice.planned_at), person) for person in told if person in asked)


def _in_order(sessions: Iterable[Held]) -> list[Held]:
    return sorted(sessions, key=lambda one: (one.at, one.slot))


def _crowded_days(sessions: Sequence[Held]) -> Iterable[Crowded]:
    by_day: dict[date, list[str]] = {}
    for one in sessions:
        by_day.setdefault(civil(one.at), []).append(one.slot)
    return [
        Crowded(on=on, slots=tuple(slots)) for on, slots in sorted(by_day.items()) if len(slots) >= TOO_MANY
    ]


def _crowded_leads(due: Sequence[tuple[str, date, str]]) -> Iterable[Crowded]:
    by_lead: dict[tuple[date, str], list[str]] = {}
    for slot, on, lead in due:
        by_lead.setdefault((on, lead), []).append(slot)
    return [
        Crowded(on=on, lead=lead, slots=tuple(dict.fromkeys(slots)))
        for (on, lead), slots in sorted(by_lead.items())
        if len(set(slots)) >= TOO_MANY
    ]


def _month(day: date) -> date:
    return day.replace(day=1)


def _count(names: Iterable[str]) -> dict[str, int]:
    return dict(Counter(names).most_common())
