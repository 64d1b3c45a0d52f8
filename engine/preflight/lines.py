"""At which line of ours a workflow asks for something, found while it asks."""

import asyncio
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from temporalio import workflow
from temporalio.worker import (
    ContinueAsNewInput,
    Interceptor,
    SignalChildWorkflowInput,
    SignalExternalWorkflowInput,
    StartActivityInput,
    StartChildWorkflowInput,
    StartLocalActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

ROOT = Path(__file__).parents[2]
NOT_OURS = ("site-packages", str(Path(__file__).parent))
PATCHES = ("patched", "deprecate_patch")


class Lines(Interceptor):
    """Which of our lines asked for what, in the order of asking, since it was last emptied.

    Activities, children and signals come through Temporal's interceptors. Timers and patches have none:
    while `watching`, the interpreter tells of every call, and those that make one are noted. That costs
    twice the time.
    """

    def __init__(self, sources: set[str]) -> None:
        self._sources = sources
        self._notes: dict[str, list[str | None]] = {}
        self._sleeping: list[FrameType] = []

    def workflow_interceptor_class(
        self, _input: WorkflowInterceptorClassInput
    ) -> type[WorkflowInboundInterceptor]:
        """What stands between the workflow and the engine, with this book in hand."""
        book = self

        class Inbound(WorkflowInboundInterceptor):
            def init(self, outbound: WorkflowOutboundInterceptor) -> None:
                super().init(_Outbound(outbound, book))

        return Inbound

    def note(self, kind: str) -> None:
        """Our innermost line, which asks for this kind of thing now."""
        self._note(kind, inspect.currentframe())

    def taken(self, kind: str, count: int) -> list[str | None]:
        """The lines that asked for a kind since it was last taken; unknown where the count is another."""
        found = self._notes.pop(kind, [])
        return found if len(found) == count else [None] * count

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note timers and patches in this thread while the block runs."""
        before = sys.getprofile()
        sys.setprofile(self._called)
        try:
            yield
        finally:
            sys.setprofile(before)
            self._sleeping.clear()

    def _called(self, frame: FrameType, event: str, _argument: Any) -> None:
        if event != "call":
            return
        name = frame.f_code.co_name
        if name == "call_later" and isinstance(frame.f_locals.get("self"), asyncio.AbstractEventLoop):
            self._note("timer", frame)
        elif name == "sleep" and frame.f_code is workflow.sleep.__code__:
            if all(frame is not one for one in self._sleeping):  # a coroutine is called again to go on
                self._sleeping.append(frame)
                self._note("timer", frame)
        elif name in PATCHES and frame.f_globals.get("__name__", "").startswith("temporalio.workflow"):
            self._note(f"patch {frame.f_locals.get('id')}", frame)

    def _note(self, kind: str, frame: FrameType | None) -> None:
        while frame and not self._ours(frame.f_code.co_filename):
            frame = frame.f_back
        self._notes.setdefault(kind, []).append(line_of(frame) if frame else None)

    def _ours(self, file: str) -> bool:
        inside = file.startswith(str(ROOT)) and not any(part in file for part in NOT_OURS)
        return inside or file in self._sources


def line_of(frame: FrameType) -> str:
    """A line as it is named in a report."""
    return named(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)


def named(file: str, number: int, function: str) -> str:
    """A line of ours, such as `workflows/cycle.py:187 _deliver`."""
    path = Path(file)
    short = path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path(path.name)
    return f"{short}:{number} {function}"


def line_of_function(function: object) -> str | None:
    """Where a function begins; None where it cannot be told."""
    code = getattr(function, "__code__", None)
    return named(code.co_filename, code.co_firstlineno, code.co_name) if code else None


class _Outbound(WorkflowOutboundInterceptor):
    """Notes the line, then hands on."""

    def __init__(self, following: WorkflowOutboundInterceptor, book: Lines) -> None:
        super().__init__(following)
        self._book = book

    def continue_as_new(self, input: ContinueAsNewInput) -> Any:  # noqa: A002 - Temporal's name
        self._book.note("end")
        return self.next.continue_as_new(input)

    def start_activity(self, input: StartActivityInput) -> workflow.ActivityHandle[Any]:  # noqa: A002 - the SDK's own
        self._book.note("activity")
        return self.next.start_activity(input)

    def start_local_activity(
        self,
        input: StartLocalActivityInput,  # noqa: A002 - the SDK's own
    ) -> workflow.ActivityHandle[Any]:
        self._book.note("local activity")
        return self.next.start_local_activity(input)

    async def start_child_workflow(
        self,
        input: StartChildWorkflowInput,  # noqa: A002 - the SDK's own
    ) -> workflow.ChildWorkflowHandle[Any, Any]:
        self._book.note("child")
        return await self.next.start_child_workflow(input)

    async def signal_child_workflow(self, input: SignalChildWorkflowInput) -> None:  # noqa: A002 - the SDK's own
        self._book.note("signal")
        await self.next.signal_child_workflow(input)

    async def signal_external_workflow(self, input: SignalExternalWorkflowInput) -> None:  # noqa: A002 - the SDK's own
        self._book.note("signal")
        await self.next.signal_external_workflow(input)
