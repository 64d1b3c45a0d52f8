"""A pre-flight replays what is open under the code as it is now, and says what would break, and where."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from temporalio.api.history.v1 import History

from engine.connection import WORKFLOWS
from engine.preflight import Difference, Judged, Taken, look_at
from engine.preflight.replaying import replayed
from tests.engine.changed import FILES, Change, every_point, history, kind_of, line_with, taken

POST = "        post = asyncio.create_task(self._tell())\n"
TOLD = "            self._telling = False\n            self._look_ahead()"
DELIVERED = "            told = await delivered(wanted) if wanted else []"
QUEUED = "    def _queue(self, duty: duties.Duty) -> None:\n"
NO_POST = "            told = [Delivery(delivered=True, told=(), at=workflow.now()) for _ in wanted]"
ALL = [file.stem for file in FILES]
CYCLES = [one for one in ALL if kind_of(history(one)) == "Cycle"]


async def breaks(workflow: type, one: Taken) -> Difference | None:
    """How one history breaks."""
    [judged] = await replayed([workflow], [one])
    return judged.breaks


async def test_every_recorded_history_goes_on_under_the_present_code() -> None:
    """None breaks, and the number of their events is told."""
    judged = await replayed(WORKFLOWS, [taken(history(name)) for name in ALL])
    assert [(one.workflow_id, one.breaks) for one in judged] == [(name, None) for name in ALL]
    assert [one.events for one in judged] == [len(history(name).events) for name in ALL]


@pytest.mark.parametrize("name", ["rapid", "public", "thematic"])
async def test_no_point_of_a_cycle_is_taken_for_a_break(name: str) -> None:
    """A cycle is open at each of its points in turn, also while a worker is at work: nothing is reported."""
    judged = await replayed(WORKFLOWS, every_point(history(name)))
    assert [one.workflow_id for one in judged if one.breaks] == []


async def test_an_ordinary_activity_in_place_of_a_local_one_is_named_with_its_line(changed: Change) -> None:
    """The event, what it is, what the code asks for instead, and the line that asks."""
    was, now = "workflow.execute_local_activity_method", "workflow.execute_activity_method(\n"
    workflow = changed("ordinary", (f"{was}(\n", now))
    found = await breaks(workflow, taken(history("rapid")))
    assert found is not None
    assert (found.event, found.event_type) == (6, "MARKER_RECORDED")
    assert (found.had, found.asks) == ("the local activity record (1)", "the activity record (1)")
    assert found.line == line_with(workflow, "standing = await workflow.execute_activity_method(", "_write")


async def test_a_timer_that_was_not_there_is_named_with_its_line(changed: Change) -> None:
    """It takes the number of the timer that the history has."""
    workflow = changed("sleeping", (POST, f"        await workflow.sleep(1)  # new\n{POST}"))
    found = await breaks(workflow, taken(history("rapid")))
    assert found is not None
    assert found.event_type == "TIMER_STARTED"
    assert found.had.startswith("timer 2 of 30 days")
    assert found.asks == "timer 2 of 0:00:01"
    assert found.line == line_with(workflow, "# new", "run")


async def test_a_timer_that_is_gone_is_caught(changed: Change) -> None:
    """The history has a timer where the code goes on to the next activity."""
    workflow = changed("timeless", ("                timeout=timeout,\n", "                timeout=None,\n"))
    found = await breaks(workflow, taken(history("rapid")))
    assert found is not None
    assert found.event_type == "TIMER_STARTED"
    assert found.asks == "the activity deliver (2)"


async def test_an_activity_that_is_gone_is_caught(changed: Change) -> None:
    """The code asks for nothing where the history has the post."""
    found = await breaks(changed("postless", (DELIVERED, NO_POST)), taken(history("rapid")))
    assert found is not None
    assert (found.event_type, found.had) == ("ACTIVITY_TASK_SCHEDULED", "the activity deliver (2)")


async def test_another_order_is_caught(changed: Change) -> None:
    """The answer comes before the act is written down."""
    workflow = changed("hasty", ("if not decision.events:", "if True:"))
    found = await breaks(workflow, taken(history("public")))
    assert found is not None
    assert found.event_type == "MARKER_RECORDED"
    assert found.asks.startswith("an answer to the act OpenCycle/")


@pytest.mark.parametrize("sleep", ["asyncio.sleep(5)", "workflow.sleep(5)"])
async def test_what_is_added_after_the_last_event_is_caught(changed: Change, sleep: str) -> None:
    """Temporal's own replay lets it pass: the history ends before anything could come of it."""
    workflow = changed("sleepy", (TOLD, f"{TOLD}\n            await {sleep}"))
    one = taken(history("demonstration-planned"))
    found = await breaks(workflow, one)
    assert found is not None
    assert (found.event, found.had, found.asks) == (14, "nothing more", "timer 3 of 0:00:05")
    assert found.line == line_with(workflow, f"await {sleep}", "_tell")


async def test_what_is_gone_after_the_last_event_is_caught(changed: Change) -> None:
    """The newest event is a post that this code would not have sent."""
    whole = history("demonstration-planned")
    until = next(
        one.event_id for one in whole.events if one.HasField("activity_task_scheduled_event_attributes")
    )
    found = await breaks(changed("silent", (DELIVERED, NO_POST)), taken(whole, until))
    assert found is not None
    assert (found.event, found.had) == (until, "the activity deliver (2)")


async def test_a_timer_that_would_be_set_to_another_instant_is_caught(changed: Change) -> None:
    """Temporal would let it pass, and the cycle would sleep on until the hour that was set before."""
    armed = "timeout = max(armed - self._now(), timedelta(0)) if armed else None"
    workflow = changed("later", (armed, armed.replace("- self._now()", "- self._now() + timedelta(days=1)")))
    whole = history("rapid")
    started = next(one.event_id for one in whole.events if one.HasField("timer_started_event_attributes"))
    tasks = (one.event_id for one in whole.events if one.HasField("workflow_task_scheduled_event_attributes"))
    found = await breaks(workflow, taken(whole, next(one for one in tasks if one > started) - 1))
    assert found is not None
    assert (found.event, found.event_type) == (started, "TIMER_STARTED")
    assert found.had != found.asks
    assert found.line
    assert found.line.endswith("_wait_for_next_duty")


async def test_a_patched_change_breaks_nothing(changed: Change) -> None:
    """Cycles that began before go on in the old way."""
    slowly = (
        "            if wanted and workflow.patched('slowly'):\n                await workflow.sleep(3)\n"
    )
    patched = changed("patched", (DELIVERED, f"{slowly}{DELIVERED}"))
    judged = await replayed([patched], [taken(history(name)) for name in CYCLES])
    assert [one.breaks for one in judged] == [None] * len(CYCLES)


async def test_a_change_that_touches_one_of_several_histories_names_that_one(changed: Change) -> None:
    """Only the cycle that was paused asks for the timer."""
    new = "        if self._cycle and self._cycle.paused_at:\n            await workflow.sleep(7)\n"
    armed = "        armed = self._due_next\n"
    workflow = changed("pausing", (armed, f"{new}{armed}"))
    judged = await replayed([workflow], [taken(history(name)) for name in ("public", "rapid", "performance")])
    assert [one.workflow_id for one in judged if one.breaks] == ["rapid"]


async def test_an_error_in_the_code_is_named_with_its_line(changed: Change) -> None:
    """What was raised, and where; cycles that do not come there go on."""
    raising = "        raise KeyError(duty.name)  # new\n"
    workflow = changed("raising", (QUEUED, QUEUED + raising))
    judged = await replayed([workflow], [taken(history(name)) for name in ("rapid", "demonstration-planned")])
    assert judged[1].breaks is None
    found = judged[0].breaks
    assert found is not None
    assert (found.event_type, found.asks) == ("WORKFLOW_TASK_STARTED", "an error: KeyError: 'remind/1'")
    assert found.line == line_with(workflow, "# new", "_queue")


async def test_a_workflow_that_the_code_no_longer_has_is_named(changed: Change) -> None:
    """By the name that the history has; the others are looked at all the same."""
    renamed = changed("renamed", ('@workflow.defn(name="Cycle"', '@workflow.defn(name="Inquiry"'))
    found = await breaks(renamed, taken(history("public")))
    assert found is not None
    assert found.asks == "a workflow named Cycle, which this code does not have"


async def test_several_processes_find_what_one_finds() -> None:
    """In the same order, with the calendars that the starting process knows."""

    async def parcels() -> AsyncIterator[list[Taken]]:
        for name in ALL:
            yield [taken(history(name))]

    def said(judged: list[Judged]) -> list[tuple[str, int, object]]:
        return [(one.workflow_id, one.events, one.breaks) for one in judged]

    alone, together = await look_at(parcels(), 1), await look_at(parcels(), 2)
    assert said(alone) == said(together)
    assert [one.workflow_id for one in together] == ALL


async def test_what_is_owed_after_the_last_act_is_what_the_code_adds_up_to() -> None:
    """By the keys of the board, with the version of the cycle."""
    [judged] = await replayed(WORKFLOWS, [taken(history("demonstration-planned"))])
    assert judged.version == 2
    assert judged.deadlines is not None
    assert list(judged.deadlines) == ["session/1"]


async def test_an_endless_loop_is_told_as_one(changed: Change) -> None:
    """Temporal gives it up after two seconds; so do we. This one ends after six: nobody could stop it."""
    loop = "        end = time.monotonic() + 6\n        while time.monotonic() < end:\n            pass\n"
    workflow = changed(
        "looping", (QUEUED, QUEUED + loop), ("import asyncio\n", "import asyncio\nimport time\n")
    )
    found = await asyncio.wait_for(breaks(workflow, taken(history("thematic"))), 60)
    assert found is not None
    assert found.asks == "no end: a loop that never waits"


def test_histories_are_read_back_as_they_were() -> None:
    """The bytes of a history hold every event."""
    one = history("public")
    assert list(History.FromString(taken(one).content).events) == list(one.events)
