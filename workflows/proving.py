"""The checkpoint of the day, by a schedule."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from activities.proving import ProvingActivities
from schemas.proving import Checkpointed

WITHIN = timedelta(hours=1)
BEAT = timedelta(seconds=30)
AGAIN = RetryPolicy(initial_interval=timedelta(seconds=2), maximum_interval=timedelta(minutes=5))
"""For ever: without it nothing proves what was recorded since."""


@workflow.defn(name="CheckpointLedger")
class CheckpointLedgerWorkflow:
    """One round."""

    @workflow.run
    async def run(self) -> Checkpointed:
        """What it came to, in the end."""
        return await workflow.execute_activity_method(
            ProvingActivities.checkpoint,
            summary="checkpoint of the ledger",
            start_to_close_timeout=WITHIN,
            heartbeat_timeout=BEAT,
            retry_policy=AGAIN,
        )
