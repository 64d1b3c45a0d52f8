"""Links, codes and their limits in a real PostgreSQL: what has to hold when two come at the same time."""

import asyncio
import itertools
from datetime import UTC, datetime, timedelta

import pytest

from engine.task_links import TaskLinks, digest_of
from rules.linking import MOST_TRIES
from schemas.links import TaskLink
from schemas.outcomes import Refused
from store.links import Links
from store.pool import Pool

pytestmark = pytest.mark.real

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LETTERS = itertools.count(1)


async def a_link(pool: Pool) -> tuple[TaskLinks, TaskLink, str]:
    """A link of a letter that no other test has."""
    links = TaskLinks(Links(pool), "a secret")
    token, sent = await links.make(f"letter/{next(LETTERS)}", "HTA-2026-01", 2, "a-lead", at=NOW)
    assert not sent
    found = await links.find(token)
    assert found
    return links, found, token


async def test_a_letter_has_one_link_to_a_person_however_often_it_is_tried(pool: Pool) -> None:
    """Two workers at once make the same; once it went out, that is known; the store holds no token."""
    some = [TaskLinks(Links(pool), "a secret") for _ in range(5)]
    letter = f"letter/{next(LETTERS)}"
    made = await asyncio.gather(*(one.make(letter, "HTA-2026-01", 2, "a-lead", at=NOW) for one in some))
    assert len({token for token, _ in made}) == 1
    token = made[0][0]
    assert len(token) == 43
    await some[0].sent(letter, "a-lead", NOW)
    assert await some[1].make(letter, "HTA-2026-01", 2, "a-lead", at=NOW) == (token, True)
    other, _ = await some[0].make(letter, "HTA-2026-01", 2, "another-lead", at=NOW)
    assert other != token
    rows = await pool.fetch("select to_jsonb(l)::text as whole from task_links l where letter = $1", letter)
    assert not [row for row in rows if token in row["whole"] or other in row["whole"]]
    assert len(rows) == 2


async def test_after_the_secret_was_exchanged_what_went_out_works_and_what_did_not_is_made_anew(
    pool: Pool,
) -> None:
    """A link that a lead has is not broken by the office's housekeeping."""
    old, new = TaskLinks(Links(pool), "old"), TaskLinks(Links(pool), "new")
    went, waits = f"letter/{next(LETTERS)}", f"letter/{next(LETTERS)}"
    first, _ = await old.make(went, "HTA-2026-01", 2, "a-lead", at=NOW)
    await old.sent(went, "a-lead", NOW)
    second, _ = await old.make(waits, "HTA-2026-01", 2, "a-lead", at=NOW)
    assert await new.find(first)
    assert (await new.make(went, "HTA-2026-01", 2, "a-lead", at=NOW))[1] is True
    again, _ = await new.make(waits, "HTA-2026-01", 2, "a-lead", at=NOW)
    assert await new.find(again)
    assert await new.find(second) is None


async def test_twenty_guesses_at_once_are_five_tries(pool: Pool) -> None:
    """However many come together, five are compared; the right one after them is not."""
    links, link, _token = await a_link(pool)
    assert await links.ask_code(link, "123456", "place", NOW) is True
    wrong = [f"{n:06d}" for n in range(20)]
    answers = await asyncio.gather(*(links.take_code(link, one, NOW) for one in wrong))
    assert all(isinstance(one, Refused) for one in answers)
    kept = await Links(pool).code(link.digest)
    assert kept
    assert kept.tries == MOST_TRIES
    refused = await links.take_code(link, "123456", NOW)
    assert refused
    assert refused.code == "code_used_up"


async def test_a_code_that_two_type_at_once_lets_one_in(pool: Pool) -> None:
    """One-time means one time."""
    links, link, _token = await a_link(pool)
    await links.ask_code(link, "123456", "place", NOW)
    answers = await asyncio.gather(*(links.take_code(link, "123456", NOW) for _ in range(4)))
    assert [one for one in answers if one is None] == [None]
    found = await Links(pool).link(link.digest)
    assert found
    assert found.opened_at == NOW


async def test_two_clicks_at_once_keep_one_code(pool: Pool) -> None:
    """Of two that ask at the same instant one is told to send, and it is that code which holds."""
    links, link, _token = await a_link(pool)
    drawn = [f"{n:06d}" for n in range(4)]
    answers = await asyncio.gather(*(links.ask_code(link, one, "place", NOW) for one in drawn))
    assert sorted(str(one) for one in answers) == ["False", "False", "False", "True"]
    right = drawn[answers.index(True)]
    assert await links.take_code(link, right, NOW) is None


async def test_a_limit_holds_when_many_ask_at_once(pool: Pool) -> None:
    """Of eight new wishes from one address at the same time one is passed on, and one more an hour later."""
    links, _link, _token = await a_link(pool)
    address = f"{next(LETTERS)}@force.example"
    at_once = await asyncio.gather(*(links.may_ask(address, "a place", NOW) for _ in range(8)))
    assert sum(at_once) == 1
    assert not await links.may_ask(address.upper(), "another place", NOW + timedelta(minutes=59))
    assert await links.may_ask(address, "another place", NOW + timedelta(minutes=60))


async def test_revoking_takes_all_of_a_persons_links_to_a_request_and_their_codes(pool: Pool) -> None:
    """A code that is on its way is of no use any more; other people's links are left alone."""
    links, link, token = await a_link(pool)
    other, _ = await links.make(f"letter/{next(LETTERS)}", "HTA-2026-01", 2, "another-lead", at=NOW)
    await links.ask_code(link, "123456", "place", NOW)
    assert (
        await links.revoke("HTA-2026-01", 2, "a-lead", by="policy-officer", why="may_be_known", at=NOW) >= 1
    )
    assert await links.find(token) is None
    assert await links.find(other)
    assert (await links.take_code(link, "123456", NOW)) is not None
    (kept,) = [one for one in await links.of_request("HTA-2026-01", 2) if one.digest == digest_of(token)]
    assert (kept.revoked_by, kept.why) == ("policy-officer", "may_be_known")
