"""Editions of local standards in a real PostgreSQL: kept once, and who still follows an earlier one."""

import pytest

from reference.catalogue import standards
from schemas.standards import BehindPage
from store.keeping import Keeping
from store.pool import Pool
from store.reads import Reads
from tests.rules import acts
from tests.rules.table import opened
from tests.store.test_ledger import written

pytestmark = pytest.mark.real
OFFICE = "west-mercia-opcc"


async def test_an_edition_is_kept_once(pool: Pool) -> None:
    """Whoever comes second with the same number is told, and what was kept stands."""
    second = standards()["performance"].model_copy(update={"edition": 2, "review_days": 4})
    other = second.model_copy(update={"review_days": 9})
    assert await Keeping(pool).keep_standards(OFFICE, second, "policy-officer", "Leads asked.")
    assert not await Keeping(pool).keep_standards(OFFICE, other, "chief-executive", "Why not.")
    assert await Reads(pool).standards(OFFICE) == {"performance": second}
    (made,) = await Reads(pool).standards_history(OFFICE, "performance")
    assert (made.changed_by, made.reason) == ("policy-officer", "Leads asked.")


async def test_cycles_under_way_that_follow_an_earlier_edition_are_named(pool: Pool) -> None:
    """Of that kind alone, the first of them with how many there are; none that is over."""
    table = opened(requests=1)
    await written(pool, table)
    kind, reads = table.cycle.standards.id, Reads(pool)
    assert (await reads.behind(kind, 1)).all == 0
    found = await reads.behind(kind, 2)
    assert [(one.cycle, one.edition) for one in found.rows] == [(acts.REF, 1)]
    assert (await reads.behind("rapid" if kind != "rapid" else "thematic", 2)).all == 0
    newer = "jsonb_set(state, '{standards,edition}', '2')"
    await pool.execute(f"update cycles set state = {newer}")  # noqa: S608 - our own words
    assert (await reads.behind(kind, 2)).all == 0
    assert [one.edition for one in (await reads.behind(kind, 3)).rows] == [2]
    assert (await reads.behind(kind, 3, most=0)).all == 1
    await pool.execute("update cycles set stage = 'closed'")
    assert (await reads.behind(kind, 3)) == BehindPage(rows=(), all=0)
