"""Where a run leaves its history first: what was there, and what the code asks for instead."""

from collections.abc import Sequence
from itertools import zip_longest

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory

from engine.preflight.asking import Asked
from engine.preflight.shapes import Difference
from engine.preflight.steps import Step, steps_of

NOTHING, TASK = "nothing more", "a task that was done"
COMPLETED = "workflow_task_completed_event_attributes"
ENDLESS = "deadlock"
"""What Temporal calls workflow code that does not come back within two seconds."""


def left_behind(history: WorkflowHistory, asked: Asked) -> Difference | None:
    """The difference of a run that Temporal's own replay let pass; None where there is none.

    Temporal compares what the history goes on to show. What was asked for last, and nothing has come of yet,
    is compared here: a timer more or less at the end breaks a cycle at its next act, months later.
    """
    had = steps_of(history.events)
    done = _settled(asked, had)
    if {*done} == {*had}:
        return _other_length(history, done, had)
    return first_difference(history, done, had)


def _other_length(history: WorkflowHistory, done: Sequence[Step], had: Sequence[Step]) -> Difference | None:
    """A timer that still runs and that the code would set to another instant: it goes off as it was set."""
    fired = {
        str(one.timer_fired_event_attributes.timer_id)
        for one in history.events
        if one.HasField("timer_fired_event_attributes")
    }
    ended = {one.name for one in had if one.kind == "timer cancelled"} | fired
    ours = {one.name: one for one in done if one.kind == "timer"}
    for one in had:
        if one.kind == "timer" and one.name not in ended and ours[one.name].words != one.words:
            asks = ours[one.name]
            return Difference(
                event=one.event, event_type=one.event_type, had=one.words, asks=asks.words, line=asks.line
            )
    return None


def fallen_out(history: WorkflowHistory, asked: Asked | None, why: str) -> Difference:
    """The difference of a run that Temporal's own replay stopped, in our words where they can be found."""
    if asked and asked.failure:
        number, kind = _at(history, asked.failed_at)
        asks = f"an error: {asked.failure}"
        return Difference(event=number, event_type=kind, had=TASK, asks=asks, line=asked.raised_at)
    number, kind = _last(history)
    if asked is None or ENDLESS in why:
        asks = "no end: a loop that never waits" if asked else why
        number, kind = _at(history, asked.began_at) if asked else (number, kind)
        return Difference(event=number, event_type=kind, had=TASK, asks=asks, line=None)
    had = steps_of(history.events)
    done = _settled(asked, had)
    found = first_difference(history, done, had)
    if found is None:
        return Difference(event=number, event_type=kind, had=TASK, asks=why, line=None)
    return _another_timer(history, found, done, had) or found


def first_difference(
    history: WorkflowHistory, done: Sequence[Step], had: Sequence[Step]
) -> Difference | None:
    """The first place at which two sequences of steps are not the same."""
    asked_last: Step | None = None
    for ours, theirs in zip_longest(done, had):
        if ours == theirs:
            asked_last = ours
            continue
        line = ours.line if ours else asked_last.line if asked_last else None
        event, kind = (theirs.event, theirs.event_type) if theirs else _last(history)
        return Difference(
            event=event,
            event_type=kind,
            had=theirs.words if theirs else NOTHING,
            asks=ours.words if ours else NOTHING,
            line=line,
        )
    return None


def _another_timer(
    history: WorkflowHistory, found: Difference, done: Sequence[Step], had: Sequence[Step]
) -> Difference | None:
    """A timer of another length within the same task: it has the number that another one had."""
    tasks = (one.event_id for one in history.events if one.WhichOneof("attributes") == COMPLETED)
    began = max((one for one in tasks if one <= found.event), default=0)
    lengths = {one.name: one for one in done if one.kind == "timer"}
    for one in had:
        ours = lengths.get(one.name) if one.kind == "timer" else None
        within = began <= one.event < found.event
        if ours and within and ours.words != one.words:
            changed = {"event": one.event, "event_type": one.event_type, "had": one.words}
            return found.model_copy(update={**changed, "asks": ours.words, "line": ours.line})
    return None


def _settled(asked: Asked, had: Sequence[Step]) -> list[Step]:
    """What was asked for, without timers that were ended in the same breath: no history has those."""
    known = {one.name for one in had if one.kind == "timer"}
    ended = {one.name for one in asked.steps if one.kind == "timer cancelled"}
    unseen = ended - known
    kept = [one for one in asked.steps if not (one.kind.startswith("timer") and one.name in unseen)]
    return [*kept, *asked.waiting.values()]


def _last(history: WorkflowHistory) -> tuple[int, str]:
    return _at(history, len(history.events))


def _at(history: WorkflowHistory, number: int) -> tuple[int, str]:
    event = history.events[max(number, 1) - 1]
    return event.event_id, EventType.Name(event.event_type).removeprefix("EVENT_TYPE_")
