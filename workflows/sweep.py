"""Rounds that a schedule starts: what came in by other ways, and what comes due."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from activities.outside import OutsideActivities
from schemas.outside import Swept

WITHIN = timedelta(minutes=10)
BEAT = timedelta(seconds=30)
AGAIN = RetryPolicy(
    initial_interval=timedelta(seconds=2), maximum_interval=timedelta(minutes=1), maximum_attempts=5
)
"""The next round does what this one could not."""


@workflow.defn(name="LookOutside")
class LookOutsideWorkflow:
    """One round of every minute."""

    @workflow.run
    async def run(self) -> Swept:
        """What it came to."""
        return await workflow.execute_activity_method(
            OutsideActivities.look,
            summary="look outside",
            start_to_close_timeout=WITHIN,
            heartbeat_timeout=BEAT,
            retry_policy=AGAIN,
        )


@workflow.defn(name="LookAhead")
class LookAheadWorkflow:
    """One round of every day."""

    @workflow.run
    async def run(self) -> Swept:
        """What it came to."""
        return await workflow.execute_activity_method(
            OutsideActivities.look_ahead,
            summary="promises that come due",
            start_to_close_timeout=WITHIN,
            heartbeat_timeout=BEAT,
            retry_policy=AGAIN,
        )
