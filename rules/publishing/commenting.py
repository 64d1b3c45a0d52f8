"""When the comments on an inspection report are owed: the last day of the law's own window."""

from datetime import timedelta

from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from rules.law.inspection import inspection_comments
from rules.meeting.noticing import END_OF_DAY
from schemas.clocks import Due
from schemas.counting import CalendarDays
from schemas.cycle import Cycle
from schemas.shape import Instant


def comments_at(cycle: Cycle) -> Instant | None:
    """Until which instant the comments may be published in time; None where no report is answered.

    Source: police-act-1996.s55
    Units: calendar days, the day of publication is the first; the last ends at 23:59:59 in London.
    """
    budget = inspection_comments().budget
    if cycle.report is None or not isinstance(budget, CalendarDays):
        return None
    last = cycle.report.published_on + timedelta(days=budget.days - budget.beginning_with)
    return instant(last, END_OF_DAY)


def comments_due(cycle: Cycle, calendar: WorkingCalendar) -> Due | None:
    """The same as a due day of the cycle's calendar; a pause does not move it.

    Source: police-act-1996.s55
    Units: calendar days, the day of publication is the first.
    """
    at = comments_at(cycle)
    return Due(on=civil(at), at=at, calendar=calendar.version) if at else None
