"""Followers in a real PostgreSQL: told once of what they follow once they confirmed, then forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas import events as e
from schemas.following import Due, News, PublicQuestion
from store.followers import Followers
from store.pool import Pool
from store.viewing import connect_hand
from tests.scenario import PUBLISHER
from tests.shell import own_database
from tests.store.told import write_down
from tests.web_public import sample as s

pytestmark = pytest.mark.real
AGO = datetime(2020, 1, 1, tzinfo=UTC)
FOLLOWED = ("all", "late", "objective:reassuring", "objective:victims", "commitment:SWM-REASSURE-02",
            "commitment:SWM-VICTIMS-01", f"cycle:{s.REFERENCE}", "cycle:HTA-2026-99")  # fmt: skip


async def follows(
    followers: Followers, what: str, address: str = "a@example.org", *, confirm: bool = True
) -> str:
    """An address follows something, confirmed; its token."""
    token = f"{what}-{address}"
    assert await followers.follow(address, what, token, since=AGO, most=100, own=100)
    if confirm:
        assert await followers.confirm(token)
    return token


async def told(followers: Followers) -> list[Due]:
    """Everything that is due, told."""
    found = await followers.due(100)
    for one in found:
        await followers.told(one.follower, one.news, delivered=True)
    return found


async def test_each_follower_is_told_once_of_what_they_follow(pool: Pool) -> None:
    """Published, corrected, withdrawn, late; not of before they confirmed, nor of what was withdrawn."""
    followers, story = Followers(pool), s.told()
    await follows(followers, "all", "early@example.org", confirm=False)
    for what in FOLLOWED:
        await follows(followers, what)
    await write_down(pool, story)
    first = await told(followers)
    assert [one.follows for one in first] == [FOLLOWED[n] for n in (0, 2, 4, 6)]
    assert {(one.what, one.answer[:12]) for one in first} == {("published", "In an emerge")}
    assert await told(followers) == []
    before = len(story.entries)
    s.published(story, "Corrected.", s.day("11-20"), "Better than we said.")
    await write_down(pool, story, before)
    story.then(s.day("11-21"), PUBLISHER, e.FindingsWithdrawn(version=2, notice=story.words.ref("A name.")))
    await write_down(pool, story, before + 2)
    last = await told(followers)
    assert {one.what for one in last} == {"withdrawn"}
    assert {(one.notice, one.answer) for one in last} == {("A name.", "")}
    assert len(last) == 4
    await followers.late([News(cycle=s.REFERENCE, version=1, about="x")] * 2)
    assert [(one.follows, one.what) for one in await told(followers)] == [
        ("late", "late"), (f"cycle:{s.REFERENCE}", "late")
    ]  # fmt: skip


async def test_asking_twice_is_once_and_too_much_is_refused(pool: Pool) -> None:
    """By address, and by everybody together; a link is sent once."""
    followers = Followers(pool)
    token = await follows(followers, "all", confirm=False)
    assert await followers.follow("a@example.org", "all", "other", since=AGO, most=100, own=100)
    assert await followers.follower("other") is None
    assert not await followers.follow("a@example.org", "late", "t2", since=AGO, most=100, own=1)
    assert not await followers.follow("b@example.org", "all", "t3", since=AGO, most=1, own=9)
    assert [one.token for one in await followers.to_invite(9)] == [token]
    await followers.invited((await followers.to_invite(9))[0].id)
    assert await followers.to_invite(9) == []


async def test_pages_keep_what_somebody_asks_behind_the_walls(pool: Pool, postgres: str) -> None:
    """With what pages may do alone: follow, confirm, stop, ask, and say that it was dealt with."""
    async with await connect_hand(await own_database(pool, postgres), most=1) as hand:
        followers = Followers(hand)
        token = await follows(followers, "all")
        one = PublicQuestion(key="k" * 24, meeting="m", held_at=s.NOW, question="Why?")
        assert await followers.ask(one, since=AGO, most=9)
        await followers.question_done(one.key, "policy-officer")
        assert await followers.questions() == []
        await followers.stop(token)
        assert await followers.follower(token) is None


async def test_nothing_is_kept_longer_than_is_said(pool: Pool) -> None:
    """Unconfirmed addresses, those refused three times in a row, questions, and everything on stopping."""
    followers, now = Followers(pool), s.NOW + timedelta(days=3650)
    kept, gone = await follows(followers, "all"), await follows(followers, "late", confirm=False)
    assert await followers.tidy(AGO, AGO, AGO, 3) == 0
    assert await followers.tidy(now, AGO, AGO, 3) == 1
    assert await followers.follower(gone) is None
    await write_down(pool, s.told())
    due = (await followers.due(9))[0]
    for delivered in (False, False, True, False, False):
        await followers.told(due.follower, due.news, delivered=delivered)
    assert await followers.tidy(AGO, AGO, AGO, 3) == 0
    await followers.told(due.follower, due.news, delivered=False)
    assert await followers.tidy(AGO, AGO, AGO, 3) == 1
    assert await followers.follower(kept) is None
    again = await follows(followers, "all")
    await followers.stop(again)
    await followers.stop(again)
    assert await pool.fetchval("select count(*) from followers") == 0
    assert await pool.fetchval("select count(*) from follower_told") == 0


async def test_a_question_is_kept_once_until_it_is_dealt_with(pool: Pool) -> None:
    """The office is told once; whoever dealt with it first is noted; then it goes."""
    followers = Followers(pool)
    one = PublicQuestion(key="k" * 24, meeting="mtg-2026-01", held_at=s.NOW, question="Why?")
    for _ in range(2):
        assert await followers.ask(one, since=AGO, most=9)
    assert not await followers.ask(one.model_copy(update={"key": "l" * 24}), since=AGO, most=1)
    assert [it.question for it in await followers.questions(untold=True)] == ["Why?"]
    await followers.question_told(one.key)
    assert await followers.questions(untold=True) == []
    assert len(await followers.questions()) == 1
    (waiting,) = await followers.unanswered()
    assert (waiting.meeting, waiting.questions, waiting.officers) == ("mtg-2026-01", 1, ())
    await followers.question_done(one.key, "policy-officer")
    await followers.question_done(one.key, "commissioner")
    assert await followers.unanswered() == []
    await write_down(pool, s.told())
    about = PublicQuestion(key="m" * 24, meeting=f"{s.REFERENCE.lower()}-1", held_at=s.NOW, question="Why?")
    assert await followers.ask(about, since=AGO, most=9)
    opened_by = await pool.fetchval("select opened_by from cycles where reference = $1", s.REFERENCE)
    assert [one.officers for one in await followers.unanswered()] == [(opened_by,)]
    await followers.question_done(about.key, opened_by)
    assert await followers.questions() == []
    assert await pool.fetchval("select done_by from public_questions") == "policy-officer"
    await followers.tidy(AGO, s.NOW + timedelta(days=3650), AGO, 3)
    assert await pool.fetchval("select count(*) from public_questions") == 0
