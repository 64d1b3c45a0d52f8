"""The soonest days that a cycle can have which nobody planned beforehand."""

from datetime import date, datetime

from rules.calendars import WorkingCalendar
from rules.clocks import instant
from rules.programme.doorway import preparation
from rules.programme.proposing import HEARD_AT, TO_SPARE
from schemas.outcomes import Refused
from schemas.standards import Standards

NOTICE = 2
"""Working days from an officer's word to the opening: time to have the year adopted, or to think again."""


def soonest(standards: Standards, calendar: WorkingCalendar, today: date) -> tuple[date, datetime] | Refused:
    """The day on which a cycle could open and the instant at which it could be heard.

    Source: local.programme
    Units: working days in England and Wales.
    """
    opens_on = calendar.after(today, NOTICE)
    if isinstance(opens_on, Refused):
        return opens_on
    held_on = calendar.after(opens_on, preparation(standards) + TO_SPARE)
    return held_on if isinstance(held_on, Refused) else (opens_on, instant(held_on, HEARD_AT))
