"""How the engine is: whether it answers, who works for it, and what waits for a worker."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

PATIENCE = timedelta(seconds=2)


@dataclass(frozen=True)
class EngineWell:
    """What the engine says of itself."""

    answers: bool
    workers: int = 0
    """Processes that asked for work in the last minutes."""
    waiting: int = 0
    """Tasks that no worker has taken yet."""


async def engine_well(client: Client, queue: str) -> EngineWell:
    """How the engine is now; that it does not answer is an answer too."""
    kinds = (TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            workflows, activities = [await _of(client, queue, kind) for kind in kinds]
    except (RPCError, RuntimeError, TimeoutError):
        return EngineWell(answers=False)
    return EngineWell(True, workflows[0], workflows[1] + activities[1])


async def _of(client: Client, queue: str, kind: "TaskQueueType.ValueType") -> tuple[int, int]:
    """Of one kind of task: how many workers ask for them, and how many wait."""
    asked = DescribeTaskQueueRequest(
        namespace=client.namespace, task_queue=TaskQueue(name=queue), task_queue_type=kind, report_stats=True
    )
    found = await client.workflow_service.describe_task_queue(asked)
    return len({one.identity for one in found.pollers}), found.stats.approximate_backlog_count
