"""Steps: what a history has, one after the other, in the terms in which a workflow asks for them."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

LOCAL, PATCH = "core_local_activity", "core_patch"
"""The names under which Temporal marks what it keeps of a local activity and of a patch."""


@dataclass(frozen=True)
class Step:
    """One thing that a workflow asked the engine for. Two are the same where kind and name are."""

    kind: str
    name: str
    words: str = field(compare=False)
    event: int = field(default=0, compare=False)
    event_type: str = field(default="", compare=False)
    line: str | None = field(default=None, compare=False)


def timer(name: object, length: timedelta) -> tuple[str, str, str]:
    """A timer."""
    return "timer", str(name), f"timer {name} of {length}"


def timer_cancelled(name: object) -> tuple[str, str, str]:
    """The end of a timer that is not wanted any more."""
    return "timer cancelled", str(name), f"the end of timer {name}"


def activity(number: str, kind: str) -> tuple[str, str, str]:
    """An ordinary activity."""
    return "activity", f"{number} {kind}", f"the activity {kind} ({number})"


def local_activity(number: str, kind: str) -> tuple[str, str, str]:
    """A local activity."""
    return "local activity", f"{number} {kind}", f"the local activity {kind} ({number})"


def patch(name: str) -> tuple[str, str, str]:
    """A patch that was taken."""
    return "patch", name, f"the patch {name}"


def accepted(update: str) -> tuple[str, str, str]:
    """An act that was let in."""
    return "update accepted", update, f"the act {update} let in"


def answered(update: str) -> tuple[str, str, str]:
    """An act that was answered."""
    return "update answered", update, f"an answer to the act {update}"


def child(name: str, kind: str) -> tuple[str, str, str]:
    """A child workflow."""
    return "child", f"{name} {kind}", f"the child {kind} {name}"


def signal(name: str) -> tuple[str, str, str]:
    """A signal to another workflow."""
    return "signal", name, f"the signal {name}"


def end(how: str) -> tuple[str, str, str]:
    """The end of the run."""
    return "end", how, f"the end of the run ({how})"


Facts = Any


def _of_marker(at: Facts) -> tuple[str, str, str] | None:
    if at.marker_name == LOCAL:
        data = json.loads(at.details["data"].payloads[0].data)
        return local_activity(str(data["activity_id"]), str(data["activity_type"]))
    if at.marker_name == PATCH:
        payload = next(iter(at.details.values())).payloads[0]
        return patch(str(json.loads(payload.data)["id"]))
    return "marker", at.marker_name, f"the marker {at.marker_name}"


OF_EVENT: dict[str, Callable[[Facts], tuple[str, str, str] | None]] = {
    "timer_started": lambda at: timer(at.timer_id, at.start_to_fire_timeout.ToTimedelta()),
    "timer_canceled": lambda at: timer_cancelled(at.timer_id),
    "activity_task_scheduled": lambda at: activity(at.activity_id, at.activity_type.name),
    "marker_recorded": _of_marker,
    "workflow_execution_update_accepted": lambda at: accepted(at.protocol_instance_id),
    "workflow_execution_update_completed": lambda at: answered(at.meta.update_id),
    "start_child_workflow_execution_initiated": lambda at: child(at.workflow_id, at.workflow_type.name),
    "signal_external_workflow_execution_initiated": lambda at: signal(at.signal_name),
    "workflow_execution_completed": lambda _at: end("completed"),
    "workflow_execution_failed": lambda _at: end("failed"),
    "workflow_execution_canceled": lambda _at: end("cancelled"),
    "workflow_execution_continued_as_new": lambda _at: end("continued afresh"),
}
"""Which events a workflow asked for; what follows by itself, as a patch's search attribute, is none."""


def steps_of(events: Iterable[HistoryEvent]) -> list[Step]:
    """What a history has, in its order."""
    found = []
    for event in events:
        name = event.WhichOneof("attributes") or ""
        make = OF_EVENT.get(name.removesuffix("_event_attributes"))
        facts = make(getattr(event, name)) if make else None
        if facts:
            kind = EventType.Name(event.event_type).removeprefix("EVENT_TYPE_")
            found.append(Step(*facts, event=event.event_id, event_type=kind))
    return found
