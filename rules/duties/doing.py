"""How each kind of duty is done: at once by an event, or by a notice whose delivery is then written down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rules.deciding.moment import Moment
from rules.duties import comments, evidence, findings, ladder, outcomes, sessions, waking
from rules.duties.duty import Duty
from rules.duties.lateness import fired_late
from schemas.cycle import Cycle
from schemas.events import AnyEvent
from schemas.notices import Delivery, Notice

Events = tuple[AnyEvent, ...]
AT_ONCE: dict[str, Callable[[Cycle, Duty, Moment], Events]] = {
    "ask": evidence.asked,
    "miss": lambda cycle, duty, _moment: evidence.missed(cycle, duty),
    "non_response": lambda cycle, duty, _moment: evidence.deemed_silent(cycle, duty),
    "lapse": lambda cycle, duty, _moment: evidence.lapsed(cycle, duty),
    "fact_check": lambda cycle, duty, _moment: findings.deemed_agreed(cycle, duty),
    "release": findings.published,
    "notice": sessions.notice_missed,
    "findings": sessions.findings_missed,
    "comments": comments.comments_missed,
}
"""Kinds that are done by writing down what has come about."""


@dataclass(frozen=True)
class Told:
    """A kind that is done by telling somebody: the notice, whether it is still true, and what is written.

    Source: process.clocks
    """

    write: Callable[[Cycle, Duty, Moment], Notice | None]
    wanted: Callable[[Cycle, Notice], bool]
    note: Callable[[Cycle, Notice, Delivery], Events]


BY_NOTICE: dict[str, Told] = {
    "remind": Told(
        lambda cycle, duty, moment: ladder.reminder(cycle, duty.request or 0, moment.calendar, moment.now),
        ladder.wanted,
        ladder.reminded,
    ),
    "progress": Told(
        lambda cycle, duty, _moment: outcomes.progress_wanted(cycle, duty),
        outcomes.progress_still_wanted,
        outcomes.progress_asked,
    ),
    "comments_reminder": Told(comments.reminder, comments.still_wanted, comments.reminded),
    "wake": Told(
        lambda cycle, duty, _moment: waking.wake(cycle, duty), waking.wake_still_wanted, waking.woken
    ),
}


def by_notice(duty: Duty) -> bool:
    """Whether a duty is done by telling somebody.

    Source: process.clocks
    """
    return duty.kind in BY_NOTICE


def own_events(cycle: Cycle, duty: Duty, moment: Moment) -> Events:
    """The events of a duty that is done at once.

    Source: process.clocks
    """
    return AT_ONCE[duty.kind](cycle, duty, moment)


def notice_of(cycle: Cycle, duty: Duty, moment: Moment) -> Notice | None:
    """The notice by which a duty is done; None where nothing is to be told any more.

    Source: process.clocks
    """
    return BY_NOTICE[duty.kind].write(cycle, duty, moment)


def waits(notice: Notice) -> tuple[str, str] | None:
    """The kind and the subject of the duty that a notice does; None for a notice that only tells.

    Source: process.clocks
    """
    if notice.template == "comments_due":
        return ("comments_reminder", "")
    if notice.rung is not None:
        return ("remind", str(notice.request))
    if notice.wake is not None:
        return ("wake", str(notice.wake))
    return ("progress", str(notice.action)) if notice.template == "progress_wanted" else None


def still_wanted(cycle: Cycle, notice: Notice) -> bool:
    """Whether a notice that waited to be sent still tells the truth.

    Source: local.ladder
    """
    done_by = waits(notice)
    return done_by is None or BY_NOTICE[done_by[0]].wanted(cycle, notice)


def noted(cycle: Cycle, notice: Notice, delivery: Delivery, *, late: bool = True) -> Events:
    """What is written down of a notice that was sent, with how late it was; nothing for one that only tells.

    The post reads the true clock, so a cycle whose clock is set back sets its deliveries back too.

    Source: process.clocks
    """
    done_by = waits(notice)
    if done_by is None:
        return ()
    events = BY_NOTICE[done_by[0]].note(cycle, notice, delivery)
    if not events or not late or not _counts(events):
        return events
    delivered_at: datetime = delivery.at - cycle.set_back
    return (*events, *fired_late("/".join(done_by).rstrip("/"), notice.planned_at, delivered_at))


def _counts(events: Events) -> bool:
    """Whether a duty was done by these: an attempt to remind that bounced did nothing yet."""
    return events[0].kind != "ReminderBounced"
