"""What the engine says of itself when it is examined: how long it keeps closed runs, and who works."""

from dataclasses import dataclass
from datetime import timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, DescribeTaskQueueRequest
from temporalio.client import Client

PATIENCE = timedelta(seconds=5)


@dataclass(frozen=True)
class EngineExamined:
    """What was found."""

    retention: timedelta
    workers: int
    builds: tuple[str, ...]
    """The builds of those who ask for work; empty where none is named."""


async def examine(client: Client, queue: str) -> EngineExamined:
    """Ask once.

    Raises: RPCError: it does not answer, or has no such namespace.
    """
    namespace = await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace=client.namespace), timeout=PATIENCE
    )
    kept = namespace.config.workflow_execution_retention_ttl.ToTimedelta()
    polling = await client.workflow_service.describe_task_queue(
        DescribeTaskQueueRequest(
            namespace=client.namespace,
            task_queue=TaskQueue(name=queue),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        ),
        timeout=PATIENCE,
    )
    builds = {one.deployment_options.build_id for one in polling.pollers if one.deployment_options.build_id}
    return EngineExamined(kept, len({one.identity for one in polling.pollers}), tuple(sorted(builds)))
