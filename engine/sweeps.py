"""The schedules by which we look outside: every minute, and every morning. Each worker makes sure of them."""

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from workflows.sweep import LookAheadWorkflow, LookOutsideWorkflow

EVERY = timedelta(minutes=1)
MORNING = 6
"""The hour in London at which promises are looked through: before anybody is at work."""
LATELY, WITHIN_A_DAY = timedelta(minutes=2), timedelta(hours=24)
"""How long after its hour a missed round is made up for; the next one does the same work anyway."""


def sweep_ids(queue: str) -> tuple[str, str]:
    """The names of both schedules for the workers of a queue."""
    return f"look-outside/{queue}", f"look-ahead/{queue}"


async def arrange_sweeps(client: Client, queue: str) -> None:
    """Make both schedules, or bring them to what they are to be. May be repeated, by several at once."""
    for name, schedule in zip(sweep_ids(queue), sweeps(queue), strict=True):
        await arrange(client, name, schedule)


def sweeps(queue: str) -> tuple[Schedule, Schedule]:
    """The round of every minute and the round of every morning. A round that takes long is not overtaken."""
    often, daily = sweep_ids(queue)
    return (
        Schedule(
            action=ScheduleActionStartWorkflow(LookOutsideWorkflow.run, id=often, task_queue=queue),
            spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=EVERY)]),
            policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=LATELY),
        ),
        Schedule(
            action=ScheduleActionStartWorkflow(LookAheadWorkflow.run, id=daily, task_queue=queue),
            spec=ScheduleSpec(
                calendars=[ScheduleCalendarSpec(hour=(ScheduleRange(MORNING),))],
                time_zone_name="Europe/London",
            ),
            policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=WITHIN_A_DAY),
        ),
    )


async def arrange(client: Client, name: str, schedule: Schedule) -> None:
    """Make a schedule, or bring it to what it is to be; whether an operator paused it stays as it is."""
    try:
        await client.create_schedule(name, schedule)
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(name).update(lambda found: _as_wanted(found, schedule))


def _as_wanted(found: ScheduleUpdateInput, wanted: Schedule) -> ScheduleUpdate:
    """The schedule as it is to be; whether an operator paused it stays as it is."""
    wanted.state = found.description.schedule.state
    return ScheduleUpdate(schedule=wanted)
