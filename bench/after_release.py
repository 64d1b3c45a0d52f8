"""What must be true of every cycle after a release: each check raises where it is not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from temporalio.client import Client

from bench.stand import Stand
from rules.calendars import WorkingCalendar
from rules.duties import duties
from schemas.clocks import Calendar
from schemas.cycle import Cycle
from store.reads import Reads

TIMERS, NEAR = 100, timedelta(minutes=1)
"""How many workflows are asked for their timer, and how far it may be off: a worker under load is slow."""


async def check(ground: Stand, before: Mapping[str, Cycle], today: date, edition: Calendar) -> None:
    """Every cycle stands under the edition once, each lead was told once, and timers follow."""
    after = {one.reference: one for one in await Reads(ground.pool).counting_by("england-and-wales")}
    _must(after.keys() == before.keys(), "the same cycles are under way")
    _must({one.calendar for one in after.values()} == {edition.version}, "all count by the edition")
    rows = await ground.pool.fetch("select cycle from ledger where kind = 'CalendarChanged'")
    changed = Counter(row["cycle"] for row in rows)
    _must(changed == Counter(list(before)), "one change of calendar stands in each ledger")
    known = WorkingCalendar(edition)
    moved = [_one_day_later(cycle, after[reference], known) for reference, cycle in before.items()]
    _must(all(moved), f"every clock is a working day later than it was on {today}")
    mails = await ground.pool.fetch("select cycle, told from mails where template = 'due_moved'")
    letters = Counter((row["cycle"], *row["told"]) for row in mails)
    leads = Counter((one.reference, request.draft.lead) for one in after.values() for request in one.requests)
    _must(letters == leads, "each lead of each cycle was told once")
    some = list(after.values())[:: max(1, len(after) // TIMERS)]
    _must(await _timers_follow(ground.client, some, known), "timers stand at the next duty")
    print(
        f"  each of {len(after):,} cycles changed once, each lead told once a cycle;"
        f" {len(some)} timers of {len(some)} follow"
    )


def _must(truth: object, what: str) -> None:
    if not truth:
        raise AssertionError(f"not so: {what}")


def _one_day_later(was: Cycle, now: Cycle, known: WorkingCalendar) -> bool:
    """Whether each due day is the working day after the one before, looking at one day after another."""
    pairs = [(a.due, b.due) for a, b in zip(was.requests, now.requests, strict=True)]
    return len(pairs) > 0 and all(a and b and b.on == _next(a.on, known) for a, b in pairs)


def _next(on: date, known: WorkingCalendar) -> date:
    on += timedelta(days=1)
    while not known.is_working(on):
        on += timedelta(days=1)
    return on


async def _timers_follow(client: Client, cycles: Iterable[Cycle], known: WorkingCalendar) -> bool:
    for cycle in cycles:
        ahead, timer = duties(cycle, known), await timer_of(client, cycle.reference)
        if not (timer and ahead and abs(timer - ahead[0].at) < NEAR):
            print(f"  {cycle.reference}: timer {timer}, next duty {ahead[0].at if ahead else None}")
            return False
    return True


async def timer_of(client: Client, reference: str) -> datetime | None:
    """When the one timer that a workflow waits for goes off, by its history; None where it waits for none.

    Raises: ValueError: it waits for several.
    """
    waiting: dict[int, datetime] = {}
    async for event in client.get_workflow_handle(reference).fetch_history_events():
        if event.HasField("timer_started_event_attributes"):
            length = event.timer_started_event_attributes.start_to_fire_timeout.ToTimedelta()
            waiting[event.event_id] = event.event_time.ToDatetime(UTC) + length
        elif event.HasField("timer_canceled_event_attributes"):
            waiting.pop(event.timer_canceled_event_attributes.started_event_id)
        elif event.HasField("timer_fired_event_attributes"):
            waiting.pop(event.timer_fired_event_attributes.started_event_id)
    if len(waiting) > 1:
        raise ValueError(f"{reference} waits for {len(waiting)} timers")
    return next(iter(waiting.values()), None)
