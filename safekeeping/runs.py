"""How far the engine's runs are, by their own histories: replayed here, without a worker; nothing is done."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from temporalio.client import Client, WorkflowHistory
from temporalio.service import RPCError
from temporalio.worker import (
    ExecuteWorkflowInput,
    Interceptor,
    Replayer,
    StartLocalActivityInput,
    UnsandboxedWorkflowRunner,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

from engine.connection import WORKFLOWS
from engine.preflight.sources import open_on
from engine.sealed import Sealing
from schemas.backups import Ahead, Last, LostAct

LEDGERS = ("Cycle", "Programme")
"""The workflows that write ledgers."""
MOST_ACTS = 200


@dataclass
class Heard:
    """What one run has written down, as its replay tells."""

    base: int = 0
    entries: list[Any] = field(default_factory=list)

    def begun(self, start: Any) -> None:
        """Take what the run began with."""
        state = getattr(start, "cycle", None) or getattr(start, "programme", None)
        self.base = state.version if state else 0

    def written(self, writing: Any, standing: Any) -> None:
        """Take what stands in the ledger as the run knows: its own entries, or those that had come first."""
        self.entries += list(standing.entries or writing.entries)

    def of(self, history: WorkflowHistory) -> Ahead:
        """How far the run is."""
        last = self.entries[-1] if self.entries else None
        return Ahead(
            workflow=history.workflow_id,
            run=history.run_id,
            version=last.version if last else self.base,
            last=_last(last) if last else None,
            acts=tuple(_lost(one) for one in self.entries[-MOST_ACTS:]),
        )


class Ears(Interceptor):
    """Hears what the run that is being replayed writes down."""

    def __init__(self) -> None:
        self.heard = Heard()

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002, ARG002 - the library's name
    ) -> type[WorkflowInboundInterceptor]:
        """The class that the library makes one of for each run."""
        ears = self

        class Inbound(WorkflowInboundInterceptor):
            def init(self, outbound: WorkflowOutboundInterceptor) -> None:
                super().init(Outbound(outbound))

            async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:  # noqa: A002 - as above
                ears.heard.begun(input.args[0] if input.args else None)
                return await super().execute_workflow(input)

        class Outbound(WorkflowOutboundInterceptor):
            def start_local_activity(self, input: StartLocalActivityInput) -> Any:  # noqa: A002 - as above
                handle = super().start_local_activity(input)
                heard, writing = ears.heard, input.args[0]

                def done(task: Any) -> None:
                    if not task.cancelled() and task.exception() is None and hasattr(writing, "entries"):
                        heard.written(writing, task.result())

                handle.add_done_callback(done)
                return handle

        return Inbound


async def runs_of(client: Client, queue: str, sealing: Sealing) -> dict[str, Ahead]:
    """Every open run that writes a ledger, by the reference of its cycle or programme."""
    logging.getLogger("temporalio").setLevel(logging.CRITICAL)  # what cannot be read is in the answer
    ears = Ears()
    replayer = Replayer(
        workflows=WORKFLOWS,
        data_converter=sealing.converter(),
        workflow_runner=UnsandboxedWorkflowRunner(),
        interceptors=[ears],
        build_id="reconciling",
        namespace=client.namespace,
    )
    taken: list[tuple[WorkflowHistory, Heard]] = []

    async def one_by_one() -> AsyncIterator[WorkflowHistory]:
        async for history in _histories(client, queue):
            ears.heard = Heard()
            taken.append((history, ears.heard))
            yield history

    found: dict[str, Ahead] = {}
    async with replayer.workflow_replay_iterator(one_by_one()) as results:
        async for result in results:
            history, heard = taken.pop(0)
            known = heard.of(history)
            if result.replay_failure is not None:
                known = known.model_copy(update={"version": None})
            found[history.workflow_id] = known
    return found


async def _histories(client: Client, queue: str) -> AsyncIterator[WorkflowHistory]:
    async for one in client.list_workflows(open_on(queue)):
        if one.workflow_type not in LEDGERS:
            continue
        try:
            yield await client.get_workflow_handle(one.id, run_id=one.run_id).fetch_history()
        except RPCError:
            continue  # it ended between the list and the look


def _last(entry: Any) -> Last:
    return Last(
        version=entry.version,
        kind=entry.event.kind,
        at=entry.at,
        by=entry.actor.person,
        key=entry.key,
        content=entry.content,
    )


def _lost(entry: Any) -> LostAct:
    return LostAct(version=entry.version, kind=entry.event.kind, at=entry.at, by=entry.actor.person)
