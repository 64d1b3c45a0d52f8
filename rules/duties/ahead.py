"""What the engine has to do next, so that whoever watches sees when it was not done."""

from rules.calendars import WorkingCalendar
from rules.duties.listing import duties
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.timing import Ahead


def ahead_of(cycle: Cycle, calendar: WorkingCalendar | Refused) -> Ahead:
    """What falls to the engine next in a cycle; a demonstration's clock is set back, and this is not.

    Source: process.clocks
    """
    coming = duties(cycle, calendar) if not isinstance(calendar, Refused) else ()
    if not coming:
        return Ahead(cycle=cycle.reference, version=cycle.version)
    at = coming[0].at + cycle.set_back
    return Ahead(cycle=cycle.reference, version=cycle.version, kind=coming[0].kind, at=at)
