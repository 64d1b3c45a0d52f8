"""What opening, pausing, ending and missing do to a cycle."""

from functools import partial

from rules.applying.change import (
    each_open_check,
    each_request,
    on_action,
    on_request,
    with_checks,
    with_entry,
    with_moved,
)
from rules.clocks import suspended
from schemas.clocks import Resumed, Suspended
from schemas.cycle import Cycle, FactCheck
from schemas.events import (
    CycleCancelled,
    CycleClosed,
    CycleOpened,
    CyclePaused,
    CycleResumed,
    DutyMissed,
)
from schemas.records import Entry


def cycle_opened(event: CycleOpened, entry: Entry) -> Cycle:
    """The cycle begins.

    Source: process.events
    """
    return Cycle(
        reference=entry.cycle,
        version=entry.version,
        title=event.title,
        theme=event.theme,
        commitments=event.commitments,
        question=event.question,
        body=event.body,
        standards=event.standards,
        calendar=event.calendar,
        set_back=event.set_back,
        opened_at=entry.at,
        opened_by=entry.actor,
        changed_at=entry.at,
        planned=event.planned,
        called=event.called,
        slot=event.slot,
        report=event.report,
    )


def cycle_paused(cycle: Cycle, event: CyclePaused, entry: Entry) -> Cycle:
    """Every clock that may still be needed stands still, a return under review included.

    Source: process.clocks
    """
    paused = cycle.model_copy(update={"paused_at": entry.at, "pause_reason": event.reason})
    return each_request(
        each_open_check(paused, partial(_check_with, Suspended(at=entry.at))),
        lambda one: one.state not in ("accepted", "withdrawn") and not suspended(one.clock),
        lambda one: with_entry(one, Suspended(at=entry.at), one.due, one.due_set_at),
    )


def cycle_resumed(cycle: Cycle, event: CycleResumed, entry: Entry) -> Cycle:
    """The clocks run again with the time given back, but for those that wait for the office's answer.

    Source: process.clocks
    """
    gone_on = {"paused_at": None, "pause_reason": None, "duties_from": entry.at}
    resumed = cycle.model_copy(update=gone_on)
    running = each_request(
        resumed,
        lambda one: suspended(one.clock) and not one.held,
        lambda one: with_entry(one, Resumed(at=entry.at), one.due, one.due_set_at),
    )
    checks = each_open_check(running, partial(_check_with, Resumed(at=entry.at)))
    return with_moved(with_checks(checks, event.fact_checks), event.moved, entry.at)


def _check_with(mark: Suspended | Resumed, check: FactCheck) -> dict[str, object]:
    """The window's clock with one more mark; one that does not stand still has nothing to resume."""
    if isinstance(mark, Resumed) and not suspended(check.clock):
        return {}
    return {"clock": check.clock.model_copy(update={"entries": (*check.clock.entries, mark)})}


def cycle_cancelled(cycle: Cycle, event: CycleCancelled, entry: Entry) -> Cycle:
    """The cycle is over.

    Source: process.events
    """
    return cycle.model_copy(update={"cancelled_at": entry.at, "cancel_reason": event.reason})


def cycle_closed(cycle: Cycle, _event: CycleClosed, entry: Entry) -> Cycle:
    """Everything that was undertaken has been verified.

    Source: process.events
    """
    return cycle.model_copy(update={"closed_at": entry.at})


def duty_missed(cycle: Cycle, event: DutyMissed, _entry: Entry) -> Cycle:
    """The day is on record as missed.

    Source: process.clocks
    """
    if event.action:
        return on_action(cycle, event.action, missed=True)
    request = cycle.request(event.request or 0)
    missed = (*request.missed, event.due.on) if request else ()
    return on_request(cycle, event.request or 0, missed=missed)
