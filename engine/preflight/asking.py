"""What the code asks for while a history is replayed: every command, as Temporal gets it."""

import json
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from temporalio.worker import (
    UnsandboxedWorkflowRunner,
    WorkflowInstance,
    WorkflowInstanceDetails,
    WorkflowRunner,
)

from engine.preflight import steps
from engine.preflight.lines import Lines, line_of_function, named
from engine.preflight.steps import Step

Facts = Any
RECORD = "record"
"""The activity that writes a cycle's acts down: what it is given carries the deadlines."""


def _of_update(it: Facts) -> tuple[str, str, str] | None:
    match it.WhichOneof("response"):
        case "accepted":
            return steps.accepted(it.protocol_instance_id)
        case "completed":
            return steps.answered(it.protocol_instance_id)
        case _:
            return "update refused", it.protocol_instance_id, f"to refuse the act: {it.rejected.message}"


OF_COMMAND: dict[str, Callable[[Facts], tuple[str, str, str] | None]] = {
    "start_timer": lambda it: steps.timer(it.seq, it.start_to_fire_timeout.ToTimedelta()),
    "cancel_timer": lambda it: steps.timer_cancelled(it.seq),
    "schedule_activity": lambda it: steps.activity(it.activity_id, it.activity_type),
    "schedule_local_activity": lambda it: steps.local_activity(it.activity_id, it.activity_type),
    "set_patch_marker": lambda it: steps.patch(it.patch_id),
    "update_response": _of_update,
    "start_child_workflow_execution": lambda it: steps.child(it.workflow_id, it.workflow_type),
    "signal_external_workflow_execution": lambda it: steps.signal(it.signal_name),
    "complete_workflow_execution": lambda _it: steps.end("completed"),
    "fail_workflow_execution": lambda _it: steps.end("failed"),
    "cancel_workflow_execution": lambda _it: steps.end("cancelled"),
    "continue_as_new_workflow_execution": lambda _it: steps.end("continued afresh"),
}


@dataclass
class Asked:
    """What one run asked for, in its order."""

    workflow: type
    steps: list[Step] = field(default_factory=list)
    waiting: dict[int, Step] = field(default_factory=dict)
    """Local activities that have no result yet, by their numbers."""
    handlers: dict[str, str] = field(default_factory=dict)
    """The names of the updates that came, by their ids."""
    last_record: bytes | None = None
    failure: str | None = None
    """Why an activation failed: what the code raised."""
    raised_at: str | None = None
    failed_at: int = 0
    """The event at which the task began that failed."""
    began_at: int = 0
    """The event at which the newest task began."""


class Listening(WorkflowRunner):
    """Runs workflows without a sandbox, which a replay of our own histories does not need, and listens."""

    def __init__(self, lines: Lines | None = None) -> None:
        self._runner = UnsandboxedWorkflowRunner()
        self._lines = lines
        self.types: dict[str, type] = {}
        self.asked: Asked | None = None

    def prepare_workflow(self, defn: Any) -> None:
        """Know a workflow by its name."""
        self.types[defn.name] = defn.cls
        self._runner.prepare_workflow(defn)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """An instance that is listened to."""
        self.asked = Asked(det.defn.cls)
        return _Instance(self._runner.create_instance(det), self.asked, self._lines)


class _Instance(WorkflowInstance):
    """Hands every activation on, and writes down what is asked in return."""

    def __init__(self, instance: WorkflowInstance, asked: Asked, lines: Lines | None) -> None:
        self._instance = instance
        self._asked = asked
        self._lines = lines

    def activate(self, act: Any) -> Any:
        self._asked.began_at = act.history_length
        with self._lines.watching() if self._lines else nullcontext():
            done = self._instance.activate(act)
        if done.HasField("failed"):
            self._asked.failed_at = act.history_length
            self._asked.failure, self._asked.raised_at = _raised(done.failed.failure)
        elif act.is_replaying:
            _write_down(self._asked, act, done.successful.commands, self._lines)
        return done

    def get_serialization_context(self, command_info: Any) -> Any:
        return self._instance.get_serialization_context(command_info)

    def get_external_store_context(self, command_info: Any) -> Any:
        return self._instance.get_external_store_context(command_info)

    def get_info(self) -> Any:
        return self._instance.get_info()

    def get_thread_id(self) -> int | None:
        return self._instance.get_thread_id()


def _write_down(asked: Asked, act: Any, commands: Iterable[Any], lines: Lines | None) -> None:
    _take_up(asked, act.jobs)
    found = list(_known(commands))
    if lines:
        found = list(_with_lines(asked, found, lines))
    for kind, it, step in found:
        if kind == "schedule_local_activity":
            asked.waiting[it.seq] = step
            if it.activity_type == RECORD and it.arguments:
                asked.last_record = it.arguments[0].data
        else:
            asked.steps.append(step)


def _take_up(asked: Asked, jobs: Iterable[Any]) -> None:
    """What came to the workflow: a local activity stands in a history where its result does."""
    for job in jobs:
        if job.HasField("do_update"):
            asked.handlers[job.do_update.protocol_instance_id] = job.do_update.name
        if job.HasField("resolve_activity"):
            resolved = asked.waiting.pop(job.resolve_activity.seq, None)
            asked.steps += [resolved] if resolved else []


def _known(commands: Iterable[Any]) -> Iterable[tuple[str, Any, Step]]:
    for command in commands:
        kind = command.WhichOneof("variant")
        it = getattr(command, kind)
        facts = OF_COMMAND[kind](it) if kind in OF_COMMAND else None
        if facts:
            yield kind, it, Step(*facts)


def _with_lines(
    asked: Asked, found: list[tuple[str, Any, Step]], lines: Lines
) -> Iterable[tuple[str, Any, Step]]:
    counted = [_noted_as(step) for _, it, step in found if not _again(it)]
    known = {kind: iter(lines.taken(kind, counted.count(kind))) for kind in {*counted}}
    for kind, it, step in found:
        line = None if _again(it) else next(known[_noted_as(step)], None)
        yield kind, it, Step(step.kind, step.name, step.words, line=line or _of_handler(asked, step))


def _noted_as(step: Step) -> str:
    return f"patch {step.name}" if step.kind == "patch" else step.kind


def _again(it: Any) -> bool:
    """Whether this is a local activity that Temporal tries once more by itself."""
    return getattr(it, "attempt", 0) > 1


def _of_handler(asked: Asked, step: Step) -> str | None:
    """Of an answer or an end, where its handler begins."""
    name = "run" if step.kind == "end" else asked.handlers.get(step.name, "")
    return line_of_function(getattr(asked.workflow, name, None)) if name else None


def _raised(failure: Any) -> tuple[str, str | None]:
    """What the code raised, and the last line of its stack that is ours."""
    trace = failure.stack_trace.splitlines()
    ours = [one.strip() for one in trace if one.strip().startswith("File ") and "site-packages" not in one]
    kind = failure.application_failure_info.type
    return f"{kind}: {failure.message}" if kind else failure.message, _short(ours[-1]) if ours else None


def _short(line: str) -> str:
    """`File "/a/workflows/cycle.py", line 7, in act` as `workflows/cycle.py:7 act`."""
    _, file, rest = line.split('"', 2)
    parts = dict(part.strip().split(" ", 1) for part in rest.split(",") if " " in part.strip())
    return named(file, int(parts.get("line", "0")), parts.get("in", ""))


def owed_after(asked: Asked) -> tuple[int | None, dict[str, str] | None]:
    """What the code says is owed after the last act: the cycle's version, and when each thing is due."""
    if asked.last_record is None:
        return None, None
    writing = json.loads(asked.last_record)
    if "deadlines" not in writing or "cycle" not in writing:
        return None, None
    open_ones = {one["key"]: one["due_at"] for one in writing["deadlines"] if not one["done"]}
    return writing["cycle"]["version"], open_ones
