"""A role that ends in the middle, a session that ends over a form, a session for one task alone."""

from datetime import date, timedelta

import pytest
from fastapi import Depends, FastAPI
from starlette.requests import Request

from schemas.people import Appointment, Person, Role
from tests.web.conftest import REF
from tests.web.house import Browser, House, hidden_of
from tests.web.memory import MemoryReads
from tests.web.signed_in import ACTING, OWN, held, kept, only
from web.door.identity import TaskScope, begin, require
from web.door.sessions import digest_of

PAUSE = f"/cycles/{REF}/act/Pause"
WHY = "The chief constable is away until the report of the inspectorate is out."


async def test_somebody_with_two_roles_changes_between_them(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under a new id, for the time that was left, and never in a role that is not theirs."""
    held(monkeypatch, "policy-officer", OWN, ACTING)
    await house.browser.sign_in("policy-officer")
    before, until = house.browser.cookies["answerable"], only(house).until
    page = (await house.browser.get("/you")).text
    assert "Acting commissioner, since Monday 1 June 2026" in page
    form = {"csrf": hidden_of(page, "/you/role")["csrf"]}
    refused = await house.browser.post("/you/role", data={**form, "role": "commissioner"})
    assert (refused.status_code, "one of the roles that you hold" in refused.text) == (422, True)
    house.memory.now += timedelta(minutes=5)
    await house.browser.post("/you/role", data={**form, "role": "policy_officer"})
    assert "You now act as policy officer" in (await house.browser.get("/you")).text
    after = kept(house).kept[digest_of(house.browser.cookies["answerable"])]
    assert (after.role, after.until) == (Role.POLICY_OFFICER, until)
    assert kept(house).kept[digest_of(before)].ended_why == "role_changed"


async def test_a_role_that_ends_in_the_middle_does_nothing_more(
    busy: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the next click a page says since when, and shows what was typed to be copied; nothing is done."""
    held(monkeypatch, "chief-executive", Appointment(
        role=Role.CHIEF_EXECUTIVE, from_on=date(2026, 1, 1), to_on=date(2026, 11, 23)))  # fmt: skip
    await busy.browser.sign_in("chief-executive")
    form = hidden_of((await busy.browser.get(PAUSE)).text, PAUSE)
    busy.desk.sent.clear()
    held(monkeypatch, "chief-executive", Appointment(
        role=Role.CHIEF_EXECUTIVE, from_on=date(2026, 1, 1), to_on=date(2026, 11, 22)))  # fmt: skip
    answer = await busy.browser.post(PAUSE, data={**form, "reason": WHY})
    assert answer.status_code == 403
    assert "Your role as chief executive ended on Sunday 22 November 2026." in answer.text
    assert WHY in answer.text
    assert "<form" not in answer.text.split("<main")[1]
    assert answer.headers["cache-control"] == "private, no-store"
    assert (await busy.browser.get("/my-work")).status_code == 403
    assert not busy.desk.sent
    assert (await busy.browser.get("/about")).status_code == 200


async def test_somebody_who_left_the_directory_is_told_so(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their session does not outlive their entry, on pages or for programs."""
    await house.browser.sign_in("policy-officer")

    async def nobody(_reads: MemoryReads) -> dict[str, Person]:
        return {}

    monkeypatch.setattr(MemoryReads, "people", nobody)
    assert "does not have you in the role of policy officer" in (await house.browser.get("/my-work")).text
    assert (await house.browser.get("/api/v1/cycles")).status_code == 403


async def test_what_was_typed_survives_a_session_that_ended(busy: House) -> None:
    """The form comes back with its words; signed in again in another tab, the same page sends it, once."""
    await busy.browser.sign_in("policy-officer")
    form = hidden_of((await busy.browser.get(PAUSE)).text, PAUSE)
    typed = {**form, "reason": WHY}
    busy.memory.now += timedelta(hours=1)
    gone = await busy.browser.post(PAUSE, data=typed)
    assert gone.status_code == 401
    assert "nothing happened here for 30 minutes" in gone.text
    assert WHY in gone.text
    assert not busy.desk.sent
    await busy.browser.sign_in("policy-officer")
    again = await busy.browser.post(PAUSE, data={**hidden_of(gone.text, PAUSE), "reason": WHY})
    assert again.status_code == 403
    assert not busy.desk.sent
    fresh = hidden_of(again.text, PAUSE)
    assert fresh["key"] == form["key"]
    done = await busy.browser.post(PAUSE, data={**fresh, "reason": WHY})
    assert done.status_code in (200, 303), done.text
    assert "Check what you typed" not in done.text


async def test_a_page_that_was_not_signed_in_shows_no_other_page(house: House) -> None:
    """Without anything typed one is led to the sign-in, as before."""
    assert (await house.browser.post(PAUSE, data={"csrf": "x"})).headers["location"] == "/sign-in"


@pytest.fixture
async def task_only(busy: House) -> Browser:
    """Somebody who came by a link for request 1, at an app with a page that takes such sessions."""
    app: FastAPI = busy.app

    async def enter(request: Request) -> dict[str, str]:
        people = await busy.rooms.reads.people()
        await begin(request, people["acc-local-policing"], scope=TaskScope(REF, 1))
        return {}

    async def task(person: Person = Depends(require(Role.THEMATIC_LEAD, task=True))) -> dict[str, str]:  # noqa: B008 - as FastAPI has it
        return {"person": person.id}

    app.add_api_route("/enter", enter)
    app.add_api_route("/only/{reference}/{number}", task)
    await busy.browser.get("/enter")
    return busy.browser


async def test_a_session_for_one_task_reaches_that_task_alone(task_only: Browser) -> None:
    """No other task, no page that does not say so, no interface for programs, and not the page You."""
    assert (await task_only.get(f"/only/{REF}/1")).json() == {"person": "acc-local-policing"}
    for path in (f"/only/{REF}/2", "/only/HTA-2026-02/1", "/actions", "/you", "/api/v1/cycles", "/tasks"):
        answer = await task_only.get(path)
        assert answer.status_code == 403, path
    assert "link that is for one task only" in (await task_only.get("/actions")).text
    await task_only.fill("/sign-out")
    assert (await task_only.get(f"/only/{REF}/1")).status_code == 303


async def test_a_link_that_ran_out_says_how_to_go_on(task_only: Browser, busy: House) -> None:
    """Who came by a link has no account: they are told to open it again, and their words wait for them."""
    busy.memory.now += timedelta(hours=12)
    assert (await task_only.get("/tasks")).status_code == 303
    assert "Open the link in your mail again" in (await task_only.get("/sign-in")).text
    gone = await task_only.post(f"/tasks/{REF}/1", data={"csrf": "old", "answer": WHY})
    assert (gone.status_code, WHY in gone.text) == (401, True)
    assert "Open the link in your mail again, in this browser" in gone.text


async def test_a_visitor_whose_form_was_open_for_long_sends_it_again(house: House) -> None:
    """A form that is for everybody needs nobody to be signed in: checked once more it is taken."""
    typed = {"csrf": "old", "address": "name@force.example"}
    stale = await house.browser.post("/new-link", data=typed)
    assert (stale.status_code, "had been open for a long time" in stale.text) == (403, True)
    assert "Sign in (opens" not in stale.text
    again = hidden_of(stale.text, "/new-link")
    assert again["address"] == typed["address"]
    assert (await house.browser.post("/new-link", data=again)).status_code == 200


async def test_files_are_not_kept_and_that_is_said(busy: House) -> None:
    """A form with files comes back with its words alone."""
    files = [("files", ("figures.txt", b"12 of 14", "text/plain"))]
    gone = await busy.browser.post(f"/tasks/{REF}/1", data={"csrf": "old", "answer": WHY}, files=files)
    assert (gone.status_code, WHY in gone.text) == (401, True)
    assert "files are not kept" in gone.text
    assert "figures" not in gone.text


async def test_a_button_that_was_used_means_the_same_when_it_is_sent_again(busy: House) -> None:
    """What asked for a look does not become the act, and words that look like a page stay words."""
    gone = await busy.browser.post(
        PAUSE, data={"preview": "1", "reason": "<script>alert(1)</script> and more"}
    )
    assert 'name="preview" value="1"' in gone.text
    assert "<script>alert" not in gone.text
