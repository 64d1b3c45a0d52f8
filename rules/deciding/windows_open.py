"""Fact checks under way: how their windows follow a pause and another edition of the calendar."""

from rules.clocks import due
from rules.deciding.moment import Moment
from schemas.changes import MovedCheck
from schemas.clocks import Due, Resumed
from schemas.cycle import Cycle
from schemas.outcomes import Refused


def checks_moved(
    cycle: Cycle, moment: Moment, entry: Resumed | None = None
) -> tuple[MovedCheck, ...] | Refused:
    """The open fact checks that end at another instant now, before and after; none at one that is past.

    Source: local.fact-check
    Units: working days; the hour is London's.
    """
    moved = []
    for one in cycle.findings:
        if one.fact_check is None or not one.fact_check.open:
            continue
        entries = (*one.fact_check.clock.entries, entry) if entry else one.fact_check.clock.entries
        clock = one.fact_check.clock.model_copy(update={"entries": entries})
        found = due(clock, moment.calendar, None)
        if isinstance(found, Refused):
            return found
        was = one.fact_check.due
        if isinstance(found, Due) and found.at != was.at and found.at > moment.now:
            moved.append(MovedCheck(version=one.version, due=found, was=was))
    return tuple(moved)
