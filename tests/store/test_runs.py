"""How cycles ran, in a real PostgreSQL: kept behind the ledger, counted by the store."""

from datetime import timedelta

import pytest

from engine.timing import count_up
from schemas.calendar import Layer
from store.pool import Pool
from store.reads import Reads
from store.runs import RunKeeping
from tests.rules import acts
from tests.rules.table import opened, signed
from tests.store.test_ledger import count, written

pytestmark = pytest.mark.real


async def test_what_moved_on_is_counted_and_then_no_more(pool: Pool) -> None:
    """A cycle is behind until it was counted; counting again finds nothing to do."""
    table = signed()
    await written(pool, table)
    keeping = RunKeeping(pool)
    assert await keeping.behind(10) == [acts.REF]
    assert await count_up(keeping) == 1
    assert await keeping.behind(10) == []
    assert await count_up(keeping) == 0
    run = await Reads(pool).run(acts.REF)
    assert run
    assert run.version == len(table.entries)
    assert run.steps


async def test_older_counts_never_replace_newer_ones(pool: Pool) -> None:
    """Two workers count at once: what reaches further stands."""
    table = signed()
    await written(pool, table)
    keeping, reads = RunKeeping(pool), Reads(pool)
    await count_up(keeping)
    newest = await reads.run(acts.REF)
    assert newest
    await keeping.keep_runs([newest.model_copy(update={"version": 1, "sent_back": 9})])
    assert await reads.run(acts.REF) == newest


async def test_insights_add_up_what_was_counted(pool: Pool) -> None:
    """Cycles, answers and quarters are those of the ledger, and a filter that fits nothing finds nothing."""
    await written(pool, signed())
    keeping, reads = RunKeeping(pool), Reads(pool)
    assert (await reads.insights()).behind == 1
    await count_up(keeping)
    run = await reads.run(acts.REF)
    assert run
    found = await reads.insights()
    assert (found.cycles, found.behind, found.years) == (1, 0, (run.year,))
    assert sum(one.asked for one in found.leads) == len(run.answered) == await count(pool, "run_answers")
    assert found.held["force"] == run.holder_days("force")
    assert {one.step: one.median for one in found.steps}["evidence"] == run.step_days("evidence")
    assert (await reads.insights(kind="no-such")).cycles == 0
    assert (await reads.insights(year=1999)).leads == ()


async def test_the_calendar_asks_for_a_day_and_no_more_of_it_than_it_shows(pool: Pool) -> None:
    """Each thing due stands in its layer; a full day gives as many as are wanted and says how many it has."""
    table = opened(requests=3)
    await written(pool, table)
    rows = await pool.fetch("select min(due_at) as first, max(due_at) as last, count(*) as n from deadlines")
    sides = {"force": ["thematic_lead"], "panel": ["panel_member"]}
    span = (rows[0]["first"], rows[0]["last"] + timedelta(days=1))
    reads = Reads(pool)
    found = await reads.due_between(*span, "nobody", sides, ("own", "team", "force", "panel"), of_office=True)
    assert len(found) == rows[0]["n"]
    one = await reads.due_between(
        *span, "nobody", sides, ("own", "team", "force", "panel"), of_office=True, most=1
    )
    days = {row.due_at.date() for row in found}
    assert len(one) == len(days)
    assert max(row.of_day for row in one) == max(
        sum(other.due_at.date() == day for other in found) for day in days
    )
    assert await reads.due_between(*span, "nobody", sides, ("panel",), of_office=True) == []


@pytest.mark.parametrize("of_office", [True, False])
async def test_the_calendar_says_the_same_of_all_layers_as_of_each(pool: Pool, *, of_office: bool) -> None:
    """Whoever asks for all is answered by other words, which come to the same."""
    await written(pool, opened(requests=3))
    rows = await pool.fetch("select min(due_at) as first, max(due_at) as last from deadlines")
    sides = {"force": ["thematic_lead"], "panel": ["panel_member"]}
    span = (rows[0]["first"], rows[0]["last"] + timedelta(days=1))
    layers: tuple[Layer, ...] = ("own", "team", "force", "panel")
    reads, person = Reads(pool), "policy-officer" if of_office else "acc-local-policing"
    whole = await reads.due_between(*span, person, sides, layers, of_office=of_office)
    each = [
        row
        for layer in layers
        for row in await reads.due_between(*span, person, sides, (layer,), of_office=of_office)
    ]
    assert {"own"} <= {row.layer for row in whole}
    told = {(row.key, row.layer, row.title, row.about, row.forum) for row in whole}
    assert told == {(row.key, row.layer, row.title, row.about, row.forum) for row in each}
    assert len(whole) == len(each)


async def test_commitments_of_withdrawn_findings_were_not_heard(pool: Pool) -> None:
    """Published findings count for their commitments until they are withdrawn."""
    await written(pool, signed())
    await pool.execute(
        "insert into publications (cycle, version, published_at, fingerprint, theme, facts)"
        " values ('HTA-2026-77', 1, now(), repeat('a', 64), 'victims', $1::jsonb)",
        '{"commitments": ["SWM-VICTIMS-01"], "title": null, "judgements": [], "actions": [], "evidence": [],'
        ' "decisions": []}',
    )
    reads = Reads(pool)
    assert [(one.commitment, one.times) for one in await reads.heard("SWM-VICTIMS-01")] == [
        ("SWM-VICTIMS-01", 1)
    ]
    assert [one.cycle for one in await reads.findings_about("SWM-VICTIMS-01")] == ["HTA-2026-77"]
    await pool.execute("update publications set withdrawn_at = now() where cycle = 'HTA-2026-77'")
    assert await reads.heard("SWM-VICTIMS-01") == []


async def test_the_newest_figure_of_a_period_stands(pool: Pool) -> None:
    """A corrected figure replaces the one before; a measure that was not asked for is not shown."""
    for place, (name, value) in enumerate((("calls", 80), ("calls", 81), ("other", 5))):
        await pool.execute(
            "insert into outside_events (source, id, digest, type, body, via, received_at)"
            " values ('urn:x', $1, repeat('a', 64), 'answerable.measure.observed', $2::jsonb, 'import',"
            " now() + $3)",
            f"{place}", f'{{"data": {{"measure": "{name}", "period": "2026-Q2", "value": {value}}}}}',
            timedelta(seconds=place),
        )  # fmt: skip
    figures = await Reads(pool).figures(["calls"])
    assert [(one.measure, one.value) for one in figures] == [("calls", 81)]
