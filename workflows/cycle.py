"""One cycle of holding to account, from its opening to its last verified action."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from pydantic import ValidationError
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

from activities.ledger import LedgerActivities
from activities.post import PostActivities
from reference.working import edition_for, working_calendar
from rules import duties
from rules.answering import remembered, reused
from rules.apply import add_up, apply
from rules.decide import decide
from rules.deciding.moment import Moment
from rules.notices import notices
from rules.writing import Act, act_of, entries_of, own_act, writing_of
from schemas.commands import AnyCommand, OpenCycle
from schemas.cycle import Cycle
from schemas.events import AnyEvent
from schemas.notices import Delivery, Notice
from schemas.outcomes import Decision, Receipt, Refused
from schemas.records import Entry
from schemas.running import Answered, CycleStart

RECORD_WITHIN = timedelta(seconds=10)
RECORD_AGAIN = RetryPolicy(
    initial_interval=timedelta(milliseconds=100), maximum_interval=timedelta(seconds=5)
)
"""The ledger is tried until it answers: no act is answered before it is written down."""

DELIVER_WITHIN = timedelta(seconds=60)
DELIVER_AGAIN = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5))
PATIENCE_TO_OPEN = timedelta(minutes=1)
MOST_AT_ONCE = 20
UNKNOWN = "unknown_calendar"


@workflow.defn(name="Cycle", failure_exception_types=[ValidationError])
class CycleWorkflow:
    """The only writer of a cycle: every act and every duty passes through here, one at a time."""

    @workflow.init
    def __init__(self, start: CycleStart) -> None:
        self._reference = start.reference
        self._cycle: Cycle | None = start.cycle
        self._answered: dict[str, Answered] = dict(start.answered)
        self._to_tell: list[Notice] = list(start.to_tell)
        self._telling = False
        self._one_at_a_time = asyncio.Lock()
        self._due_next: datetime | None = None
        self._look_ahead()

    @workflow.run
    async def run(self, start: CycleStart) -> str:  # noqa: ARG002 - the state was taken in __init__
        """Run the cycle to its end and say how it ended."""
        if not await self._is_opened():
            return "never opened"
        post = asyncio.create_task(self._tell())
        while not self._is_finished():
            await self._do_what_is_due()
            await self._wait_for_next_duty()
            if workflow.info().is_continue_as_new_suggested():
                await self._continue_afresh()
        post.cancel()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return "cancelled" if self._cycle and self._cycle.cancelled_at else "closed"

    @workflow.update
    async def act(self, command: AnyCommand) -> Receipt:
        """Carry out a command; the receipt comes when it stands in the ledger."""
        async with self._one_at_a_time:
            return await self._carry_out(command)

    @act.validator
    def _may_act(self, command: AnyCommand) -> None:
        if command.key in self._answered:
            _unless_refused(reused(command, self._answered))
            return
        decision = self._decide(command)
        if isinstance(decision, Refused):
            raise _refusal(decision)

    async def _carry_out(self, command: AnyCommand) -> Receipt:
        while True:
            if command.key in self._answered:
                _unless_refused(reused(command, self._answered))
                return self._answered[command.key].receipt
            decision = self._decide(command)
            if isinstance(decision, Refused):
                raise _unknown(decision) if decision.code == UNKNOWN else _refusal(decision)
            if not decision.events:
                return self._nothing_changed(command)
            await self._write(act_of(command), decision.events, self._now(_set_back(command)))

    def _decide(self, command: AnyCommand) -> Decision:
        calendar = working_calendar(edition_for(command, self._cycle))
        if isinstance(calendar, Refused):
            return calendar
        return decide(self._cycle, command, Moment(now=self._now(_set_back(command)), calendar=calendar))

    async def _write(self, act: Act, events: tuple[AnyEvent, ...], at: datetime) -> bool:
        """Write events down and apply what stands in the ledger; False if others had come first."""
        entries = entries_of(act, events, at, self._cycle)
        after = add_up(entries, self._cycle)
        standing = await workflow.execute_local_activity_method(
            LedgerActivities.record,
            writing_of(entries, after, working_calendar(after.calendar)),
            start_to_close_timeout=RECORD_WITHIN,
            retry_policy=RECORD_AGAIN,
        )
        self._take(standing.entries or entries)
        return not standing.entries

    def _take(self, entries: tuple[Entry, ...]) -> None:
        for entry in entries:
            self._cycle = apply(self._cycle, entry)
            self._to_tell.extend(notices(entry, self._cycle))
        self._answered = remembered(self._answered, entries)
        self._look_ahead()

    async def _do_what_is_due(self) -> None:
        now = self._now()
        for duty in self._duties():
            if duty.at > now:
                break
            if duty.kind == "remind":
                self._queue_reminder(duty)
                continue
            name = f"{duty.kind}/{duty.request or duty.action}/{duty.at:%Y-%m-%dT%H:%M}"
            await self._on_own_account(name, partial(self._events_of, duty))
        self._look_ahead()

    async def _on_own_account(self, duty: str, make: Callable[[Cycle], tuple[AnyEvent, ...]]) -> None:
        async with self._one_at_a_time:
            written = False
            while not written and self._cycle and (events := make(self._cycle)):
                written = await self._write(own_act(self._reference, duty), events, self._now())

    def _events_of(self, duty: duties.Duty, cycle: Cycle) -> tuple[AnyEvent, ...]:
        if duty not in self._duties():
            return ()
        return (
            duties.missed(cycle, duty) if duty.kind == "miss" else duties.asked(cycle, duty, self._moment())
        )

    def _queue_reminder(self, duty: duties.Duty) -> None:
        moment = self._moment()
        if self._cycle is None or duty.request is None:
            return
        notice = duties.reminder(self._cycle, duty.request, moment.calendar, moment.now)
        waiting = {one.request for one in self._to_tell if one.rung is not None}
        if notice and notice.request not in waiting:
            self._to_tell.append(notice)

    async def _tell(self) -> None:
        while True:
            await workflow.wait_condition(lambda: bool(self._to_tell))
            self._telling = True
            batch = self._to_tell[:MOST_AT_ONCE]
            wanted = [one for one in batch if self._cycle and duties.still_wanted(self._cycle, one)]
            told = await self._deliver(wanted) if wanted else []
            for notice, delivery in zip(wanted, told, strict=True):
                note = partial(duties.reminded, notice=notice, delivery=delivery)
                await self._on_own_account(notice.key, note)
            del self._to_tell[: len(batch)]
            self._telling = False
            self._look_ahead()

    async def _deliver(self, wanted: list[Notice]) -> list[Delivery]:
        try:
            return await workflow.execute_activity_method(
                PostActivities.deliver,
                wanted,
                summary=f"{len(wanted)} notices",
                start_to_close_timeout=DELIVER_WITHIN,
                retry_policy=DELIVER_AGAIN,
            )
        except ActivityError:  # the post will never take them: on record as bounced, the cycle goes on
            return [Delivery(delivered=False, told=(), at=self._now()) for _ in wanted]

    async def _is_opened(self) -> bool:
        try:
            await workflow.wait_condition(lambda: self._cycle is not None, timeout=PATIENCE_TO_OPEN)
        except TimeoutError:
            await workflow.wait_condition(workflow.all_handlers_finished)
        return self._cycle is not None

    async def _wait_for_next_duty(self) -> None:
        armed = self._due_next
        timeout = max(armed - self._now(), timedelta(0)) if armed else None
        try:
            await workflow.wait_condition(
                lambda: self._due_next != armed or self._is_finished() or self._may_leave(),
                timeout=timeout,
                timeout_summary=f"until {armed:%Y-%m-%d %H:%M} UTC" if armed else None,
            )
        except TimeoutError:
            return

    def _may_leave(self) -> bool:
        return workflow.info().is_continue_as_new_suggested() and not self._telling

    async def _continue_afresh(self) -> None:
        await workflow.wait_condition(lambda: workflow.all_handlers_finished() and not self._telling)
        workflow.continue_as_new(
            CycleStart(
                reference=self._reference,
                cycle=self._cycle,
                answered=self._answered,
                to_tell=tuple(self._to_tell),
            )
        )

    def _is_finished(self) -> bool:
        return self._cycle is not None and self._cycle.over and not self._to_tell

    def _look_ahead(self) -> None:
        waiting = {notice.request for notice in self._to_tell if notice.rung is not None}
        ahead = (one.at for one in self._duties() if one.kind != "remind" or one.request not in waiting)
        self._due_next = next(ahead, None)

    def _duties(self) -> tuple[duties.Duty, ...]:
        return duties.duties(self._cycle, self._moment().calendar) if self._cycle else ()

    def _moment(self) -> Moment:
        calendar = working_calendar(self._calendar_version())
        if isinstance(calendar, Refused):
            raise _unknown(calendar)
        return Moment(now=self._now(), calendar=calendar)

    def _calendar_version(self) -> str:
        return self._cycle.calendar if self._cycle else ""

    def _now(self, set_back: timedelta | None = None) -> datetime:
        if set_back is None:
            set_back = self._cycle.set_back if self._cycle else timedelta(0)
        return workflow.now() - set_back

    def _nothing_changed(self, command: AnyCommand) -> Receipt:
        version = self._cycle.version if self._cycle else 0
        return Receipt(cycle=command.cycle, version=version, at=self._now(), happened=())


def _set_back(command: AnyCommand) -> timedelta | None:
    return command.set_back if isinstance(command, OpenCycle) else None


def _refusal(refused: Refused) -> ApplicationError:
    return ApplicationError(
        refused.message, refused.model_dump(mode="json"), type="Refused", non_retryable=True
    )


def _unknown(refused: Refused) -> LookupError:
    """What was accepted somewhere waits here, by a failed task, until this worker knows the edition too."""
    return LookupError(refused.message)


def _unless_refused(refused: Refused | None) -> None:
    if refused:
        raise _refusal(refused)
