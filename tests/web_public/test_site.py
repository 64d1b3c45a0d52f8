"""The rest of the public site: a search in every form, late now, meetings, questions, the archive."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from icalendar import Calendar

from handover.cells import harmless
from reference.accessibility import accessibility
from reference.forums import forums
from schemas import events as e
from schemas.evidence import LinkItem, WrittenItem
from schemas.searching import LatePage
from schemas.sessions import AgendaItem, SessionDraft
from tests.scenario import OFFICER
from tests.web_public import sample as s
from tests.web_public import stub
from tests.web_public.conftest import app_over
from tests.web_public.followers_stub import LATE, MemoryFollowers
from tests.web_public.test_papers import parsed
from web.papers.blocks import blocks, links
from web.public.finding import marked
from web.showing import dates

MEETING = "/meetings/hta-2026-30-1"
FORMS = (
    "/late", "/late.atom", "/meetings", "/meetings.ics", "/meetings.atom", MEETING, "/follow", "/follow/sent",
    "/archive", "/archive.zip", "/findings.csv", "/api/v1/findings.json", "/cookies", "/findings?words=calls",
)  # fmt: skip


def to_come() -> s.Story:
    """A question that is to be asked at a panel meeting, with agenda and papers."""
    story = s.Story("HTA-2026-30")
    say = story.words.ref
    s.opened(story, "How are victims kept informed?", "Are they?", "victims")
    draft = SessionDraft(
        forum="panel", starts_at=s.day("12-09", 14), place=say("County Hall"), rules=forums()["panel"].rules
    )
    story.then(s.day("11-02"), OFFICER, e.SessionFixed(session=1, draft=draft))
    item = AgendaItem(number=1, title=say("Victims' updates"))
    story.then(s.day("11-20"), OFFICER, e.AgendaPublished(session=1, items=(item,)))
    papers = (
        LinkItem(address=say("https://example.org/paper")),
        LinkItem(address=say("javascript:alert(1)")),
        WrittenItem(text=say("In short: not yet.")),
    )
    story.then(s.day("11-20"), OFFICER, e.PapersPublished(session=1, papers=papers, late=True))
    return story


@pytest.fixture
def followers() -> MemoryFollowers:
    """Where questions go."""
    return MemoryFollowers()


@pytest.fixture
def reads() -> stub.StubReads:
    """One published record, one thing late, one meeting to come."""
    found = stub.reads_of(s.told())
    found.stories.append(to_come())
    found.late = [LATE]
    return found


@pytest.fixture
async def site(reads: stub.StubReads, followers: MemoryFollowers) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at its pages."""
    app = app_over(reads)
    app.state.rooms = replace(app.state.rooms, followers=followers)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://findings.example.org") as client:
        await client.get("/archive")
        await app.state.rooms.archive.settled()
        yield client


@pytest.mark.parametrize("address", FORMS)
async def test_every_form_of_the_site_is_for_everybody(site: httpx.AsyncClient, address: str) -> None:
    """Kept for a minute, known by its mark, without a cookie, the same bytes twice."""
    first, second = await site.get(address), await site.get(address)
    assert first.status_code == 200
    assert first.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=30"
    assert "set-cookie" not in first.headers
    assert first.content == second.content
    again = await site.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_the_same_search_is_a_page_a_table_data_and_a_feed(site: httpx.AsyncClient) -> None:
    """Exactly what was looked for, or nothing; the page links to its own forms and marks the words."""
    page = (await site.get("/findings?words=calls&year=2026&open=yes")).text
    assert "<mark>calls</mark>" in page
    for form in ("/findings.csv", "/findings.atom", "/api/v1/findings.json"):
        assert f'href="{form}?words=calls&amp;year=2026&amp;open=yes"' in page
    for words, count in (("calls", 1), ("zebra", 0)):
        rows = list(csv.DictReader(io.StringIO((await site.get(f"/findings.csv?words={words}")).text)))
        data = (await site.get(f"/api/v1/findings.json?words={words}")).json()
        feed = parsed((await site.get(f"/findings.atom?words={words}")).text)
        assert (len(rows), data["count"], len(feed.entries)) == (count, count, count)
        assert feed.feed.id.endswith(f":findings:words={words}")


async def test_each_filter_can_be_taken_away_and_nothing_found_names_which(site: httpx.AsyncClient) -> None:
    """Its tag leads to the list without it; where nothing is left, so does a sentence with the number."""
    page = (await site.get("/findings?words=calls&objective=victims")).text
    assert "0 results for \u2018calls\u2019" in page
    assert '<a class="govuk-link" href="/findings?words=calls">Take away' in page
    assert "then there is 1 set of findings" in page
    assert 'href="/findings?objective=victims"><span' in page
    assert (await site.get("/findings?year=abc&page=0")).status_code == 422


def test_a_snippet_is_only_text_but_for_its_marks() -> None:
    """What somebody wrote into findings cannot become part of the page."""
    assert marked("a <b>\x02word\x03</b>") == "a &lt;b&gt;<mark>word</mark>&lt;/b&gt;"


def test_no_cell_of_a_table_is_computed() -> None:
    """What begins as a formula is written as text."""
    assert [harmless(one) for one in ("=1+1", "-x", "@a", None, "ok")] == ["'=1+1", "'-x", "'@a", "", "ok"]


def test_paper_says_where_its_links_lead() -> None:
    """Whoever has it in hand cannot press them; an address that stands there already is not said twice."""
    said = links(blocks("See **[the figures](https://example.org/a)**, <https://example.org/b>."))
    assert list(said) == [
        ("https://example.org/a", "the figures"),
        ("https://example.org/b", "https://example.org/b"),
    ]


async def test_late_now_says_what_whose_and_for_how_long(site: httpx.AsyncClient) -> None:
    """And links to where it was promised; with nothing late it says so."""
    page = (await site.get("/late")).text
    for said in (
        "1 thing that was promised",
        "Publish it",
        "The force",
        "6 working days late",
        "No findings are",
    ):
        assert said in page
    assert 'href="/findings/hta-2026-07#promised"' in page
    feed = parsed((await site.get("/late.atom")).text)
    assert [one.title for one in feed.entries] == ["Late: Publish it"]


async def test_more_is_late_than_counted(site: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says more than how many; what stands on other pages is named with each kind."""
    asked = stub.StubReads.late_page

    async def many(self: stub.StubReads, *given: Any) -> LatePage:
        found = await asked(self, *given)
        return found.model_copy(update={"counts": {"action": 5_001, "findings": 3}})

    monkeypatch.setattr(stub.StubReads, "late_page", many)
    page = (await site.get("/late")).text
    assert "More than 5,000 things that were promised in public are late." in page
    assert "3 things, on other pages of this list." in page
    assert "of more than 5,000, where the pages end." in page


async def test_a_meeting_shows_its_agenda_papers_and_lateness(site: httpx.AsyncClient) -> None:
    """A link that is none stays text; the calendar and the feed have it too."""
    listed, page = (await site.get("/meetings")).text, (await site.get(MEETING)).text
    assert "Wednesday 9 December 2026 at 14:00" in listed
    for said in (
        "Victims&#39; updates",
        "County Hall",
        "In short: not yet.",
        "until Tuesday 8 December 2026",
    ):
        assert said in page
    assert 'href="https://example.org/paper"' in page
    assert 'href="javascript' not in page
    assert page.count(">late<") == 1
    events = Calendar.from_ical((await site.get("/meetings.ics")).content).walk("VEVENT")
    assert {str(one["uid"]) for one in events} == {
        "hta-2026-07-1@west-mercia-opcc", "hta-2026-30-1@west-mercia-opcc"
    }  # fmt: skip
    feed = parsed((await site.get("/meetings.atom")).text)
    assert len(feed.entries) == 2


@pytest.mark.parametrize("address", ["x", "mtg-2026-99", "hta-2026-99", "hta-2026-30-9", "MTG-1", "%00"])
async def test_a_meeting_that_is_none_is_not_found(site: httpx.AsyncClient, address: str) -> None:
    """Whatever its address looks like; a cycle's reference leads to its meeting."""
    found = await site.get(f"/meetings/{address}")
    assert found.status_code == (404 if address != "hta-2026-30-9" else 301)
    assert (await site.get("/meetings/HTA-2026-30")).headers["location"] == MEETING


async def test_a_question_reaches_the_office_once(
    site: httpx.AsyncClient, followers: MemoryFollowers
) -> None:
    """Sent twice by the same form it is one; the page after it says what happens next."""
    page = await site.get(f"{MEETING}/ask")
    assert page.headers["cache-control"] == "no-store"
    typed = {"key": "a" * 24, "question": " Why?\r\nAnd when? ", "name": ""}
    for _ in range(2):
        answer = await site.post(f"{MEETING}/ask", data=typed)
        assert answer.headers["location"] == f"{MEETING}/asked"
    assert [(one.meeting, one.question) for one in followers.asked.values()] == [
        ("hta-2026-30-1", "Why?\nAnd when?")
    ]
    assert "The office reads it before" in (await site.get(f"{MEETING}/asked")).text


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"question": " "}, 422, "Enter your question."),
        ({"question": "x" * 2001}, 422, "must be 2000 characters or fewer"),
        ({"question": "Why?", "name": "n" * 81}, 422, "Your name must be 80 characters"),
    ],
)
async def test_a_question_that_cannot_be_taken_keeps_what_was_typed(
    site: httpx.AsyncClient, followers: MemoryFollowers, typed: dict[str, str], status: int, said: str
) -> None:
    """The summary, the words beside the field, and the form as it was."""
    page = await site.post(f"{MEETING}/ask", data=typed)
    assert page.status_code == status
    assert page.text.count(said) == 2
    assert typed["question"].strip() in page.text
    assert followers.asked == {}
    followers.full = True
    assert (await site.post(f"{MEETING}/ask", data={"question": "Why?"})).status_code == 429


async def test_a_question_after_the_cut_off_is_given_back(site: httpx.AsyncClient) -> None:
    """To a meeting that was held, or whose forum takes none: nothing is kept, and it can be copied."""
    page = await site.post("/meetings/hta-2026-07-1/ask", data={"question": "Too late?"})
    assert page.status_code == 409
    assert "Too late?" in page.text
    assert "Questions are closed" in (await site.get("/meetings/hta-2026-07-1/ask")).text


async def test_the_archive_can_be_checked_file_by_file_and_is_the_same_twice(
    followers: MemoryFollowers,
) -> None:
    """Every file stands in the manifest with its digest; another process makes the same bytes."""
    taken = []
    for _ in range(2):
        reads = stub.reads_of(s.told(), s.told(reference="HTA-2026-08"))
        reads.shown[1] = reads.shown[1].model_copy(
            update={"withdrawn_at": s.day("11-20"), "withdrawal": "They named somebody."}
        )
        app = app_over(reads)
        app.state.rooms = replace(app.state.rooms, followers=followers)
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="https://findings.example.org") as client:
            await client.get("/archive.zip")
            await app.state.rooms.archive.settled()
            taken.append((await client.get("/archive.zip")).content)
            page = (await client.get("/archive")).text
    assert taken[0] == taken[1]
    assert hashlib.sha256(taken[0]).hexdigest() in page
    with zipfile.ZipFile(io.BytesIO(taken[0])) as archive:
        listed = {one["name"]: one["sha256"] for one in json.loads(archive.read("manifest.json"))["files"]}
        assert {*listed, "manifest.json", "SHA256SUMS"} == set(archive.namelist())
        assert all(
            hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in listed.items()
        )
        actions = list(csv.DictReader(io.StringIO(archive.read("actions.csv").decode("utf-8-sig"))))
        kept = archive.read("findings/hta-2026-08/version-1.json").decode()
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert [(one["action"], one["state"]) for one in actions] == [
        ("2026/014", "Agreed"),
        ("2026/015", "Agreed"),
    ]
    assert "They named somebody." in kept
    assert "findings/hta-2026-08/version-1.html" not in listed
    assert "SECRET GAP" not in everything


async def test_the_statements_say_what_the_file_says(site: httpx.AsyncClient) -> None:
    """Accessibility from its data; cookies only for who signs in; privacy with how long things are kept."""
    said = (await site.get("/accessibility")).text
    assert "partially compliant" in said
    assert f"Last tested on {dates.day(accessibility().tested.last_on)}" in said
    assert "30 minutes, or 12 hours" in (await site.get("/cookies")).text
    assert "after 7 days" in (await site.get("/privacy")).text
