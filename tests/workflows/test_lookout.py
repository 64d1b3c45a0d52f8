"""The rounds: the import folder, and the schedules of the real engine that start them."""

import asyncio
import json
import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from temporalio.client import Schedule, ScheduleRange, ScheduleUpdate, ScheduleUpdateInput
from temporalio.testing import WorkflowEnvironment

from activities.outside import OutsideActivities
from clients.import_folder import ImportFolder
from engine.connection import employ
from engine.sweeps import EVERY, MORNING, arrange_sweeps, sweep_ids
from schemas.outside import Promise, Swept
from store.ledger import Ledger
from store.pool import Pool
from tests import scenario as s
from tests.conftest import Office, PostBag
from tests.events import Outside, outside_of
from workflows.sweep import LookAheadWorkflow, LookOutsideWorkflow

pytestmark = pytest.mark.real
MEASURES = (
    "measure,value,previous,period\n"
    "999-answered-within-10-seconds,87.5,91,October 2026\n"
    "999-answered-within-10-seconds,92,87.5,November 2026\n"
)

LONG_AGO = Promise(
    id="long-ago",
    commitment="SWM-REFORM-05",
    title="the control centre",
    due_on=date(2026, 1, 5),
    source="local.outside",
    mark="not_verified",
)


@pytest.fixture
async def watched(office: Office, pool: Pool, tmp_path: Path) -> Outside:
    """An office that watches a folder."""
    folder = ImportFolder(tmp_path / "import", settled=0)
    outside = outside_of(office, pool, f"PRG-test-{s.key()}", folder=folder)
    await outside.begin()
    await outside.lookout.look()
    return outside


async def looked(watched: Outside) -> Swept:
    """Two rounds: a file is read once it has been seen twice."""
    await watched.lookout.look()
    return await watched.lookout.look()


async def test_measures_in_the_folder_are_taken_and_the_file_says_what_came_of_it(
    watched: Outside, tmp_path: Path
) -> None:
    """Each row once, also where the whole file is put there again."""
    folder = tmp_path / "import"
    (folder / "october.csv").write_text(MEASURES, encoding="utf-8")
    first = await looked(watched)
    assert (first.files, first.events, first.again, first.wrong_files) == (1, 2, 0, 0)
    assert "2 rows: 2 new, 0 here before, 0 refused." in (folder / "done" / "october.csv.why.txt").read_text(
        "utf-8"
    )
    (folder / "october.csv").write_text(MEASURES, encoding="utf-8")
    second = await looked(watched)
    assert (second.files, second.events, second.again) == (1, 0, 2)
    assert (folder / "done" / "october-2.csv").exists()
    assert [one.rule for one in (await watched.programme()).proposals] == ["999-answered-slowly"]
    assert {one.via for one in await watched.records.outside()} == {"import"}


async def test_a_file_with_one_wrong_row_is_put_aside_whole(watched: Outside, tmp_path: Path) -> None:
    """Nothing of it is taken, and the note beside it says which rows to mend; the next file is read."""
    folder = tmp_path / "import"
    (folder / "a.csv").write_text(MEASURES + "x,many,1,p\n,1,1,p\n", encoding="utf-8")
    (folder / "b.json").write_text("{", encoding="utf-8")
    (folder / "c.xlsx").write_text("what", encoding="utf-8")
    good = {"specversion": "1.0", "id": "1", "source": "urn:test", "type": "weather.report"}
    (folder / "d.jsonl").write_text(json.dumps(good), encoding="utf-8")
    swept = await looked(watched)
    assert (swept.files, swept.wrong_files, swept.events) == (1, 3, 1)
    note = (folder / "wrong" / "a.csv.why.txt").read_text("utf-8").splitlines()
    assert note[0].startswith("Nothing of this file was taken: 2 of 4 rows cannot be read.")
    assert note[1:] == [
        "Row at line 4: value is no number in this row; write one such as 90 or 87.5.",
        "Row at line 5: measure is missing in this row.",
    ]
    assert "Only .json, .jsonl or .csv" in (folder / "wrong" / "c.xlsx.why.txt").read_text("utf-8")
    assert len(await watched.records.outside()) == 1


async def test_a_figure_that_changed_under_its_name_is_refused_by_itself(
    watched: Outside, tmp_path: Path
) -> None:
    """The other rows are taken, and the note says which one was not and why."""
    folder = tmp_path / "import"
    (folder / "one.csv").write_text(MEASURES, encoding="utf-8")
    await looked(watched)
    changed = MEASURES.replace(",92,", ",93,") + "other,1,1,2026\n"
    (folder / "two.csv").write_text(changed, encoding="utf-8")
    swept = await looked(watched)
    assert (swept.wrong_files, swept.events, swept.again, swept.refused) == (1, 1, 1, 1)
    note = (folder / "wrong" / "two.csv.why.txt").read_text("utf-8")
    assert "The others were taken" in note
    assert "Row at line 3: The event 999-answered-within-10-seconds/November 2026" in note


async def test_the_schedules_are_made_once_and_start_the_rounds(
    office: Office, pool: Pool, engine: WorkflowEnvironment, tmp_path: Path
) -> None:
    """By every worker that starts, at once; what an operator paused stays paused; a round does the work."""
    queue, ref = f"q-{secrets.token_hex(6)}", f"PRG-test-{s.key()}"
    folder = ImportFolder(tmp_path, settled=0)
    outside = outside_of(office, pool, ref, folder=folder, promises=(LONG_AGO,))
    await outside.begin()
    await asyncio.gather(*(arrange_sweeps(engine.client, queue) for _ in range(3)))
    often, daily = (engine.client.get_schedule_handle(name) for name in sweep_ids(queue))
    for handle in (often, daily):
        await handle.pause(note="Not today.")
    await daily.update(_every_day_at(3))
    await arrange_sweeps(engine.client, queue)
    seen = (await daily.describe()).schedule
    assert (seen.state.paused, seen.spec.calendars[0].hour[0].start) == (True, MORNING)
    assert (await often.describe()).schedule.spec.intervals[0].every == EVERY
    beside = OutsideActivities(outside.lookout).all()
    async with employ(engine.client, queue, Ledger(pool), PostBag(), beside=beside):
        (tmp_path / "m.csv").write_text(MEASURES, encoding="utf-8")
        for n in (1, 2):
            name = f"look-{queue}-{n}"
            swept = await engine.client.execute_workflow(LookOutsideWorkflow.run, id=name, task_queue=queue)
        assert (swept.files, swept.events) == (1, 2)
        await daily.trigger()
        for _ in range(100):
            if len((await outside.programme()).proposals) == 2:
                break
            await asyncio.sleep(0.1)
        ahead = await engine.client.execute_workflow(
            LookAheadWorkflow.run, id=f"ahead-{queue}", task_queue=queue
        )
    for handle in (often, daily):
        await handle.delete()
    assert (ahead.events, ahead.again) == (0, 1)
    rules = {one.rule for one in (await outside.programme()).proposals}
    assert rules == {"999-answered-slowly", "promise-due"}


def _every_day_at(hour: int) -> Callable[[ScheduleUpdateInput], ScheduleUpdate]:
    def changed(found: ScheduleUpdateInput) -> ScheduleUpdate:
        schedule: Schedule = found.description.schedule
        schedule.spec.calendars[0].hour = (ScheduleRange(hour),)
        return ScheduleUpdate(schedule=schedule)

    return changed
