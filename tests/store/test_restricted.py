"""Restricted cycles and successions on the last wall: it follows them as the rule does."""

from datetime import date, datetime, timedelta

import pytest

from schemas.people import Role
from schemas.viewing import Viewer
from store.pool import Pool, connect
from store.reads import Reads
from store.viewing import SeenPool, looking
from store.walls import AccessKept
from tests.store.checked import CHIEF, OFFICER, check
from tests.store.walled import NOW, TODAY, Land, opening, restriction, viewers

pytestmark = pytest.mark.real


async def test_a_restricted_cycle_is_seen_by_those_who_are_named_and_by_whoever_opens_it(
    face: SeenPool, hand: Pool
) -> None:
    """The walls follow the restriction, the opening and its end; each is on record once."""
    land, kept = Land(), AccessKept(hand)
    land.restricted["HTA-2026-02"] = restriction("HTA-2026-02", "second-policy-officer")
    assert await kept.restrict(land.restricted["HTA-2026-02"], "chief_executive")
    assert not await kept.restrict(land.restricted["HTA-2026-02"], "chief_executive")
    names = ("nobody", "policy-officer", "second-policy-officer", "acc-local-policing", "panel-secretariat")
    for name in names:
        await check(face, land, viewers()[name])
    with looking(OFFICER):
        assert await Reads(face).cycle("HTA-2026-02") is None
        known = await Reads(face).restriction("HTA-2026-02")
        assert known is not None
        assert known.named == ("second-policy-officer",)
    with looking(viewers()["elsewhere-officer"]):
        assert await Reads(face).restriction("HTA-2026-02") is None
    assert await kept.lift("HTA-2026-02", "chief-executive", "chief_executive", "It is over now.", NOW)
    assert not await kept.lift("HTA-2026-02", "chief-executive", "chief_executive", "It is over now.", NOW)
    await check(face, Land(), OFFICER)


async def test_an_opening_ends_by_itself_and_stays_on_record(
    face: SeenPool, hand: Pool, settled: str
) -> None:
    """Whoever opened a restricted cycle sees it, alone, until the hour is over."""
    kept = AccessKept(hand)
    await kept.restrict(restriction("HTA-2026-02", "second-policy-officer"), "chief_executive")
    now: datetime = await hand.fetchval("select now()")
    made = opening("HTA-2026-02", "chief-executive", Role.CHIEF_EXECUTIVE)
    made = made.model_copy(update={"at": now, "until": now + timedelta(minutes=60)})
    assert await kept.open(made)
    assert not await kept.open(made)
    for _ in range(2):
        (untold,) = await kept.untold()
        assert untold == made
    await kept.sweep(made.until + timedelta(days=1), timedelta())
    for _ in range(2):
        await kept.told(untold, now)
        assert await kept.untold() == []
    with looking(CHIEF):
        assert await Reads(face).cycle("HTA-2026-02")
        assert [one.person for one in await Reads(face).openings(made.at)] == ["chief-executive"]
        assert [one.what for one in await Reads(face).access()][:1] == [
            "opened a restricted cycle for 60 minutes"
        ]
    with looking(OFFICER):
        assert await Reads(face).cycle("HTA-2026-02") is None
    async with await connect(settled) as owner:
        await owner.execute(
            "update cycle_access set until = now() - interval '1 second' where until is not null"
        )
    with looking(CHIEF):
        assert await Reads(face).cycle("HTA-2026-02") is None
    assert await kept.lift("HTA-2026-02", "chief-executive", "chief_executive", "It is over now.", NOW)
    await hand.execute("delete from openings")
    await check(face, Land(), OFFICER)


async def test_the_successor_sees_what_it_took_over_and_the_predecessor_no_more(
    face: SeenPool, hand: Pool
) -> None:
    """From the announced day on staff go on for the new body, and the old office holder sees nothing."""
    await hand.execute(
        "insert into successions (office, what, was, was_name, successor, successor_name, from_on, reason,"
        " announced_by) values"
        " ('west-mercia-opcc', 'body', 'west-mercia-opcc', 'W', 'west-mercia-board', 'B',"
        " '2026-10-01', 'Law', 'chief-executive')"
    )
    later = date(2026, 10, 1)
    found = Land(announced=await Reads(hand).successions())
    board = Viewer(person="chair", role=Role.COMMISSIONER, organisation="west-mercia-board", on=later)
    gone = viewers()["commissioner"]
    assert OFFICER
    assert gone
    for viewer in (board, OFFICER, gone):
        for day in (TODAY, later):
            await check(face, found, viewer.model_copy(update={"on": day}))
    assert "whole" in found.parts(board, "HTA-2026-01")
    assert "whole" not in found.parts(board.model_copy(update={"on": TODAY}), "HTA-2026-01")
    assert found.parts(gone.model_copy(update={"on": later}), "HTA-2026-01") == found.parts(
        None, "HTA-2026-01"
    )
    assert "whole" in found.parts(OFFICER.model_copy(update={"on": later}), "HTA-2026-01")
    await hand.execute("delete from successions")


async def test_an_office_that_has_every_cycle_is_still_kept_from_what_is_restricted(
    face: SeenPool, hand: Pool
) -> None:
    """Where one office has taken over all there is, rows are not asked one by one, and show the same."""
    await hand.execute(
        "insert into successions (office, what, was, was_name, successor, successor_name, from_on, reason,"
        " announced_by) values ('west-mercia-opcc', 'body', 'elsewhere-opcc', 'E', 'west-mercia-opcc', 'W',"
        " '2026-08-01', 'Law', 'chief-executive')"
    )
    await AccessKept(hand).restrict(restriction("HTA-2026-03", "second-policy-officer"), "chief_executive")
    land = Land(announced=await Reads(hand).successions())
    land.restricted["HTA-2026-03"] = restriction("HTA-2026-03", "second-policy-officer")
    for name in ("policy-officer", "second-policy-officer", "elsewhere-officer", "acc-local-policing"):
        await check(face, land, viewers()[name])
    with looking(OFFICER):
        assert await face.fetchval("select public.sees_office()")
        assert await Reads(face).restriction("HTA-2026-03")
    await AccessKept(hand).lift("HTA-2026-03", "chief-executive", "chief_executive", "It is over now.", NOW)
    await hand.execute("delete from successions")
