"""Opening one cycle of the programme: what a schedule starts when its hour comes."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from activities.programme import ProgrammeActivities
from schemas.programme.records import Opening

OPEN_WITHIN = timedelta(minutes=2)
AGAIN = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5))


@workflow.defn(name="OpenSlot")
class OpenSlotWorkflow:
    """Tries until the cycle is open, or the programme has noted why it cannot be."""

    @workflow.run
    async def run(self, opening: Opening) -> str:
        """The cycle's reference, or the code of the refusal."""
        return await workflow.execute_activity_method(
            ProgrammeActivities.open_slot,
            opening,
            summary=f"open {opening.slot}",
            start_to_close_timeout=OPEN_WITHIN,
            retry_policy=AGAIN,
        )
