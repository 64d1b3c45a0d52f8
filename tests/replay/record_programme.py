"""Records histories of a programme and its openings: python -m tests.replay.record_programme.

A history is recorded once and kept. Where a replay fails, the code has to change, not the history.
"""

import asyncio
import os
import sys
from datetime import date

from temporalio.client import WorkflowHandle

from engine.appointments import schedule_id
from reference.catalogue import demonstration_people
from rules.clocks import civil, instant
from rules.programme.years import year_of
from schemas.people import Appointment, Role
from schemas.programme import Slot
from schemas.programme.commands import AnyProgrammeCommand, SlotMove
from schemas.programme.records import ProgrammeReceipt
from store.keeping import Keeping
from store.pool import Pool
from tests import programme as p
from tests import scenario as s
from tests.conftest import Office
from tests.replay.record import FOLDER, real_office, write

NAMES = ("programme", "programme-later-run", "opening", "opening-refused")
MORE_THAN_A_RUN = 90


async def done(office: Office, *commands: AnyProgrammeCommand) -> ProgrammeReceipt:
    """Hand in commands that must be accepted; the last receipt."""
    outcomes = [await office.programme.send(command, p.WORDS) for command in commands]
    found = [one for one in outcomes if isinstance(one, ProgrammeReceipt)]
    assert len(found) == len(commands), outcomes
    return found[-1]


async def fired(office: Office, number: str) -> Slot:
    """A slot once its schedule has fired and its opening has come to something."""
    for _ in range(200):
        try:
            await office.engine.client.get_schedule_handle(schedule_id(p.REF, number)).trigger()
            break
        except Exception:  # noqa: BLE001 - the schedule is made a moment after the year was adopted
            await asyncio.sleep(0.1)
    for _ in range(200):
        page = await office.reads.programme(p.REF)
        slot = page.programme.slot(number) if page else None
        if slot and (slot.state == "opened" or slot.refused):
            return slot
        await asyncio.sleep(0.1)
    raise AssertionError(f"{number} came to nothing")


async def perform(office: Office, pool: Pool) -> dict[str, WorkflowHandle[object, object]]:
    """Everything that can happen to a programme, until its second run; the runs to record."""
    client = office.engine.client
    opens = p.working(civil(s.wall_now()), 10)
    later = p.draft(p.working(opens, 30), commitment="SWM-REASSURE-05")
    year = year_of(p.working(opens, 25))
    assert later.session_at
    assert year_of(civil(later.session_at)) == year, "record it while both sessions lie in one year"
    other = p.draft(opens, commitment="SWM-REASSURE-06", held_after=26)
    await done(office, p.begin(), p.propose(p.draft(opens), later, other, year=year), p.adopt(year))
    first = (await client.get_workflow_handle(p.REF).describe()).run_id
    moved = p.working(opens, 31)
    days = {"opens_on": moved, "session_at": instant(p.working(moved, 25), "14:00")}
    await done(office, p.move(SlotMove(slot=f"{year}/02", **days)), p.outside(1), p.outside(2))
    third = p.draft(opens, commitment="SWM-REASSURE-07", held_after=27)
    await done(office, p.decline(1), p.accept(2, year, third), p.drop(f"{year}/04"))
    assert (await fired(office, f"{year}/01")).state == "opened"
    left = Appointment(role=Role.POLICY_OFFICER, from_on=date(2020, 1, 1), to_on=date(2021, 1, 1))
    gone = demonstration_people()["policy-officer"].model_copy(update={"appointments": (left,)})
    await Keeping(pool).keep_people([gone])
    assert (await fired(office, f"{year}/03")).refused
    await Keeping(pool).keep_people([demonstration_people()["policy-officer"]])
    for round_ in range(MORE_THAN_A_RUN):
        draft = later.model_copy(update={**days, "title": s.say(f"Title {round_}")})
        await done(office, p.change(f"{year}/02", draft))
    second = (await client.get_workflow_handle(p.REF).describe()).run_id
    assert first != second
    found = {
        "programme": client.get_workflow_handle(p.REF, run_id=first),
        "programme-later-run": client.get_workflow_handle(p.REF, run_id=second),
    }
    async for one in client.list_workflows('WorkflowType = "OpenSlot"'):
        name = "opening" if f"{year}-01" in one.id else "opening-refused"
        found[name] = client.get_workflow_handle(one.id, run_id=one.run_id)
    return found


async def record_all() -> None:
    """Record what is missing; what is recorded stays."""
    missing = [name for name in NAMES if not (FOLDER / f"{name}.json").exists()]
    if not missing:
        return
    async with real_office() as (office, pool):
        found = await perform(office, pool)
        for name in missing:
            file = write(await found[name].fetch_history(), FOLDER / f"{name}.json")
            sys.stdout.write(f"recorded {file.name}\n")


if __name__ == "__main__":
    asyncio.run(record_all())
    sys.stdout.flush()
    os._exit(0)  # the client library may crash while an interpreter ends
