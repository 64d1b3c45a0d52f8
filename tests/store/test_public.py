"""What everybody searches, in a real PostgreSQL: found by its words, corrected, gone once withdrawn."""

from datetime import timedelta

import pytest

from rules.publishing.following import late_before
from schemas import events as e
from schemas.searching import MARK_FROM, MARK_TO, Hits, Wanted
from store.pool import Pool
from store.reads import Reads
from store.viewing import connect_face, looking
from tests.scenario import LEAD, PUBLISHER
from tests.shell import own_database
from tests.store.told import write_down
from tests.web_public import sample as s

pytestmark = pytest.mark.real
OTHER = "HTA-2026-08"


async def two(pool: Pool) -> Reads:
    """Two sets of findings, the second on another objective and about dogs."""
    await write_down(pool, s.told())
    story = s.told("The kennels were visited.", OTHER, "How are police dogs kept?")
    opening = story.entries[0]
    story.entries[0] = opening.model_copy(
        update={"event": opening.event.model_copy(update={"theme": "victims"})}
    )
    await write_down(pool, story)
    return Reads(pool)


async def found(reads: Reads, **wanted: object) -> list[str]:
    """The references that a search finds, in its order."""
    hits = await reads.search(Wanted.model_validate(wanted))
    return [one.row.cycle for one in hits.hits]


async def test_words_are_found_in_any_form_and_marked_where_they_stand(pool: Pool) -> None:
    """English word forms, phrases, words left out, a reference; each matched word between its marks."""
    reads = await two(pool)
    for words in ("kennel visiting", '"police dogs"', "dogs -rota", "hta-2026-08", "HTA-2026-08 dog"):
        assert await found(reads, words=words) == [OTHER], words
    assert await found(reads, words="zebra") == []
    assert (await reads.search(Wanted(words="dogs"))).published == 2
    hit = (await reads.search(Wanted(words="kennel"))).hits[0]
    assert f"{MARK_FROM}kennels{MARK_TO}" in hit.snippet


async def test_what_somebody_types_is_never_read_as_a_query_language(pool: Pool) -> None:
    """Operators, quotes and percent signs find nothing or something, and never fail."""
    reads = await two(pool)
    for words in ("dogs & | !", "'; drop table texts; --", '"unclosed', "((", ":*", "%", "\\", "<->"):
        assert isinstance(await reads.search(Wanted(words=words)), Hits)
    assert (await reads.search(Wanted(words="the of"))).common
    assert await found(reads) == [OTHER, s.REFERENCE]


async def test_filters_narrow_and_answer_together(pool: Pool) -> None:
    """Objective, judgement, year, what is still open, and how much there is in all."""
    reads = await two(pool)
    assert await found(reads, objective="victims") == [OTHER]
    assert await found(reads, judgement="not_assured", objective="reassuring") == [s.REFERENCE]
    assert await found(reads, year=2025) == []
    assert await found(reads, open=True, words="kennels") == [OTHER]
    first = await reads.search(Wanted(), 1, 1)
    assert (first.count, first.published, first.years, first.hits[0].row.cycle) == (
        2,
        2,
        (2026,),
        s.REFERENCE,
    )


async def test_a_title_weighs_more_than_the_small_print(pool: Pool) -> None:
    """What asks about dogs comes before what mentions them."""
    await write_down(pool, s.told("The report mentions kennels."))
    await write_down(pool, s.told("Nothing.", OTHER, "How are the kennels kept?"))
    assert await found(Reads(pool), words="kennels") == [OTHER, s.REFERENCE]


async def test_a_correction_takes_the_place_of_what_it_corrects(pool: Pool) -> None:
    """The words of the first version are no longer found; those of the second are, and the mark has moved."""
    story = s.told("The kennels were visited.")
    await write_down(pool, story)
    reads, before = Reads(pool), len(story.entries)
    marks = await reads.public_mark(), await reads.published_mark()
    s.published(story, "The stables were visited.", s.day("11-20"), "Better than we said.")
    await write_down(pool, story, before)
    assert await found(reads, words="kennels") == []
    assert await found(reads, words="stables") == [s.REFERENCE]
    assert (await reads.public_mark(), await reads.published_mark()) != marks
    assert len([row async for row in reads.every_publication()]) == 2


async def test_what_is_withdrawn_is_not_found_by_any_of_its_words(pool: Pool) -> None:
    """In the statement that withdraws it; it is still listed, with the notice."""
    story = s.told("The kennels were visited.")
    await write_down(pool, story)
    before, reads = len(story.entries), Reads(pool)
    notice = story.words.ref("They named somebody.")
    story.then(s.day("11-20"), PUBLISHER, e.FindingsWithdrawn(version=1, notice=notice))
    await write_down(pool, story, before)
    assert await found(reads, words="kennels") == []
    assert await found(reads, open=True) == []
    listed = (await reads.search(Wanted())).hits[0].row
    assert listed.withdrawal == "They named somebody."
    assert "kennels" not in str(await pool.fetch("select * from findings_search"))


async def test_words_that_are_erased_are_no_longer_found(pool: Pool) -> None:
    """An erasure reaches the search in the same statement."""
    story = s.told("The kennels were visited.")
    await write_down(pool, story)
    version = story.cycle.published()
    assert version is not None
    await pool.execute("delete from texts where ref = $1", version.body)
    assert await found(Reads(pool), words="kennels") == []
    assert await found(Reads(pool), words="abandonment") == [s.REFERENCE]


async def test_a_text_too_long_for_an_index_is_published_all_the_same(pool: Pool) -> None:
    """A megabyte of different words is found by its title."""
    body = " ".join(f"word{number}x{number * 7919}" for number in range(90_000))
    await write_down(pool, s.told(body))
    assert await found(Reads(pool), words="reach the police") == [s.REFERENCE]


async def test_nobody_in_particular_searches_and_reads_the_same(pool: Pool, postgres: str) -> None:
    """Behind the walls everybody finds, follows what is late, sees meetings and takes everything."""
    await two(pool)
    async with await connect_face(await own_database(pool, postgres), most=1) as face:
        with looking():
            reads = Reads(face)
            hits = await reads.search(Wanted(words="kennels", open=True))
            assert hits.hits[0].row.say(hits.hits[0].row.facts["title"]).startswith("Can people")
            assert [one.title for one in await reads.late_now(s.NOW)] == [
                "Publish 101 abandonment every month"
            ] * 2
            ahead, behind = await reads.meetings_ahead(s.NOW, 50), await reads.meetings_behind(s.NOW, 50)
            assert (len(ahead.rows + behind.rows), ahead.all + behind.all) == (2, 2)
            assert all(one.title and one.session.forum for one in ahead.rows + behind.rows)
            assert len([row async for row in reads.every_publication()]) == 2
            assert (await reads.public_mark()).startswith(await reads.published_mark() + "|")


async def test_late_in_public_is_what_was_promised_in_public(pool: Pool) -> None:
    """An overdue action counts once it is published, and no longer once it is said to be done."""
    story = s.told()
    await write_down(pool, story)
    reads, now = Reads(pool), late_before(s.NOW)
    late = await reads.late_now(now)
    assert [(one.what, one.number, one.title) for one in late] == [
        ("action", "2026/014", "Publish 101 abandonment every month")
    ]
    assert await reads.late_now(s.NOW - timedelta(days=30)) == []
    before = len(story.entries)
    claim = e.ActionClaimedDone(action="2026/014", covers_to=s.day("11-20").date(), proof=())
    story.then(s.day("11-20"), LEAD, claim)
    await write_down(pool, story, before)
    assert await reads.late_now(now) == []


async def test_late_promises_are_read_page_by_page(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The longest or the last first; a page beyond the end keeps the counts, which end where they are to."""
    reads, now = await two(pool), late_before(s.NOW)
    await pool.execute("update open_actions set due_at = due_at - interval '1 day' where cycle = $1", OTHER)
    first, second, beyond = [await reads.late_page(now, 1, skip) for skip in range(3)]
    assert [row.cycle for page in (first, second, beyond) for row in page.rows] == [OTHER, s.REFERENCE]
    assert {str(page.counts) for page in (first, second, beyond)} == {"{'action': 2}"}
    assert [row.cycle for row in await reads.late_lately(now, 1)] == [s.REFERENCE]
    monkeypatch.setattr("store.promises.MOST_COUNTED", 0)
    assert (await reads.late_page(now, 1)).counts == {"action": 1}


async def test_findings_are_late_in_public_only_after_a_meeting_that_had_notice(pool: Pool) -> None:
    """What was never announced is not told here; meetings are read by their day."""
    story = s.told()
    story.entries = [
        one for one in story.entries if one.event.kind not in ("FindingsDrafted", "FindingsPublished")
    ]
    story.entries = [one.model_copy(update={"version": n}) for n, one in enumerate(story.entries, start=1)]
    await write_down(pool, story)
    reads, far = Reads(pool), s.NOW + timedelta(days=200)
    assert [one.what for one in await reads.late_now(far)] == []
    await pool.execute("update cycle_sessions set given_at = starts_at")
    assert [one.what for one in await reads.late_now(far)] == ["findings"]
    await pool.execute("update cycle_sessions set given_at = null")
    assert [one.cycle for one in (await reads.meetings_behind(s.NOW, 50)).rows] == [s.REFERENCE]
    assert (await reads.meetings_behind(s.NOW, 50, since=s.NOW)).all == 0
    assert [one.cycle for one in await reads.meetings_named(s.REFERENCE, None)] == [s.REFERENCE]
