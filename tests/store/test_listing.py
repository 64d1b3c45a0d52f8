"""The list of cycles and the drafts, asked of a real PostgreSQL."""

from datetime import timedelta

from schemas.drafts import Draft
from schemas.listing import SoughtCycles
from schemas.shape import Words
from store.drafts import Drafts
from store.keeping import Keeping
from store.pool import Pool
from store.reads import Reads
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import opened
from tests.store.test_keeping import record

NOW = s.wall_now()
MINE = Draft(
    id="a-draft-of-mine", kind="cycle", person="policy-officer", facts={"title": ("Mine", "")}, version=0,
    begun_at=NOW, changed_by="policy-officer", changed_at=NOW,
)  # fmt: skip


async def test_every_filter_of_the_list_narrows_it_and_the_count_is_of_all(pool: Pool) -> None:
    """By stage, words, objective, whose, lateness and year; a page beyond the end keeps the count."""
    words = Words()
    table = opened(s.draft(), s.draft(lead=s.OTHER_LEAD.person), title=words.ref("Custody: 50% of places"))
    await record(pool, table)
    await Keeping(pool).keep_words(words.kept)
    reads, cycle = Reads(pool), table.cycle
    later = table.now + timedelta(days=400)
    found: dict[str, bool] = {
        "{}": True, '{"standing": "all"}': True, '{"standing": "closed"}': False,
        '{"words": "50% OF"}': True, '{"words": "burglary"}': False,
        f'{{"theme": "{cycle.theme}"}}': True, '{"theme": "nothing"}': False,
        f'{{"who": "{s.OTHER_LEAD.person}"}}': True, f'{{"who": "{cycle.opened_by.person}"}}': True,
        '{"who": "panel-secretariat"}': False, '{"late": true}': False,
        f'{{"year": {acts.REF.split("-")[1]}}}': True, '{"year": 1999}': False,
        '{"order": "due"}': True, '{"order": "session"}': True, '{"order": "opened"}': True,
    }  # fmt: skip
    for sought, there in found.items():
        page = await reads.cycle_list(SoughtCycles.model_validate_json(sought), table.now)
        assert (page.count, len(page.rows)) == ((1, 1) if there else (0, 0)), sought
    [row] = (await reads.cycle_list(SoughtCycles(late=True), later)).rows
    assert row.late
    assert set(row.leads) == {s.LEAD.person, s.OTHER_LEAD.person}
    beyond = await reads.cycle_list(SoughtCycles(), table.now, skip=50)
    assert (beyond.count, beyond.rows) == (1, ())
    assert await reads.cycle_years() == (int(acts.REF.split("-")[1]),)


async def test_titles_are_found_by_words_that_came_later_and_by_none_that_were_erased(pool: Pool) -> None:
    """In the statement that keeps or erases them; a reference is found in either case."""
    words = Words()
    table = opened(title=words.ref("Custody: 50% of places"))
    await record(pool, table)
    reads, custody = Reads(pool), SoughtCycles(words="custody")
    assert (await reads.cycle_list(custody, table.now)).count == 0
    await Keeping(pool).keep_words(words.kept)
    assert (await reads.cycle_list(custody, table.now)).count == 1
    assert [one.reference for one in (await reads.choices("CUSTODY")).rows] == [acts.REF]
    assert [one.reference for one in await reads.cycles(search=acts.REF.lower())] == [acts.REF]
    await pool.execute("delete from texts where ref = $1", table.cycle.title)
    assert (await reads.cycle_list(custody, table.now)).count == 0
    assert "Custody" not in str(await pool.fetch("select * from cycle_titles"))


async def test_a_draft_is_changed_only_by_whoever_saw_its_newest_version(pool: Pool) -> None:
    """Begun once for its key; an older version changes nothing; handed in, it stays as it was."""
    drafts = Drafts(pool)
    first = await drafts.keep_draft(MINE)
    assert first is not None
    assert await drafts.keep_draft(MINE) is None
    theirs = await drafts.keep_draft(first.model_copy(update={"facts": {"title": ("Theirs",)}}))
    assert theirs is not None
    assert theirs.version == 2
    assert await drafts.keep_draft(first) is None
    assert [one.first("title") for one in await drafts.begun("cycle")] == ["Theirs"]
    assert await drafts.begun("cycle", "somebody-else") == ()
    await drafts.hand_in(MINE.id, "HTA-2026-07")
    await drafts.hand_in(MINE.id, "HTA-2026-08")
    assert await drafts.keep_draft(theirs) is None
    await drafts.discard(MINE.id)
    kept = await drafts.draft(MINE.id)
    assert kept is not None
    assert kept.sent_as == "HTA-2026-07"
    assert await drafts.begun("cycle") == ()


async def test_a_draft_that_is_thrown_away_takes_its_words_with_it(pool: Pool) -> None:
    """Nothing of it is left."""
    drafts = Drafts(pool)
    await drafts.keep_draft(MINE)
    await drafts.discard(MINE.id)
    assert await drafts.draft(MINE.id) is None
    assert await pool.fetchval("select count(*) from drafts") == 0
