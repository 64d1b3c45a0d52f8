"""Duties: what the engine itself has to do for a cycle, and when. One file per topic, one table over them."""

from rules.duties.doing import by_notice, noted, notice_of, own_events, still_wanted, waits
from rules.duties.duty import Duty, as_before, is_later
from rules.duties.evidence import asked, missed
from rules.duties.ladder import pending_rungs, reminded, reminder, rung_instant
from rules.duties.lateness import LATE_AFTER, fired_late
from rules.duties.leaving import left_late
from rules.duties.listing import duties

__all__ = [
    "LATE_AFTER",
    "Duty",
    "as_before",
    "asked",
    "by_notice",
    "duties",
    "fired_late",
    "is_later",
    "left_late",
    "missed",
    "noted",
    "notice_of",
    "own_events",
    "pending_rungs",
    "reminded",
    "reminder",
    "rung_instant",
    "still_wanted",
    "waits",
]
