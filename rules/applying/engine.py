"""What the engine's own acts do to a cycle: reminders, silence taken as an answer, questions, wakes."""

from rules.applying.change import action_of, on_action, on_findings, on_request, request_of, version_of
from rules.clocks import civil
from schemas.cycle import Bounced, Cycle, Reminded
from schemas.events import (
    CommentsReminded,
    DutyFiredLate,
    FactCheckDeemed,
    NonResponseDeemed,
    ProgressAsked,
    ReminderBounced,
    ReminderDelivered,
    WakeDelivered,
)
from schemas.records import Entry

LAST_ROUTE = "coordination"


def reminder_delivered(cycle: Cycle, event: ReminderDelivered, entry: Entry) -> Cycle:
    """The rung and those passed over with it have fired for this due day.

    Source: local.ladder
    """
    on = civil(entry.at) if event.to else None
    delivered = Reminded(rung=event.rung, due_on=event.due_on, on=on, to=event.to)
    passed = tuple(Reminded(rung=rung, due_on=event.due_on) for rung in event.passed_over)
    before = request_of(cycle, event.request).reminded
    return on_request(cycle, event.request, reminded=(*before, delivered, *passed))


def reminder_bounced(cycle: Cycle, event: ReminderBounced, entry: Entry) -> Cycle:
    """An attempt failed. Only the last one, or one of before there were others, ends the rung.

    Source: local.ladder
    """
    request = request_of(cycle, event.request)
    bounced, reminded = request.bounced, request.reminded
    if event.route:
        failed = Bounced(rung=event.rung, due_on=event.due_on, route=event.route, at=entry.at)
        bounced = (*bounced, failed)
    if event.route in (None, LAST_ROUTE):
        over = (event.rung, *event.passed_over)
        reminded = (*reminded, *(Reminded(rung=rung, due_on=event.due_on) for rung in over))
    return on_request(cycle, event.request, bounced=bounced, reminded=reminded)


def non_response_deemed(cycle: Cycle, event: NonResponseDeemed, entry: Entry) -> Cycle:
    """Silence is on record as no answer, until something comes.

    Source: local.ladder
    """
    deemed = (*request_of(cycle, event.request).deemed, event.due.on)
    return on_request(cycle, event.request, non_response_at=entry.at, deemed=deemed)


def fact_check_deemed(cycle: Cycle, event: FactCheckDeemed, entry: Entry) -> Cycle:
    """Silence in the window is on record as no comment.

    Source: local.fact-check
    """
    invited = version_of(cycle, event.version).fact_check
    if invited is None:
        raise LookupError(f"{cycle.reference} has no fact check of version {event.version}")
    check = invited.model_copy(update={"deemed_at": entry.at})
    return on_findings(cycle, event.version, fact_check=check)


def progress_asked(cycle: Cycle, event: ProgressAsked, _entry: Entry) -> Cycle:
    """The owner was asked how it stands.

    Source: local.action
    """
    asked = action_of(cycle, event.action).progress_asked
    return on_action(cycle, event.action, progress_asked=(*asked, event.on))


def comments_reminded(cycle: Cycle, event: CommentsReminded, _entry: Entry) -> Cycle:
    """The office was reminded of the comments that it owes; earlier rungs are passed over with it.

    Source: local.ladder
    """
    return cycle.model_copy(update={"comments_reminded": (*cycle.comments_reminded, event.rung)})


def wake_delivered(cycle: Cycle, event: WakeDelivered, entry: Entry) -> Cycle:
    """Whoever asked to be reminded was.

    Source: process.clocks
    """
    wakes = tuple(
        one.model_copy(update={"woken_at": entry.at}) if one.number == event.wake else one
        for one in cycle.wakes
    )
    return cycle.model_copy(update={"wakes": wakes})


def duty_fired_late(cycle: Cycle, _event: DutyFiredLate, _entry: Entry) -> Cycle:
    """Only the record changes: what was done late stands beside it.

    Source: process.clocks
    """
    return cycle
