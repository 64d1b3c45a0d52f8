"""The board of deadlines, and the calendars that are fed from the ledger."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from icalendar import Calendar

from schemas import events as e
from tests.scenario import OFFICER
from tests.web_public import sample as s
from tests.web_public import stub
from tests.web_public.conftest import SECRET, Visit
from web.secretariat.addresses import secret_of


def events_of(answer: httpx.Response) -> dict[str, Any]:
    """The events of a calendar by their names."""
    calendar = Calendar.from_ical(answer.content)
    return {str(one["uid"]): one for one in calendar.walk("VEVENT")}


def address(person: str) -> str:
    """The address of somebody's calendar."""
    return f"/calendar/{secret_of(person, SECRET)}.ics"


def board() -> stub.StubReads:
    """Something late, something this week and something later."""
    reads = stub.reads_of(s.told())
    officer = {"owner": "policy-officer", "owner_title": "Policy officer"}
    reads.due = [
        stub.owed("return/1", s.NOW - timedelta(days=5)),
        stub.owed("findings", s.NOW + timedelta(days=3), **officer),
        stub.owed("session/1", s.NOW + timedelta(days=21), **officer),
    ]
    return reads


@pytest.mark.parametrize(
    "person", ["panel-secretariat", "policy-officer", "force-coordination", "acc-local-policing"]
)
async def test_the_board_says_what_is_late_this_week_and_later(visit: Visit, person: str) -> None:
    """Each with its owner and how many working days are left or lost."""
    async with visit(board()) as visitor:
        await visitor.get(f"/as/{person}")
        page = (await visitor.get("/deadlines")).text
    late, week, later = (page.index(f"{part}: 1 deadline") for part in ("Late", "This week", "Later"))
    assert late < page.index("3 working days late") < week < page.index("in 3 working days") < later
    assert "Assistant Chief Constable, Local Policing" in page
    assert address(person) in page


async def test_the_board_is_filtered_by_owner_and_kind(visit: Visit) -> None:
    """And says so where nothing is left."""
    async with visit(board()) as visitor:
        await visitor.get("/as/panel-secretariat")
        mine = (await visitor.get("/deadlines?owner=policy-officer&what=findings")).text
        none = (await visitor.get("/deadlines?owner=policy-officer&what=return")).text
    assert "This week: 1 deadline" in mine
    assert "Late: " not in mine
    assert "0 deadlines with these filters" in none
    assert "See all of them" in none


async def test_an_empty_board_says_what_will_be_there(visit: Visit) -> None:
    """Nothing is due."""
    async with visit(stub.StubReads()) as visitor:
        await visitor.get("/as/panel-secretariat")
        assert "Nothing is due." in (await visitor.get("/deadlines")).text


async def test_the_board_is_not_for_everybody(visit: Visit) -> None:
    """A visitor is sent to sign in."""
    async with visit(board()) as visitor:
        answer = await visitor.get("/deadlines")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/deadlines"


@pytest.mark.parametrize(
    "secret", ["x", "policy-officer", "policy-officer.x", "policy-officer." + "A" * 43, "..", "%FF"]
)
async def test_a_wrong_address_of_a_calendar_gives_nothing_away(visit: Visit, secret: str) -> None:
    """Whoever guesses gets the same answer whether the person exists or not."""
    async with visit(board()) as visitor:
        assert (await visitor.get(f"/calendar/{secret}.ics")).status_code == 404


async def test_somebody_who_has_left_has_no_calendar(visit: Visit) -> None:
    """A good signature of somebody who is not in the directory opens nothing."""
    async with visit(board()) as visitor:
        assert (await visitor.get(address("nobody"))).status_code == 404


async def test_a_calendar_holds_what_concerns_its_owner(visit: Visit) -> None:
    """The lead of all three requests sees them, the actions and the meeting; another lead sees nothing."""
    async with visit(board()) as visitor:
        mine = events_of(await visitor.get(address("acc-local-policing")))
        other = events_of(await visitor.get(address("superintendent-custody")))
        watched = events_of(await visitor.get(address("panel-secretariat")))
    assert len(mine) == 6
    assert not other
    assert "hta-2026-07-findings@west-mercia-opcc" in watched


async def test_an_open_deadline_warns_and_a_done_one_does_not(visit: Visit) -> None:
    """Seven days and one day before, in UTC, with the number of the ledger's newest entry."""
    story = s.told()
    async with visit(stub.reads_of(story)) as visitor:
        answer = await visitor.get(address("acc-local-policing"))
    events = events_of(answer)
    action = events["hta-2026-07-action-2026-015@west-mercia-opcc"]
    assert action["sequence"] == story.cycle.version
    assert b"DTSTART:20261218T170000Z" in answer.content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in answer.content
    assert str(action["status"]) == "CONFIRMED"
    assert [one["trigger"].dt for one in action.walk("VALARM")] == [timedelta(days=-7), timedelta(days=-1)]
    done = events["hta-2026-07-return-1@west-mercia-opcc"]
    assert str(done["summary"]).startswith("Done: ")
    assert done.walk("VALARM") == []


async def test_what_is_called_off_is_cancelled_instead_of_vanishing(visit: Visit) -> None:
    """A withdrawn request keeps its name and gets a higher number."""
    story = s.told()
    reads = stub.reads_of(story)
    async with visit(reads) as visitor:
        before = await visitor.get(address("acc-local-policing"))
        story.then(s.day("11-20"), OFFICER, e.RequestWithdrawn(request=1, reason=story.words.ref("No need.")))
        after = await visitor.get(
            address("acc-local-policing"), headers={"if-none-match": before.headers["etag"]}
        )
    name = "hta-2026-07-return-1@west-mercia-opcc"
    assert str(events_of(after)[name]["status"]) == "CANCELLED"
    assert events_of(after)[name]["sequence"] > events_of(before)[name]["sequence"]


async def test_an_unchanged_calendar_is_not_sent_again(visit: Visit) -> None:
    """The same bytes, the same mark, and then nothing but 304."""
    async with visit(board()) as visitor:
        first = await visitor.get(address("policy-officer"))
        again = await visitor.get(address("policy-officer"), headers={"if-none-match": first.headers["etag"]})
        whole = await visitor.get(address("policy-officer"))
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "set-cookie" not in first.headers
    assert whole.content == first.content
    assert again.status_code == 304
