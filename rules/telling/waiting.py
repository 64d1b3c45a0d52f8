"""Which letters may wait for a digest, and when digests go out."""

from datetime import date

from schemas.notices import NoticeTemplate
from schemas.posting import Morning

MAY_WAIT: frozenset[NoticeTemplate] = frozenset(
    {
        "return_accepted",
        "return_certified",
        "action_confirmed",
        "action_date_kept",
        "action_withdrawn",
        "action_verified",
        "fact_check_received",
        "findings_published",
        "findings_corrected",
        "release_scheduled",
        "outside_fed",
    }
)
"""Letters that ask nobody for anything and start no clock. All others go at once, whatever somebody chose:
requests, reminders, what is late, statutory duties, meetings and whatever waits for a decision.

Source: process.events
"""
MONDAY = 0


def morning(day: date) -> Morning:
    """What goes out on the morning of a day: daily digests always, weekly ones on Mondays.

    Source: process.events
    """
    return Morning(on=day, weekly=day.weekday() == MONDAY)
