"""What the panel's page and whoever signs ask, of a real PostgreSQL."""

from datetime import date

import pytest

from schemas.reading import Seen
from store.panel import LINES, OF_PANEL, PanelReads
from store.pool import Pool
from store.reads import Reads
from store.seen import SeenKept
from tests import scenario as s
from tests.rules import acts, session_acts
from tests.rules import findings_acts as about
from tests.rules.table import opened, signed
from tests.store.test_ledger import written

pytestmark = pytest.mark.real


async def test_only_meetings_of_the_panel_are_the_panels(pool: Pool) -> None:
    """A session of another forum is none of them, and before there is one there are none."""
    assert LINES not in OF_PANEL
    assert isinstance(Reads(pool), PanelReads)
    assert (await Reads(pool).panel_meetings()).coming == ()
    table = opened(requests=1)
    table.do(session_acts.fix(table.after(20)))
    await written(pool, table)
    found = await Reads(pool).panel_meetings()
    assert [(one.forum, one.starts_at) for one in found.coming] == [("panel", table.after(20))]
    assert found.past == ()


async def test_published_since_is_what_came_out_or_was_withdrawn_after_an_instant(pool: Pool) -> None:
    """All of it where there was no meeting yet; each with its words."""
    table = signed()
    table.do(s.publish(acts.REF))
    at = table.now
    table.wait(days=3)
    table.do(about.withdraw())
    await written(pool, table)
    reads = Reads(pool)
    rows = await reads.published_since(None)
    assert [(one.cycle, one.version) for one in rows] == [(acts.REF, 1)]
    assert rows[0].withdrawn_at
    assert [one.cycle for one in await reads.published_since(at)] == [acts.REF]
    assert await reads.published_since(table.now) == []


async def test_what_was_read_is_each_persons_own_and_the_first_time_counts(pool: Pool) -> None:
    """Put off twice, the last word counts; said twice, nothing is kept twice."""
    kept = SeenKept(pool)
    for at in (s.wall_now(), s.wall_now()):
        await kept.note_seen("commissioner", acts.REF, 1, at)
    first = await kept.seen("commissioner", [acts.REF])
    await kept.put_off("commissioner", acts.REF, 1, s.wall_now(), date(2027, 1, 4))
    await kept.put_off("commissioner", acts.REF, 1, s.wall_now(), date(2027, 1, 5))
    again = await kept.seen("commissioner", [acts.REF])
    assert again == [
        Seen(cycle=acts.REF, version=1, at=first[0].at, until_on=date(2027, 1, 5)),
    ]
    assert await kept.seen("chief-executive", [acts.REF]) == []
    assert await kept.seen("commissioner", []) == []
