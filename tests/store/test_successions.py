"""What is announced is kept once, and the open cycles of an office are found under all its names."""

import pytest
from asyncpg import CheckViolationError

from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from tests import scenario as s
from tests.rules import acts, outcome_acts
from tests.rules.succession_acts import NEW, OLD, announced, force
from tests.rules.table import MONDAY, opened
from tests.store.test_ledger import writings, written

pytestmark = pytest.mark.real
LATER = MONDAY.date().replace(year=2028)


async def test_an_announcement_is_kept_with_who_when_and_why(pool: Pool) -> None:
    """Soonest first; of one office, or of all."""
    keeping, reads = Keeping(pool), Reads(pool)
    assert await keeping.keep_succession(announced(LATER, recorded_late="Why", source="prsra-2011.s1"))
    assert await keeping.keep_succession(force(LATER.replace(year=2027)))
    found = await reads.successions(OLD)
    assert [one.what for one in found] == ["force", "body"]
    assert found[1].announced_at
    assert found[1].model_copy(update={"announced_at": None}) == announced(
        LATER, recorded_late="Why", source="prsra-2011.s1"
    )
    assert await reads.successions("another-office") == []
    assert len(await reads.successions()) == 2


@pytest.mark.parametrize(
    "facts",
    [
        {"to": "another"},
        {"was": "another", "from_on": LATER.replace(year=2029)},
        {"was": NEW, "to": "another"},
    ],
)
async def test_what_stands_in_the_way_keeps_a_second_one_out(pool: Pool, facts: dict[str, object]) -> None:
    """The same predecessor, the same successor, or the same day: whoever comes second is told so."""
    keeping = Keeping(pool)
    assert await keeping.keep_succession(announced(LATER))
    assert not await keeping.keep_succession(announced(LATER).model_copy(update=facts))
    assert len(await Reads(pool).successions(OLD)) == 1


async def test_one_that_is_taken_back_makes_room_and_stays_on_record(pool: Pool) -> None:
    """With who took it back and why; taken back once."""
    keeping, reads = Keeping(pool), Reads(pool)
    assert await keeping.keep_succession(announced(LATER))
    assert await keeping.take_back_succession(announced(LATER), "chief-executive", "A wrong name")
    assert not await keeping.take_back_succession(announced(LATER), "chief-executive", "Again")
    assert await reads.successions(OLD) == []
    assert await keeping.keep_succession(announced(LATER, to="another"))
    row = await pool.fetchrow(
        "select taken_back_by, taken_back_for from successions where successor = $1", NEW
    )
    assert tuple(row or ()) == ("chief-executive", "A wrong name")


async def test_nobody_follows_themselves(pool: Pool) -> None:
    """The table itself refuses it."""
    with pytest.raises(CheckViolationError):
        await Keeping(pool).keep_succession(announced(LATER, to=OLD))


async def test_open_cycles_are_found_with_their_names(pool: Pool) -> None:
    """Not those that are over, and not another office's."""
    table, reads = opened(), Reads(pool)
    names = {"was_name": s.say("Old name"), "to_name": s.say("New name")}
    table.do(outcome_acts.succeed(LATER, NEW, **names))
    await written(pool, table)
    await Keeping(pool).keep_words(s.WORDS.kept)
    [page] = await reads.open_under((OLD, NEW))
    assert str(page.names_on("body", LATER)) == f"New name (before {LATER:%-d %B %Y}: Old name)"
    assert await reads.open_under(("another",)) == []
    table.do(acts.cancel())
    await Ledger(pool).record(writings(table)[-1])
    assert await reads.open_under((OLD, NEW)) == []
