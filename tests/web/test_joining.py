"""A session that is fixed already becomes part of a meeting, on pages."""

from datetime import datetime, timedelta
from html import unescape

import httpx
import pytest

from schemas.commands import MoveSession
from schemas.cycle import Session
from schemas.outcomes import Refused
from tests import scenario as s
from tests.rules import acts
from tests.rules import session_acts as do
from tests.web.conftest import REF
from tests.web.house import House, hidden_of
from web.showing.dates import moment

OTHER, MEETING = "HTA-2026-02", "MTG-2026-05"
PATH = f"/meetings/{MEETING}/join"
TYPED = {"which": f"{OTHER}/1", "reason": "One panel for all", "urgency": ""}


@pytest.fixture
async def two(busy: House) -> House:
    """A meeting of the panel in one cycle, and a session of the panel two weeks before it in another."""
    await busy.done(s.open_cycle(OTHER, busy.memory.now, 1, session=None), cycle=OTHER)
    await busy.done(do.fix(at(busy, 70), meeting=MEETING), cycle=REF)
    await busy.done(do.fix(at(busy, 56)), cycle=OTHER)
    await busy.browser.sign_in("policy-officer")
    busy.desk.sent.clear()
    return busy


def at(house: House, days: int) -> datetime:
    """So many days from now."""
    return house.memory.now + timedelta(days=days)


def session_of(house: House) -> Session:
    """The other cycle's session."""
    found = house.memory.cycle(OTHER)
    assert found is not None
    return found.sessions[0]


async def go_on(house: House, look: httpx.Response) -> httpx.Response:
    """Confirm what was looked at."""
    return await house.browser.post(PATH, data={**hidden_of(look.text, PATH), "seen": "yes"})


async def test_a_session_joins_after_what_moves_was_looked_at(two: House) -> None:
    """It gets the meeting's day and hour; the days planned backwards from it were shown first."""
    assert f'href="{PATH}"' in (await two.browser.get(f"/meetings/{MEETING}")).text
    look = await two.browser.fill(PATH, **TYPED)
    assert "Check what moves" in look.text
    assert "Request 1" in look.text
    assert session_of(two).meeting is None
    assert not two.desk.sent
    done = await go_on(two, look)
    assert (done.status_code, done.headers["location"]) == (303, f"/meetings/{MEETING}")
    page = (await two.browser.get(f"/meetings/{MEETING}")).text
    assert f"{OTHER} is on the meeting" in page
    assert f'href="/cycles/{OTHER}/sessions/1"' in page
    assert (session_of(two).meeting, session_of(two).starts_at) == (MEETING, at(two, 70))
    again = await go_on(two, look)
    assert (again.status_code, again.headers["location"]) == (303, f"/meetings/{MEETING}")
    assert len([one for one in two.desk.sent if isinstance(one, MoveSession)]) == 1


async def test_the_page_of_a_session_offers_the_meetings_of_its_forum(two: House) -> None:
    """The link names the session, so that it is chosen already; one of another forum is offered none."""
    link = f"{PATH}?which={OTHER}/1"
    assert link in (await two.browser.get(f"/cycles/{OTHER}/sessions/1")).text
    assert PATH not in (await two.browser.get(f"/cycles/{REF}/sessions/1")).text
    form = (await two.browser.get(link)).text
    assert f'value="{OTHER}/1" checked' in form
    assert f'value="{REF}/1"' not in form


async def test_what_is_left_out_or_cannot_join_is_said_at_its_field(two: House) -> None:
    """Nothing chosen, no reason, a session of another forum: what was typed stays, and nothing is sent."""
    answer = await two.browser.fill(PATH, **{**TYPED, "which": ""})
    assert answer.status_code == 422
    assert "Choose the session" in answer.text
    assert "One panel for all" in answer.text
    answer = await two.browser.fill(PATH, **{**TYPED, "reason": ""})
    assert "Enter the reason" in answer.text
    answer = await two.browser.fill(PATH, **{**TYPED, "which": f"{REF}/1"})
    assert "Choose the session" in answer.text
    assert not two.desk.sent


async def test_a_meeting_too_near_for_its_notice_asks_for_the_chairs_reason(two: House) -> None:
    """The sentence stands at the field where the reason goes; with it the session joins."""
    two.memory.now += timedelta(days=51)
    await two.done(do.fix(at(two, 1), meeting="MTG-2026-06", urgency=s.say("A vacancy")), cycle=REF)
    await two.browser.sign_in("policy-officer")
    path = "/meetings/MTG-2026-06/join"
    answer = await two.browser.fill(path, **TYPED)
    assert answer.status_code == 422
    assert "write the chair's reason for the urgency" in unescape(answer.text)
    assert 'href="#urgency"' in answer.text
    look = await two.browser.fill(path, **{**TYPED, "urgency": "A vacancy"})
    done = await two.browser.post(path, data={**hidden_of(look.text, path), "seen": "yes"})
    assert done.status_code == 303
    assert session_of(two).meeting == "MTG-2026-06"


async def test_a_meeting_that_moved_after_the_look_is_looked_at_again(two: House) -> None:
    """Nobody confirms a day that they did not see; sent again, it is the meeting's new day that was seen."""
    look = await two.browser.fill(PATH, **TYPED)
    await two.done(acts.move_session(at(two, 77), session=2), cycle=REF)
    answer = await go_on(two, look)
    assert answer.status_code == 409
    assert f"The meeting is on {moment(at(two, 77))} now" in answer.text
    assert session_of(two).meeting is None
    look = await two.browser.post(PATH, data={**hidden_of(answer.text, PATH), **TYPED})
    assert (await go_on(two, look)).status_code == 303
    assert session_of(two).starts_at == at(two, 77)


async def test_a_meeting_that_was_called_off_after_the_look_is_joined_by_nobody(two: House) -> None:
    """The form comes back and says that there is nothing to choose."""
    look = await two.browser.fill(PATH, **TYPED)
    await two.done(do.call_off(session=2), cycle=REF)
    answer = await go_on(two, look)
    assert answer.status_code == 422
    assert "No cycle under way has anything that this could be about now" in answer.text
    assert session_of(two).meeting is None


async def test_what_the_doorway_refuses_is_said_at_the_session(
    two: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form stays as it was typed, with the sentence that says what to do."""
    look = await two.browser.fill(PATH, **TYPED)
    refused = Refused(code="no_such_meeting", message="Choose another.", source="process.wrong-input",
                      field="meeting")  # fmt: skip

    async def send_nothing(*_given: object) -> Refused:
        return refused

    monkeypatch.setattr(two.desk, "send", send_nothing)
    answer = await go_on(two, look)
    assert answer.status_code in (409, 422)
    assert 'href="#which"' in answer.text
    assert "Choose another." in answer.text
    assert "One panel for all" in answer.text


async def test_who_may_not_move_sessions_and_meetings_that_are_not_there(two: House) -> None:
    """A lead of the force is told that it is not theirs; an unknown meeting is not found."""
    assert (await two.browser.get("/meetings/MTG-2026-77/join")).status_code == 404
    await two.browser.sign_in("acc-local-policing")
    assert (await two.browser.get(PATH)).status_code == 403
