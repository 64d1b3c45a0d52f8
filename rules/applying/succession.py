"""What a succession does to a cycle: both names are kept, and the body of the day stands."""

from rules.acting.succession import as_of
from rules.clocks import civil
from schemas.cycle import Cycle, Succession
from schemas.events import BodySucceeded
from schemas.records import Entry


def body_succeeded(cycle: Cycle, event: BodySucceeded, entry: Entry) -> Cycle:
    """One more succession; before its day the old body stands.

    Source: process.events
    """
    succession = Succession(
        what=event.what,
        was=event.was,
        to=event.to,
        from_on=event.from_on,
        at=entry.at,
        by=entry.actor,
        reason=event.reason,
        was_name=event.was_name,
        to_name=event.to_name,
        recorded_late=event.recorded_late,
    )
    changed = cycle.model_copy(update={"successions": (*cycle.successions, succession)})
    return as_of(changed, civil(entry.at))
