"""Owning up: a letter that left the out-tray late stands in its cycle's record, also where that is over."""

from contextlib import suppress
from typing import Protocol

from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError, RPCStatusCode

from engine.waking import woken
from schemas.notices import Carried, Delivery, Notice
from schemas.records import Entry
from workflows.cycle import CycleWorkflow

OVER = frozenset({"CycleClosed", "CycleCancelled"})


class KnowsEntries(Protocol):
    """What stands in the ledger."""

    async def entries(self, cycle: str) -> list[Entry]:
        """The entries of a cycle, oldest first."""
        ...


class OwnsUp:
    """Has a cycle's run write down what left late; of one that is over, a run is begun (ADR 0011)."""

    def __init__(self, client: Client, queue: str, ledger: KnowsEntries) -> None:
        self._client = client
        self._queue = queue
        self._ledger = ledger

    async def letter_left_late(self, notice: Notice, delivery: Delivery) -> None:
        """Once for a letter, however often it is said.

        Raises: RPCError: the engine does not answer, or has lost the run of a cycle that goes on.
        """
        entries = tuple(await self._ledger.entries(notice.cycle))
        if any(one.key == f"engine/late/{notice.key}" for one in entries):
            return
        said, name = Carried(notice=notice, delivery=delivery), f"late/{notice.key}"
        try:
            run = self._client.get_workflow_handle(notice.cycle)
            await run.execute_update(CycleWorkflow.left_late, said, id=name)
        except RPCError as gone:
            if gone.status != RPCStatusCode.NOT_FOUND or not any(one.event.kind in OVER for one in entries):
                raise
            await self._waking(entries, said, name)

    async def _waking(self, entries: tuple[Entry, ...], said: Carried, name: str) -> None:
        start = WithStartWorkflowOperation(
            CycleWorkflow.run,
            woken(entries),
            id=said.notice.cycle,
            task_queue=self._queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        )
        try:
            await self._client.execute_update_with_start_workflow(
                CycleWorkflow.left_late, said, id=name, start_workflow_operation=start
            )
        except BaseException:
            with suppress(Exception):  # its own copy, or asyncio writes of an exception nobody has fetched
                await start.workflow_handle()
            raise
