"""What it does to a cycle that something owed was not there when it was due."""

from rules.applying.change import on_session
from rules.applying.steering import duty_missed as evidence_missed
from schemas.cycle import Cycle
from schemas.events import DutyMissed
from schemas.records import Entry


def duty_missed(cycle: Cycle, event: DutyMissed, entry: Entry) -> Cycle:
    """The day is on record as missed: of a return, an action, a session's notice, or what is published.

    Source: process.clocks
    """
    if event.duty == "findings":
        return cycle.model_copy(update={"findings_missed": (*cycle.findings_missed, event.due.on)})
    if event.duty == "comments":
        return cycle.model_copy(update={"comments_missed": event.due.on})
    if event.duty == "notice":
        session = cycle.session(event.session or 0)
        before = session.notice_missed if session else ()
        return on_session(cycle, event.session or 0, notice_missed=(*before, event.due.on))
    return evidence_missed(cycle, event, entry)
