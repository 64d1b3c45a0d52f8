"""One subscription from its beginning to its end: turn after turn, in order, whatever the receiver does."""

from contextlib import suppress
from datetime import timedelta

from pydantic import ValidationError
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, is_cancelled_exception
from temporalio.workflow import ActivityCancellationType, ActivityHandle

from activities.subscriptions import SubscriptionActivities
from rules.telling.subscribing import GIVEN_UP_AFTER
from schemas.subscriptions import Answer, State, SubscriptionStart, Turn, Turned

TURN_WITHIN = timedelta(minutes=20)
"""A turn waits ten minutes for news; a worker that hangs for longer is not waited for."""
SILENT_AT_MOST = timedelta(seconds=10)
"""Then a turn has lost its worker and begins again elsewhere."""
DELIVER_AGAIN = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(hours=1))
LOOK_ANYWAY = timedelta(minutes=10)
TRY_WITHIN = timedelta(seconds=30)
NOTE_AGAIN = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5))
EVENTS_OF_A_RUN = 1000
"""Then the run continues afresh: about a quiet day."""


@workflow.defn(name="Subscription", failure_exception_types=[ValidationError])
class SubscriptionWorkflow:
    """Drives one subscription. What it wants and how far it has got stands in the store, never here."""

    @workflow.init
    def __init__(self, start: SubscriptionStart) -> None:
        self._turn = Turn(subscription=start.subscription)
        self._looks = 0
        self._going: ActivityHandle[Turned] | None = None

    @workflow.run
    async def run(self, start: SubscriptionStart) -> str:
        """Deliver until the subscription is ended."""
        while True:
            seen = self._looks
            state = await self._next_turn()
            if state == "ended":
                await workflow.wait_condition(workflow.all_handlers_finished)
                return state
            if state == "paused":
                await self._looked_since(seen)
            if self._is_long():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(start)

    @workflow.update
    async def look(self) -> None:
        """Look again at what stands in the store: it was paused, resumed, moved or ended."""
        self._looks += 1
        if self._going:
            self._going.cancel()

    @workflow.update
    async def try_out(self) -> Answer:
        """Send the receiver something empty and say what it answered."""
        return await workflow.execute_activity_method(
            SubscriptionActivities.try_out,
            self._turn,
            summary="a test delivery",
            start_to_close_timeout=TRY_WITHIN,
            retry_policy=RetryPolicy(maximum_attempts=2),
        )

    async def _looked_since(self, seen: int) -> None:
        """Wait until somebody says that something changed, or for so long that it may have been missed."""
        with suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: self._looks != seen, timeout=LOOK_ANYWAY, timeout_summary="paused"
            )

    async def _next_turn(self) -> State:
        looks = self._looks
        self._going = workflow.start_activity_method(
            SubscriptionActivities.hear,
            self._turn,
            summary="wait for news and send it",
            start_to_close_timeout=TURN_WITHIN,
            schedule_to_close_timeout=GIVEN_UP_AFTER,
            heartbeat_timeout=SILENT_AT_MOST,
            retry_policy=DELIVER_AGAIN,
            cancellation_type=ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        )
        try:
            return (await self._going).state
        except BaseException as why:
            if is_cancelled_exception(why) and self._looks != looks:
                return "active"
            if not isinstance(why, ActivityError) or is_cancelled_exception(why):
                raise
        finally:
            self._going = None
        return await self._give_up()

    async def _give_up(self) -> State:
        turned = await workflow.execute_activity_method(
            SubscriptionActivities.give_up,
            self._turn,
            summary="the receiver has failed for days",
            start_to_close_timeout=TRY_WITHIN,
            retry_policy=NOTE_AGAIN,
        )
        return turned.state

    def _is_long(self) -> bool:
        info = workflow.info()
        return info.get_current_history_length() >= EVENTS_OF_A_RUN or info.is_continue_as_new_suggested()
