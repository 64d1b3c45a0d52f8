"""What the public asks for a meeting, on the page of work of whoever has to answer it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rules.publishing.following import answers, urgency
from schemas.following import PublicQuestion, Unanswered
from tests.clients.built import PEOPLE
from tests.web.house import NOW, House, a_house
from tests.web_public.followers_stub import MemoryFollowers
from web.needing.asked import public_asks

SOON = NOW + timedelta(days=2)


def waiting(followers: MemoryFollowers, *keys: str) -> None:
    """Questions for one meeting."""
    for key in keys:
        followers.asked[key] = PublicQuestion(
            key=key, meeting="mtg-2026-01", held_at=SOON, question="Why?", asked_at=NOW
        )


@pytest.fixture
def followers() -> MemoryFollowers:
    """What the public asks, of a meeting about a policy officer's cycles."""
    return MemoryFollowers(officers=("policy-officer",))


@pytest.fixture
def office(tmp_path: Path, followers: MemoryFollowers) -> House:
    """An office to which the public can write."""
    house = a_house(tmp_path)
    house.rooms = replace(house.rooms, followers=followers)
    house.app.state.rooms = house.rooms
    return house


async def test_the_officer_whose_meeting_it_is_finds_it_in_my_work_until_it_is_dealt_with(
    office: House, followers: MemoryFollowers
) -> None:
    """One need for the meeting with the number of questions; dealt with, it is gone."""
    waiting(followers, "k" * 20, "l" * 20)
    await office.browser.sign_in("policy-officer")
    page = (await office.browser.get("/my-work")).text
    assert "2 questions from the public wait for an answer" in page
    assert "1 thing needs you today" in page
    assert 'href="/meetings/questions"' in page
    assert 'href="/meetings/mtg-2026-01?seen=public"' in page
    for key in tuple(followers.asked):
        assert (await office.browser.fill("/meetings/questions", key=key)).status_code == 303
    assert "from the public wait" not in (await office.browser.get("/my-work")).text


async def test_others_of_the_office_are_not_asked_and_nobody_where_nothing_is_kept(
    office: House, followers: MemoryFollowers
) -> None:
    """Neither a colleague, nor the chief executive; and without followers the page stands as before."""
    waiting(followers, "k" * 20)
    for person in ("second-policy-officer", "chief-executive"):
        assert await public_asks(office.rooms, PEOPLE[person]) == []
    assert await public_asks(replace(office.rooms, followers=None), PEOPLE["policy-officer"]) == []


def test_where_the_officer_has_left_every_policy_officer_is_asked() -> None:
    """A question never waits for somebody who is not there any more."""
    one = Unanswered(meeting="m", held_at=SOON, questions=1, since=NOW, officers=("gone", "chief-executive"))
    asked = [it.id for it in PEOPLE.values() if answers(it, one, PEOPLE, NOW.date())]
    assert asked == ["policy-officer", "second-policy-officer"]


def test_questions_can_wait_until_a_week_before_their_meeting_and_are_late_after_it() -> None:
    """Seven days before it begins is today; when it begins is late."""
    one = Unanswered(meeting="m", held_at=NOW + timedelta(days=7), questions=1, since=NOW)
    assert [
        urgency(one, at)
        for at in (NOW - timedelta(seconds=1), NOW, one.held_at - timedelta(seconds=1), one.held_at)
    ] == ["later", "today", "today", "late"]
