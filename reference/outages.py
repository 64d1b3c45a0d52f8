"""What was late, in words, with working days counted by the newest calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reference.catalogue import calendar
from reference.working import working_calendar
from rules.calendars import WorkingCalendar
from rules.duties import outages as rule
from schemas.outages import LateRow, LateSpan, Outage, OutagePart, OutagesPage
from schemas.outcomes import Refused

MOST = 2000
"""Late duties that are shown at the most, the newest."""


def in_words(rows: Iterable[LateRow]) -> tuple[Outage, ...]:
    """Outages, newest first."""
    return rule.outages(rows, _days())


@dataclass(frozen=True)
class Turned:
    """What one page of the list has to show: of each outage on it, from which place on and what."""

    groups: tuple[tuple[LateSpan, ...], ...]
    shown: tuple[tuple[int, int, tuple[LateSpan, ...]], ...]
    """The outage's place among all, the place in it of the first, and what stands here."""

    @property
    def wanted(self) -> tuple[LateSpan, ...]:
        """Everything that stands on the page."""
        return tuple(one for _, _, spans in self.shown for one in spans)


def turned(spans: Iterable[LateSpan], most: int, skip: int) -> Turned:
    """One page of what was late: so many, after so many, in the order of the outages."""
    groups, shown, before = tuple(tuple(one) for one in rule.together(spans)), [], 0
    for place, group in enumerate(groups):
        first, last = max(skip - before, 0), min(skip + most - before, len(group))
        if first < last:
            shown.append((place, first, group[first:last]))
        before += len(group)
    return Turned(groups, tuple(shown))


def page_of(found: Turned, rows: Sequence[LateRow]) -> OutagesPage:
    """The same in words; `rows` are those that stand on it, in its order."""
    days, at, parts = _days(), 0, []
    for place, first, spans in found.shown:
        group = found.groups[place]
        began_at, ended_at = group[0].planned_at, max(one.done_at for one in group)
        parts.append(
            OutagePart(
                began_at=began_at,
                ended_at=ended_at,
                lasted=rule.length(ended_at - began_at),
                count=len(group),
                cycles=len({one.cycle for one in group}),
                first=first + 1,
                late=tuple(rule.in_words(one, days) for one in rows[at : at + len(spans)]),
            )
        )
        at += len(spans)
    return OutagesPage(
        parts=tuple(parts),
        count=sum(map(len, found.groups)),
        outages=len(found.groups),
        cycles=len({one.cycle for group in found.groups for one in group}),
    )


def _days() -> WorkingCalendar:
    days = working_calendar(calendar().version)
    assert not isinstance(days, Refused), days.message
    return days
