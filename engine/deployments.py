"""Builds of the code: which there are, how many workflows run on each, and how one moves to another."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC

from google.protobuf.field_mask_pb2 import FieldMask
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.deployment.v1 import WorkerDeploymentInfo
from temporalio.api.deployment.v1 import WorkerDeploymentVersion as Version
from temporalio.api.enums.v1 import WorkerDeploymentVersionStatus as Status
from temporalio.api.workflow.v1 import VersioningOverride, WorkflowExecutionOptions
from temporalio.api.workflowservice.v1 import (
    DescribeWorkerDeploymentRequest,
    SetWorkerDeploymentCurrentVersionRequest,
    SetWorkerDeploymentRampingVersionRequest,
    UpdateWorkflowExecutionOptionsRequest,
)
from temporalio.client import Client
from temporalio.common import WorkerDeploymentVersion
from temporalio.service import RPCError, RPCStatusCode

from schemas.shape import Instant, Shape

STATUS = {
    Status.WORKER_DEPLOYMENT_VERSION_STATUS_CURRENT: "current",
    Status.WORKER_DEPLOYMENT_VERSION_STATUS_RAMPING: "ramping",
    Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING: "draining",
    Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINED: "drained",
    Status.WORKER_DEPLOYMENT_VERSION_STATUS_INACTIVE: "never used",
    Status.WORKER_DEPLOYMENT_VERSION_STATUS_CREATED: "never used",
}


KNOWN_AFTER = 10
"""How often the engine is asked again for a build whose worker has just come, half a second apart."""


class BuildsError(Exception):
    """Temporal will not do this with builds; the message says what to do instead."""


class Build(Shape):
    """One build of the code, as Temporal knows it."""

    build: str
    status: str
    """Current, ramping, draining (cycles still run on it), drained or never used."""
    share: float = 0
    """Of the workflows that begin, how many in a hundred begin on it."""
    since: Instant
    running: int
    """Open workflows that keep to it."""


class Builds(Shape):
    """Every build of a deployment, newest first, and the workflows that keep to none."""

    deployment: str
    builds: tuple[Build, ...]
    unbound: int

    def named(self, build: str) -> Build | None:
        """One build by its name."""
        return next((one for one in self.builds if one.build == build), None)


def build_of(deployment: str, build: str | None) -> WorkerDeploymentVersion | None:
    """The build that a worker announces; None where workers are not told apart."""
    return WorkerDeploymentVersion(deployment, build) if build else None


def pinned_to(queue: str, deployment: str, build: str) -> str:
    """The query for open workflows that keep to a build."""
    return f"{_open(queue)} AND TemporalWorkerDeploymentVersion = '{deployment}:{build}'"


def unbound(queue: str) -> str:
    """The query for open workflows that keep to no build: they began before builds were told apart."""
    return f"{_open(queue)} AND TemporalWorkerDeploymentVersion IS NULL"


async def builds(client: Client, queue: str, deployment: str) -> Builds:
    """What there is.

    Raises: BuildsError: no worker of this deployment has ever come.
    """
    info = await _described(client, deployment)
    routing = info.routing_config
    current = routing.current_deployment_version.build_id
    ramping, share = routing.ramping_deployment_version.build_id, routing.ramping_version_percentage
    share = share if ramping else 0
    found = []
    for one in info.version_summaries:
        name = one.deployment_version.build_id
        count = await client.count_workflows(pinned_to(queue, deployment, name))
        found.append(
            Build(
                build=name,
                status=STATUS.get(one.status, "unknown"),
                share={current: 100 - share, ramping: share}.get(name, 0),
                since=one.create_time.ToDatetime(tzinfo=UTC),
                running=count.count,
            )
        )
    left = await client.count_workflows(unbound(queue))
    newest = sorted(found, key=lambda one: one.since, reverse=True)
    return Builds(deployment=deployment, builds=tuple(newest), unbound=left.count)


async def make_current(client: Client, deployment: str, build: str) -> None:
    """Let everything that begins from now on begin on this build.

    Raises: BuildsError: there is no such build, or no worker of it.
    """
    request = SetWorkerDeploymentCurrentVersionRequest(
        namespace=client.namespace, deployment_name=deployment, build_id=build
    )
    with _said(deployment, build):
        await _once_known(lambda: client.workflow_service.set_worker_deployment_current_version(request))


async def ramp(client: Client, deployment: str, build: str, share: float) -> None:
    """Let so many in a hundred of what begins begin on this build.

    Raises: BuildsError: there is no such build, or no worker of it.
    """
    request = SetWorkerDeploymentRampingVersionRequest(
        namespace=client.namespace, deployment_name=deployment, build_id=build, percentage=share
    )
    with _said(deployment, build):
        await _once_known(lambda: client.workflow_service.set_worker_deployment_ramping_version(request))


async def _once_known(ask: Callable[[], Awaitable[object]]) -> None:
    """Ask again for a moment: a worker that has just come names its queues one after the other."""
    for _ in range(KNOWN_AFTER):
        try:
            await ask()
        except RPCError as early:
            if early.status != RPCStatusCode.FAILED_PRECONDITION:
                raise
            await asyncio.sleep(0.5)
        else:
            return
    await ask()


async def move(client: Client, workflow_id: str, to: WorkerDeploymentVersion) -> None:
    """Let an open workflow keep to another build, from its next task on."""
    request = UpdateWorkflowExecutionOptionsRequest(
        namespace=client.namespace,
        workflow_execution=WorkflowExecution(workflow_id=workflow_id),
        workflow_execution_options=WorkflowExecutionOptions(versioning_override=_kept_to(to)),
        update_mask=FieldMask(paths=["versioning_override"]),
    )
    await client.workflow_service.update_workflow_execution_options(request)


def _kept_to(to: WorkerDeploymentVersion) -> VersioningOverride:
    version = Version(deployment_name=to.deployment_name, build_id=to.build_id)
    kept = VersioningOverride.PINNED_OVERRIDE_BEHAVIOR_PINNED
    return VersioningOverride(pinned=VersioningOverride.PinnedOverride(behavior=kept, version=version))


def _open(queue: str) -> str:
    return f"TaskQueue = '{queue}' AND ExecutionStatus = 'Running'"


async def _described(client: Client, deployment: str) -> WorkerDeploymentInfo:
    request = DescribeWorkerDeploymentRequest(namespace=client.namespace, deployment_name=deployment)
    with _said(deployment):
        found = await client.workflow_service.describe_worker_deployment(request)
    return found.worker_deployment_info


@contextmanager
def _said(deployment: str, build: str | None = None) -> Iterator[None]:
    """What Temporal refuses, in words that say what to do."""
    try:
        yield
    except RPCError as refused:
        if refused.status not in (RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION):
            raise
        worker = f"a worker with ANSWERABLE_WORKER_DEPLOYMENT={deployment}"
        raise BuildsError(
            f"No worker of the build {build} of {deployment} has come yet. "
            f"Start {worker} and ANSWERABLE_WORKER_BUILD={build}, then say this again."
            if build
            else f"No worker of a build of {deployment} has come yet. "
            f"Start {worker} and ANSWERABLE_WORKER_BUILD set to the name of its build."
        ) from None
