"""The engine's schedules as the programme wants them: one for each cycle that is to be opened."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleState,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError, RPCStatusCode

from engine.clock import true_now
from rules.programme.years import CAUGHT_UP, openings
from schemas.programme import Programme
from schemas.programme.records import Arrangement, Opening
from schemas.programme.rows import DiaryRow, DiaryState
from workflows.opening import OpenSlotWorkflow

ALMOST_A_SECOND = timedelta(microseconds=999_999)


def schedule_id(programme: str, slot: str) -> str:
    """The schedule of a slot, such as `open/PRG-west-mercia-opcc/2026-03`."""
    return f"open/{programme}/{slot.replace('/', '-')}"


class Appointments:
    """Keeps one schedule a slot. Every method may be repeated."""

    def __init__(self, client: Client, queue: str) -> None:
        self._client = client
        self._queue = queue

    async def arrange(self, wanted: Arrangement) -> None:
        """Make the schedules what is wanted: new ones made, moved ones changed, others taken away."""
        for opening in wanted.openings:
            await self._make(opening)
        for slot in wanted.gone:
            await self._take_away(schedule_id(wanted.programme, slot))

    async def compare(self, programme: Programme) -> list[DiaryRow]:
        """What stands in the diary against what the programme wants, in the order of the numbers."""
        wanted = openings(programme)
        rows = [await self._row(one) for one in wanted]
        kept, prefix = {one.slot for one in wanted}, schedule_id(programme.reference, "")
        async for one in await self._client.list_schedules():
            slot = one.id.removeprefix(prefix).replace("-", "/")
            if one.id.startswith(prefix) and slot not in kept:
                at = one.info.next_action_times[:1] if one.info else []
                rows.append(DiaryRow(slot=slot, standing=at[0] if at else None, state="not_wanted"))
        return sorted(rows, key=lambda one: one.slot)

    async def repair(self, programme: Programme) -> list[DiaryRow]:
        """Make the diary what the programme wants; what had to be mended."""
        wrong = [one for one in await self.compare(programme) if one.wrong]
        slots = {one.slot for one in wrong}
        await self.arrange(
            Arrangement(
                programme=programme.reference,
                openings=tuple(one for one in openings(programme) if one.slot in slots),
                gone=tuple(one.slot for one in wrong if one.state == "not_wanted"),
            )
        )
        return wrong

    async def _row(self, opening: Opening) -> DiaryRow:
        row = DiaryRow(slot=opening.slot, wanted=opening.at, state="missing")
        try:
            found = await self._client.get_schedule_handle(
                schedule_id(opening.programme, opening.slot)
            ).describe()
        except RPCError as gone:
            if gone.status != RPCStatusCode.NOT_FOUND:
                raise
            return row
        standing = next(iter(found.info.next_action_times), None)
        due = standing is None and opening.at <= true_now()
        right: DiaryState = "due" if due else "stands" if standing == _second(opening.at) else "other_hour"
        state: DiaryState = "paused" if found.schedule.state.paused and right != "other_hour" else right
        return row.model_copy(update={"standing": standing, "state": state})

    async def _make(self, opening: Opening) -> None:
        name = schedule_id(opening.programme, opening.slot)
        schedule = self._schedule(name, opening)
        try:
            await self._client.create_schedule(name, schedule)
        except ScheduleAlreadyRunningError:
            await self._client.get_schedule_handle(name).update(_to(schedule))
        if opening.at <= true_now():
            await self._client.get_schedule_handle(name).trigger()

    def _schedule(self, name: str, opening: Opening) -> Schedule:
        return Schedule(
            action=ScheduleActionStartWorkflow(
                OpenSlotWorkflow.run,
                opening,
                id=name,
                task_queue=self._queue,
                static_summary=f"Open {opening.slot} of {opening.programme}",
            ),
            spec=ScheduleSpec(calendars=[_once(opening.at)]),
            policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.ALLOW_ALL, catchup_window=CAUGHT_UP),
            state=ScheduleState(note=f"{opening.slot} opens at {opening.planned_at:%Y-%m-%d %H:%M} UTC"),
        )

    async def _take_away(self, name: str) -> None:
        try:
            await self._client.get_schedule_handle(name).delete()
        except RPCError as gone:
            if gone.status != RPCStatusCode.NOT_FOUND:
                raise


def _once(at: datetime) -> ScheduleCalendarSpec:
    """One instant and no other."""
    on = _second(at)
    return ScheduleCalendarSpec(
        year=[ScheduleRange(on.year)],
        month=[ScheduleRange(on.month)],
        day_of_month=[ScheduleRange(on.day)],
        hour=[ScheduleRange(on.hour)],
        minute=[ScheduleRange(on.minute)],
        second=[ScheduleRange(on.second)],
    )


def _second(at: datetime) -> datetime:
    """An instant as the engine's book has it: it counts whole seconds, and nothing opens before its time."""
    return (at + ALMOST_A_SECOND).astimezone(UTC).replace(microsecond=0)


def _to(schedule: Schedule) -> Callable[[ScheduleUpdateInput], ScheduleUpdate]:
    """Put a schedule in place of whatever stands. One that whoever runs the engine has paused stays so."""

    def changed(before: ScheduleUpdateInput) -> ScheduleUpdate:
        schedule.state.paused = before.description.schedule.state.paused
        return ScheduleUpdate(schedule=schedule)

    return changed
