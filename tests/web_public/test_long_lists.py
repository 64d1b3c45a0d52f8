"""Public lists that grow without end are read page by page; calendars and feeds hold a stretch of them."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from icalendar import Calendar

from schemas import events as e
from schemas.sessions import SessionDraft
from tests.scenario import OFFICER
from tests.web_public import sample as s
from tests.web_public import stub
from tests.web_public.conftest import app_over
from tests.web_public.followers_stub import LATE
from tests.web_public.test_papers import parsed

MEETINGS, LATE_THINGS = 60, 120


def met(number: int) -> s.Story:
    """A question with a meeting, one a day: half of them past."""
    story = s.Story(f"HTA-2026-{100 + number}")
    s.opened(story, f"Question {number}?", "Are they?", "victims")
    at = s.NOW + timedelta(days=number - MEETINGS / 2, hours=1)
    story.then(s.day("11-02"), OFFICER, e.SessionFixed(session=1, draft=SessionDraft(starts_at=at)))
    return story


@pytest.fixture
async def site() -> AsyncIterator[httpx.AsyncClient]:
    """A site with sixty meetings, and a hundred and twenty things late."""
    reads = stub.StubReads(stories=[met(number) for number in range(MEETINGS)])
    late = (
        {"number": f"2026/{number:03d}", "due_at": LATE.due_at - timedelta(days=number)}
        for number in range(LATE_THINGS)
    )
    reads.late = [LATE.model_copy(update={**one, "key": f"action/{one['number']}"}) for one in late]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app_over(reads)), base_url="http://t") as made:
        yield made


async def test_meetings_are_turned_page_by_page_those_to_come_and_those_past(site: httpx.AsyncClient) -> None:
    """Each list by itself, while the other stays; a page past the end says where the list ends."""
    first, second = (await site.get("/meetings")).text, (await site.get("/meetings?page=2&past=2")).text
    assert "Meetings and notices (page 1 of 2)" in first
    assert "1 to 25 of 30" in first
    assert [said in first for said in ("Question 30?", "Question 54?", "Question 55?")] == [True, True, False]
    assert [said in first for said in ("Question 29?", "Question 5?", "Question 4?")] == [True, True, False]
    assert [said in second for said in ("Question 55?", "Question 59?", "Question 4?")] == [True, True, True]
    assert 'href="/meetings?page=2#past"' in second
    assert "There is no page 9" in (await site.get("/meetings?page=9")).text


async def test_the_calendar_and_the_feed_of_meetings_say_how_far_they_reach(site: httpx.AsyncClient) -> None:
    """What is to come and the last twelve months, and the page says so."""
    said = (await site.get("/meetings.ics")).content
    assert len(Calendar.from_ical(said).walk("VEVENT")) == MEETINGS
    assert said == Calendar.from_ical(said).to_ical()
    assert said == (await site.get("/meetings.ics")).content
    assert (
        "the next 100 meetings and the last 50 of the past twelve months"
        in (await site.get("/meetings")).text
    )


async def test_what_is_late_is_turned_page_by_page_with_the_whole_count(site: httpx.AsyncClient) -> None:
    """The longest first; a heading whose things stand on other pages says so, and the feed has the newest."""
    first, third = (await site.get("/late")).text, (await site.get("/late?page=3")).text
    assert "120 things that were promised in public are late" in first
    assert "Late now (page 1 of 3)" in first
    assert (first.count("<tr") - 1, third.count("<tr") - 1) == (50, 20)
    beyond = (await site.get("/late?page=4")).text
    assert "120 things, on other pages of this list." in beyond
    assert "No published promise is overdue." not in beyond
    feed = parsed((await site.get("/late.atom")).text)
    assert len(feed.entries) == 50
    assert feed.entries[0].updated > feed.entries[-1].updated
