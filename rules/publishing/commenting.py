"""When the comments on an inspection report are owed: the last day of the law's own window."""

from datetime import date, timedelta

from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from rules.law.inspection import inspection_comments
from rules.meeting.noticing import END_OF_DAY
from schemas.clocks import Due
from schemas.counting import CalendarDays
from schemas.cycle import Cycle
from schemas.inspections import InspectionReport
from schemas.outcomes import Refused
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


def report_to_come(report: InspectionReport | None, today: date) -> Refused | None:
    """A refusal of a report's day that is still to come: the law's window begins with its publication.

    Source: police-act-1996.s55
    """
    if report is None or report.published_on <= today:
        return None
    return Refused(
        code="report_to_come",
        message=f"{report.published_on:%A %-d %B %Y} is still to come. Enter the day on which the "
        "report was published, or leave it out until it is.",
        source="police-act-1996.s55",
        field="report.published_on",
    )
