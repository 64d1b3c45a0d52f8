"""One cycle of holding to account, from its opening to its last verified action."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from pydantic import ValidationError
from temporalio import workflow

from activities.ledger import LedgerActivities
from reference.working import edition_for, working_calendar
from rules import duties
from rules.answering import remembered, reused
from rules.apply import add_up, apply
from rules.decide import decide
from rules.deciding.moment import Moment
from rules.telling.notices import about_actions, known_before, notices, told_by
from rules.writing import Act, act_of, entries_of, own_act, writing_of
from schemas.commands import AnyCommand
from schemas.cycle import Cycle
from schemas.events import AnyEvent
from schemas.notices import Carried, Delivery, Notice
from schemas.outcomes import Decision, Receipt, Refused
from schemas.records import Entry
from schemas.running import BY_TRAY, NEWEST, WHOLE, Answered, CycleStart
from workflows.delivering import delivered
from workflows.patience import RECORD_AGAIN, RECORD_WITHIN
from workflows.refusing import refusal, set_back_of, unknown, unless_refused

PATIENCE_TO_OPEN = timedelta(minutes=1)
MOST_AT_ONCE = 20
EVENTS_OF_A_RUN = 300
"""Then the cycle continues afresh: a worker that has never seen it replays some thirty acts, not a life's."""
UNKNOWN = "unknown_calendar"
LATER = "whole-process"
"""Runs that began earlier learn the later duties at their next act: the patch is named after its version."""
LETTERS, ON_ACTIONS, STANDS = "late-letters", "action-letters", "it-stands"
"""What was told late or of actions before these patches stands as it does: no record changes behind a run."""


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
        self._edition = start.edition
        self._whole = start.whole or self._edition > 0
        self._asleep = start.woken
        self._ahead = self._behind_the_ledger()
        self._look_ahead()

    @workflow.run
    async def run(self, start: CycleStart) -> str:  # noqa: ARG002 - the state was taken in __init__
        """Run the cycle to its end and say how it ended."""
        if not await self._is_opened():
            return "never opened"
        if self._asleep:
            await self._is_woken()
        post = asyncio.create_task(self._tell())
        while not await self._is_at_its_end():
            await self._do_what_is_due()
            await self._wait_for_next_duty()
            if self._is_long():
                await self._continue_afresh()
        post.cancel()
        return "cancelled" if self._cycle and self._cycle.cancelled_at else "closed"

    @workflow.update
    async def act(self, command: AnyCommand) -> Receipt:
        """Carry out a command; the receipt comes when it stands in the ledger."""
        try:
            async with self._one_at_a_time:
                return await self._carry_out(command)
        finally:
            self._asleep = False

    @act.validator
    def _may_act(self, command: AnyCommand) -> None:
        if command.key in self._answered:
            unless_refused(reused(command, self._answered))
            return
        decision = self._decide(command)
        if isinstance(decision, Refused):
            raise refusal(decision)

    @workflow.update
    async def left_late(self, letter: Carried) -> None:
        """Write down that a letter of the out-tray left late; nothing where that stands or is not so."""
        try:
            await self._own_up([letter.notice], [letter.delivery])
        finally:
            self._asleep = False

    async def _carry_out(self, command: AnyCommand) -> Receipt:
        while True:
            if command.key in self._answered:
                unless_refused(reused(command, self._answered))
                return self._answered[command.key].receipt
            decision = self._decide(command)
            if isinstance(decision, Refused):
                raise unknown(decision) if decision.code == UNKNOWN else refusal(decision)
            if not decision.events:
                return self._nothing_changed(command)
            await self._write(act_of(command), decision.events, self._now(set_back_of(command)))

    def _decide(self, command: AnyCommand) -> Decision:
        calendar = working_calendar(edition_for(command, self._cycle))
        if isinstance(calendar, Refused):
            return calendar
        return decide(self._cycle, command, Moment(now=self._now(set_back_of(command)), calendar=calendar))

    async def _write(self, act: Act, events: tuple[AnyEvent, ...], at: datetime) -> bool:
        """Write events down and apply what stands in the ledger; False if others had come first."""
        entries = entries_of(act, events, at, self._cycle)
        after = add_up(entries, self._cycle)
        letters = told_by(entries, self._cycle) if self._edition >= BY_TRAY else ()
        standing = await workflow.execute_local_activity_method(
            LedgerActivities.record,
            writing_of(entries, after, working_calendar(after.calendar), letters),
            start_to_close_timeout=RECORD_WITHIN,
            retry_policy=RECORD_AGAIN,
        )
        self._take(standing.entries or entries, left=self._edition >= BY_TRAY and not standing.entries)
        return not standing.entries or self._stands(act, standing.entries)

    def _stands(self, act: Act, found: tuple[Entry, ...]) -> bool:
        """Whether this very act was written by an attempt whose answer was lost with its worker."""
        return found[0].key == act.key and workflow.patched(f"{STANDS}/{found[0].version}")

    def _take(self, entries: tuple[Entry, ...], *, left: bool) -> None:
        """Go on from these entries; where their letters were not `left` in the out-tray, tell them here."""
        self._whole = self._whole or workflow.patched(f"{LATER}/{entries[-1].version}")
        for entry in entries:
            self._cycle = apply(self._cycle, entry)
            told = () if left else notices(entry, self._cycle)
            self._to_tell += (one for one in told if self._tells(one, entry.version))
        self._answered = remembered(self._answered, entries)
        self._look_ahead()

    def _tells(self, notice: Notice, version: int) -> bool:
        if self._whole and about_actions(notice):
            return self._knows(ON_ACTIONS, version)
        return self._whole or known_before(notice)

    def _knows(self, patch: str, version: int) -> bool:
        return self._edition >= WHOLE or workflow.patched(f"{patch}/{version}")

    async def _do_what_is_due(self) -> None:
        now = self._now()
        for duty in self._duties():
            if duty.at > now:
                break
            if duties.by_notice(duty):
                self._queue(duty)
                continue
            name = f"{duty.name}/{duty.at:%Y-%m-%dT%H:%M}"
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
        moment = self._moment()
        made = duties.own_events(cycle, duty, moment)
        late = duties.fired_late(duty.name, duty.at, moment.now) if made and self._whole else ()
        return (*made, *late)

    def _queue(self, duty: duties.Duty) -> None:
        notice = duties.notice_of(self._cycle, duty, self._moment()) if self._cycle else None
        if notice and (duty.kind, duty.about) not in self._waiting():
            self._to_tell.append(notice if self._whole else duties.as_before(notice))

    def _waiting(self) -> set[tuple[str, str]]:
        """The duties whose notices are on their way."""
        return {known for one in self._to_tell if (known := duties.waits(one))}

    async def _tell(self) -> None:
        while True:
            await workflow.wait_condition(lambda: bool(self._to_tell))
            self._telling = True
            batch = self._to_tell[:MOST_AT_ONCE]
            wanted = [one for one in batch if self._cycle and duties.still_wanted(self._cycle, one)]
            told = await delivered(wanted) if wanted else []
            for notice, delivery in zip(wanted, told, strict=True):
                note = partial(duties.noted, notice=notice, delivery=delivery, late=self._whole)
                await self._on_own_account(notice.key, note)
            await self._own_up(wanted, told)
            del self._to_tell[: len(batch)]
            self._telling = False
            self._look_ahead()

    async def _own_up(self, wanted: list[Notice], told: list[Delivery]) -> None:
        """Letters that left late, and rungs that were passed over, stand in the record as the duties do."""
        if not (self._whole and self._cycle):
            return
        late = duties.left_late(self._cycle, zip(wanted, told, strict=True), self._moment().calendar)
        if late and self._knows(LETTERS, self._cycle.version):
            await self._on_own_account(f"late/{wanted[0].key}", lambda _cycle: late)

    async def _is_opened(self) -> bool:
        try:
            await workflow.wait_condition(lambda: self._cycle is not None, timeout=PATIENCE_TO_OPEN)
        except TimeoutError:
            await workflow.wait_condition(workflow.all_handlers_finished)
        return self._cycle is not None

    async def _is_woken(self) -> None:
        """Where this run was started for an act on a closed cycle: wait until the act is done, or refused."""
        with suppress(TimeoutError):
            await workflow.wait_condition(lambda: not self._asleep, timeout=PATIENCE_TO_OPEN)

    async def _wait_for_next_duty(self) -> None:
        armed = self._due_next
        timeout = max(armed - self._now(), timedelta(0)) if armed else None
        with suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: self._due_next != armed or self._is_finished() or self._may_leave(),
                timeout=timeout,
                timeout_summary=f"until {armed:%Y-%m-%d %H:%M} UTC" if armed else None,
            )

    def _may_leave(self) -> bool:
        return self._is_long() and not self._telling

    def _is_long(self) -> bool:
        info = workflow.info()
        enough = self._whole and info.get_current_history_length() >= EVENTS_OF_A_RUN
        return enough or info.is_continue_as_new_suggested()

    async def _continue_afresh(self) -> None:
        await workflow.wait_condition(lambda: workflow.all_handlers_finished() and not self._telling)
        workflow.continue_as_new(
            CycleStart(
                reference=self._reference,
                cycle=self._cycle,
                answered=self._answered,
                to_tell=tuple(self._to_tell),
                whole=self._whole,
                edition=NEWEST if self._whole else 0,
            )
        )

    async def _is_at_its_end(self) -> bool:
        """Finished, and still so once every act that had come by then was answered: it may have reopened."""
        if self._is_finished():
            await workflow.wait_condition(workflow.all_handlers_finished)
        return self._is_finished()

    def _is_finished(self) -> bool:
        """Over, everybody told, and nothing left that a closed cycle still does, as a timed correction."""
        over = self._cycle is not None and self._cycle.over
        return over and not self._to_tell and self._due_next is None

    def _look_ahead(self) -> None:
        waiting = self._waiting()
        ahead = (one.at for one in self._duties() if (one.kind, one.about) not in waiting)
        self._due_next = next(ahead, None)

    def _duties(self) -> tuple[duties.Duty, ...]:
        if self._cycle is None:
            return ()
        found = duties.duties(self._cycle, self._moment().calendar)
        return found if self._whole else tuple(one for one in found if not duties.is_later(one))

    def _moment(self) -> Moment:
        calendar = working_calendar(self._cycle.calendar if self._cycle else "")
        if isinstance(calendar, Refused):
            raise unknown(calendar)
        return Moment(now=self._now(), calendar=calendar)

    def _now(self, set_back: timedelta | None = None) -> datetime:
        if set_back is None:
            set_back = self._cycle.set_back if self._cycle else timedelta(0)
        return workflow.now() - set_back + self._ahead

    def _behind_the_ledger(self) -> timedelta:
        """How far this run's clock is behind the last entry: a demonstration's ran ahead of the true one."""
        if self._cycle is None:
            return timedelta(0)
        return max(self._cycle.changed_at - (workflow.now() - self._cycle.set_back), timedelta(0))

    def _nothing_changed(self, command: AnyCommand) -> Receipt:
        version = self._cycle.version if self._cycle else 0
        return Receipt(cycle=command.cycle, version=version, at=self._now(), happened=())
