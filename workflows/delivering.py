"""How a cycle has notices delivered by itself: an ordinary activity, tried until the post takes them."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

from activities.post import PostActivities
from schemas.notices import Delivery, Notice
from workflows.patience import DELIVER_AGAIN, DELIVER_WITHIN, SILENT_AT_MOST


async def delivered(wanted: list[Notice]) -> list[Delivery]:
    """What became of each notice, in the same order. What the post will never take counts as bounced."""
    try:
        return await workflow.execute_activity_method(
            PostActivities.deliver,
            wanted,
            summary=f"{len(wanted)} notices",
            start_to_close_timeout=DELIVER_WITHIN,
            heartbeat_timeout=SILENT_AT_MOST,
            retry_policy=DELIVER_AGAIN,
        )
    except ActivityError:
        return [Delivery(delivered=False, told=(), at=workflow.now()) for _ in wanted]
