"""Following by mail and asking questions: the forms, the links, and what the engine sends because of them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime

import httpx
import pytest

from engine.following import Became, Telling, label
from schemas.following import Due, Follower, News, PublicQuestion
from schemas.outside import Swept
from schemas.plans import Plan
from schemas.rows import PublicationRow
from schemas.searching import LateRow
from tests.web_public import sample as s
from tests.web_public import stub
from tests.web_public.conftest import app_over
from tests.web_public.followers_stub import LATE, Letters, MemoryFollowers


class Quiet:
    """Rounds in which nothing else happens, and a record in which one thing is late."""

    async def look(self) -> Swept:
        """Nothing."""
        return Swept()

    async def look_ahead(self) -> Swept:
        """Nothing."""
        return Swept()

    async def late_now(self, before: datetime) -> list[LateRow]:
        """One thing."""
        return [LATE] if before > LATE.due_at else []

    async def plan(self) -> Plan | None:
        """That of the demonstration."""
        return stub.StubReads().the_plan


@dataclass
class Site:
    """A visitor of the public pages, and the followers behind them."""

    client: httpx.AsyncClient
    followers: MemoryFollowers

    async def follows(self, address: str = "a@example.org", what: str = "all") -> str:
        """Somebody asks to follow; the token of their link."""
        answer = await self.client.post("/follow", data={"address": address, "what": what})
        assert answer.headers["location"] == "/follow/sent"
        return next(token for token, one in self.followers.kept.items() if one.address == address)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A site with one published record and one meeting to come that takes questions."""
    app, followers = app_over(stub.reads_of(s.told())), MemoryFollowers()
    app.state.rooms = replace(app.state.rooms, followers=followers)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://findings.example.org") as client:
        yield Site(client, followers)


def due(follower: Follower, news: int = 1) -> Due:
    """A publication that somebody is to be told of."""
    return Due(
        follower=follower.id, address=follower.address, follows=follower.what, token=follower.token,
        news=news, cycle=s.REFERENCE, version=1, what="published", about="", at=s.NOW, title="Calls",
        answer="Partly.", notice="",
    )  # fmt: skip


def telling(followers: MemoryFollowers, letters: Letters | None) -> Telling:
    """The rounds of the engine over followers in memory."""
    return Telling(Quiet(), followers, letters, Quiet(), lambda: s.NOW)


async def test_an_address_is_told_only_after_its_link_was_opened_and_its_button_pressed(site: Site) -> None:
    """Opening the link does nothing: programs that look at mail open links too."""
    token = await site.follows()
    page = await site.client.get(f"/follow/{token}")
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert page.headers["referrer-policy"] == "no-referrer"
    assert site.followers.kept[token].confirmed_at is None
    assert (await site.client.post(f"/follow/{token}")).headers["location"] == f"/follow/{token}"
    assert (
        "You are told of all findings, since Monday 23 November"
        in (await site.client.get(f"/follow/{token}")).text
    )


@pytest.mark.parametrize(
    ("address", "what", "said"),
    [
        ("", "all", "Enter your email address."),
        ("nobody", "all", "in the correct format, like name@example.com"),
        ("a@b", "all", "in the correct format"),
        ("a@example.org\r\nBcc: b@example.org", "all", "in the correct format"),
        ("a@example.org", "objective:none", "Choose what you want to hear of."),
    ],
)
async def test_what_cannot_be_followed_is_said_beside_its_field(
    site: Site, address: str, what: str, said: str
) -> None:
    """An error summary, the same words beside the field, what was typed still there, nothing kept."""
    page = await site.client.post("/follow", data={"address": address, "what": what})
    assert page.status_code == 422
    assert page.text.count(said) == 2
    assert "<title>Error: Follow" in page.text
    assert site.followers.kept == {}


async def test_too_many_at_once_are_asked_to_come_back_and_twice_is_once(site: Site) -> None:
    """429 with a sentence; a second submission of the same is the same."""
    await site.follows()
    await site.follows()
    assert len(site.followers.kept) == 1
    site.followers.full = True
    page = await site.client.post("/follow", data={"address": "b@example.org", "what": "all"})
    assert page.status_code == 429
    assert "Nothing was kept. Try again in an hour." in page.text


async def test_the_checkpoints_of_the_record_can_be_followed(site: Site) -> None:
    """Chosen in the list, or by the link of the page that explains them."""
    assert 'value="ledger" selected' in (await site.client.get("/follow?what=ledger")).text
    token = await site.follows(what="ledger")
    assert "the daily checkpoints of the record" in (await site.client.get(f"/follow/{token}")).text


async def test_one_click_of_a_mail_program_stops_it_and_again_does_no_harm(site: Site) -> None:
    """RFC 8058: a POST without a page before it deletes the address; so does the page's button."""
    token = await site.follows()
    assert "Stop and delete my address" in (await site.client.get(f"/follow/{token}/stop")).text
    for _ in range(2):
        answer = await site.client.post(f"/follow/{token}/stop", data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert site.followers.kept == {}
    for path in (f"/follow/{token}", f"/follow/{token}/stop"):
        gone = await site.client.get(path)
        assert gone.status_code == 404
        assert 'href="/follow"' in gone.text


@pytest.mark.parametrize(
    "what", ["late", "objective:reassuring", "commitment:SWM-REASSURE-01", f"cycle:{s.REFERENCE}"]
)
async def test_an_address_of_a_page_chooses_what_is_followed(site: Site, what: str) -> None:
    """The form opens with it; nonsense opens with everything."""
    page = (await site.client.get("/follow", params={"what": what})).text
    assert f'value="{what}" selected' in page
    assert 'value="all" selected' in (await site.client.get("/follow?what=nonsense")).text
    assert label(what, stub.StubReads().the_plan) in page.replace("Findings", "findings").replace(
        "What", "what"
    ) or (label(what, None)[1:] in page)


async def test_a_round_sends_links_news_and_questions_once_each(site: Site) -> None:
    """What was sent is not sent again; a round without a mail server sends nothing and loses nothing."""
    token = await site.follows()
    site.followers.news = [due(site.followers.kept[token])]
    site.followers.asked["k"] = PublicQuestion(key="k", meeting="m", held_at=s.NOW, question="Why?")
    assert await telling(site.followers, None).tell() == 0
    letters = Letters()
    assert await telling(site.followers, letters).tell() == 3
    assert await telling(site.followers, letters).tell() == 0
    assert letters.sent == [
        "invite a@example.org all findings",
        "published a@example.org all findings",
        "asked Why?",
    ]
    assert site.followers.known == [
        News(cycle=s.REFERENCE, version=1, about="action/2026/014|2026-11-13|Publish it")
    ]
    assert site.followers.tidied == 3


@pytest.mark.parametrize(("says", "kept", "tries"), [("later", 1, 2), ("down", 1, 1), ("refused", 0, 1)])
async def test_what_a_mail_server_does_not_take_is_tried_again_or_dropped(
    site: Site, says: Became, kept: int, tries: int
) -> None:
    """A mailbox that puts us off waits alone; a server that is down ends the round; a wrong address goes."""
    token = await site.follows()
    site.followers.news = [due(site.followers.kept[token])]
    letters = Letters(says)
    assert await telling(site.followers, letters).tell() == 0
    assert len(letters.sent) == tries
    assert len(site.followers.kept) == kept
    assert site.followers.sent == {}
    await telling(site.followers, Letters()).look_ahead()


async def test_followers_of_a_row_that_went_are_not_written_to(site: Site) -> None:
    """Whoever stops between two mails of a round gets no more."""
    token = await site.follows()
    follower = site.followers.kept[token]
    site.followers.news = [due(follower)]
    await site.followers.stop(token)
    letters = Letters()
    await telling(site.followers, letters).look()
    assert letters.sent == []
    assert isinstance(s.told().publication(), PublicationRow)
