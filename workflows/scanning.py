"""Scanning the files that wait: started when one arrives, and by a schedule for what was missed."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from activities.scanning import ScanActivities
from schemas.files import Scanned

WITHIN = timedelta(minutes=30)
BEAT = timedelta(seconds=30)
AGAIN = RetryPolicy(initial_interval=timedelta(seconds=2), maximum_interval=timedelta(minutes=1))
"""For ever: while the scanner is down the files are held, and once it is up again they are looked at."""


@workflow.defn(name="ScanFiles")
class ScanFilesWorkflow:
    """One round."""

    @workflow.run
    async def run(self) -> Scanned:
        """What it came to, in the end."""
        return await workflow.execute_activity_method(
            ScanActivities.scan,
            summary="scan files",
            start_to_close_timeout=WITHIN,
            heartbeat_timeout=BEAT,
            retry_policy=AGAIN,
        )
