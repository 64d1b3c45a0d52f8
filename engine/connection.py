"""How the engine is reached and how its worker runs: address, converter, sandbox, time limits."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from temporalio.client import Client, Plugin
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.plugin import SimplePlugin
from temporalio.runtime import Runtime
from temporalio.service import TLSConfig
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner, Worker, WorkerDeploymentConfig
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.ledger import KeepsLedger, LedgerActivities
from activities.post import CarriesNotices, PostActivities
from engine.dispatch import Dispatch, KeepsLetters
from engine.owning_up import OwnsUp
from engine.sealed import OPEN, Sealing
from sealing.keys import KeyRing
from workflows.cycle import CycleWorkflow
from workflows.opening import OpenSlotWorkflow
from workflows.programme import ProgrammeWorkflow
from workflows.proving import CheckpointLedgerWorkflow
from workflows.scanning import ScanFilesWorkflow
from workflows.subscription import SubscriptionWorkflow
from workflows.sweep import LookAheadWorkflow, LookOutsideWorkflow

OWN_ROOMS = ("schemas", "rules", "reference", "activities", "yaml", "pydantic", "annotated_types")
"""Passed through the sandbox: 9 ms instead of 76 ms a workflow, and each shape is one class (ADR 0004)."""

TASKS_AT_ONCE = 20
"""Workflow tasks that a worker has in hand. They share one core: of a hundred, each lasts until the ten
seconds in which Temporal wants it done, and is given out and begun again (docs/figures.md)."""

ALONE = "alone"
"""The name of a worker's code where nobody will ask which it was: to work it out takes a second."""

WORKFLOWS = [
    CycleWorkflow,
    ProgrammeWorkflow,
    OpenSlotWorkflow,
    SubscriptionWorkflow,
    LookOutsideWorkflow,
    LookAheadWorkflow,
    ScanFilesWorkflow,
    CheckpointLedgerWorkflow,
]


class RunsBeside(SimplePlugin):
    """Something of the worker's own. The SDK warns of two plugins of one class, as a client's may be."""


class LeavesLetters(KeepsLedger, Protocol):
    """A ledger with its out-tray; with none where whoever keeps it sees to the letters of an act itself."""

    @property
    def letters(self) -> KeepsLetters | None:
        """The out-tray."""
        ...


Effect = Callable[..., Coroutine[Any, Any, Any]]
"""One activity, with what it needs inside."""


@dataclass(frozen=True)
class Address:
    """Where the engine is and by what right we speak to it."""

    target: str = "127.0.0.1:7233"
    namespace: str = "default"
    queue: str = "cycles"
    tls: bool = False
    api_key: str | None = None
    ring: KeyRing | None = field(default=None, repr=False)
    """The keys with which everything that the engine keeps is encrypted."""


async def reach(
    address: Address,
    runtime: Runtime | None = None,
    plugins: tuple[Plugin, ...] = (),
    *,
    when_needed: bool = False,
) -> Client:
    """A client that speaks our shapes, connected now or `when_needed`: pages are read without the engine.

    Raises: RuntimeError: nobody answers at the address (only when connected now).
    """
    return await Client.connect(
        address.target,
        namespace=address.namespace,
        tls=TLSConfig() if address.tls else False,
        api_key=address.api_key,
        data_converter=Sealing(address.ring, address.namespace).converter(),
        runtime=runtime,
        plugins=list(plugins),
        lazy=when_needed,
    )


def sandbox() -> SandboxedWorkflowRunner:
    """The sandbox that workflow code runs in, with our own rooms passed through."""
    return SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*OWN_ROOMS)
    )


def employ(
    client: Client,
    queue: str,
    ledger: LeavesLetters,
    post: CarriesNotices,
    *,
    beside: Sequence[Effect] = (),
    policed: bool = True,
    alone: bool = False,
    build: WorkerDeploymentVersion | None = None,
) -> Worker:
    """A worker for cycles, with what its activities need put into them, and other activities beside.

    While it runs it sends what acts left in the ledger's out-tray.

    `policed` runs workflow code in the sandbox that stops what may not be replayed (ADR 0036). `alone` is
    for an engine that is gone within seconds: nobody asks which code it ran (ADR 0014). A worker of a `build`
    gets what is pinned to it, and new workflows while it is the current one (ADR 0013); others everything.
    """
    effects, plugins = writing_and_telling(client, queue, ledger, post)
    return Worker(
        client,
        task_queue=queue,
        workflows=WORKFLOWS,
        activities=[*effects, *beside],
        plugins=plugins,
        workflow_runner=sandbox() if policed else UnsandboxedWorkflowRunner(),
        build_id=ALONE if alone else None,
        deployment_config=_pinning(build) if build else None,
        max_concurrent_workflow_tasks=TASKS_AT_ONCE,
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=2),
        graceful_shutdown_timeout=timedelta(seconds=5),
    )


def writing_and_telling(
    client: Client, queue: str, ledger: LeavesLetters, post: CarriesNotices
) -> tuple[tuple[Effect, ...], tuple[SimplePlugin, ...]]:
    """What a cycle's workflow asks of a worker, and what the worker runs beside: the out-tray's dispatch."""
    tell, tray = PostActivities(post).deliver, ledger.letters
    if tray is None:
        return (LedgerActivities(ledger).record, tell), ()
    dispatch = Dispatch(tray, post, OwnsUp(client, queue, tray))
    beside = RunsBeside("answerable.dispatch", run_context=dispatch.running)
    return (LedgerActivities(ledger, dispatch.look).record, tell), (beside,)


def _pinning(build: WorkerDeploymentVersion) -> WorkerDeploymentConfig:
    """Cycles keep the build that they began with until somebody moves them."""
    return WorkerDeploymentConfig(
        version=build, use_worker_versioning=True, default_versioning_behavior=VersioningBehavior.PINNED
    )


def replayer(sealing: Sealing = OPEN) -> Replayer:
    """Runs recorded histories against the code as it is now."""
    return Replayer(workflows=WORKFLOWS, data_converter=sealing.converter(), workflow_runner=sandbox())
