"""The office's settings: people and roles on record, who did what, and how the system is."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from engine.well import EngineWell
from schemas.people import Role
from schemas.successions import Announced
from tests.web.conftest import REF
from tests.web.house import House

WHY = "Their post was filled on Monday."
LEAD = "/settings/people/acc-local-policing"


@pytest.fixture
async def office(busy: House) -> House:
    """A policy officer at the settings, where one cycle runs."""
    await busy.browser.sign_in("policy-officer")
    return busy


async def test_a_correction_is_kept_with_its_reason_and_says_what_hangs_on_it(office: House) -> None:
    """The page names the open requests of the lead; the change stands on the entry and in the record."""
    page = await office.browser.get(LEAD)
    assert f"/cycles/{REF}/requests/2" in page.text
    facts = {"title": "Head of local policing", "role": "thematic_lead", "organisation": "west-mercia-police",
             "address": "head@force.example", "way": "correct"}  # fmt: skip
    wrong = await office.browser.fill(LEAD, **facts, reason="because")
    assert (wrong.status_code, "Say why in a sentence" in wrong.text) == (422, True)
    assert "Head of local policing" in wrong.text
    done = await office.browser.fill(LEAD, **facts, reason=WHY)
    assert done.headers["location"] == LEAD
    page = await office.browser.get(LEAD)
    assert "now Head of local policing" in page.text
    assert WHY in page.text
    record = await office.browser.get("/settings/record?book=directory")
    assert WHY in record.text
    assert "head@force.example" not in record.text


async def test_a_form_that_is_sent_twice_is_carried_out_once(office: House) -> None:
    """The second press changes nothing and is no mistake."""
    page = await office.browser.get("/settings/people/new")
    sent = {
        "csrf": page.text.split('name="csrf" value="')[1].split('"')[0],
        "key": page.text.split('name="key" value="')[1].split('"')[0],
        "id": "head-of-custody", "title": "Head of custody", "role": "thematic_lead",
        "organisation": "west-mercia-police", "address": "", "deputy": "", "reason": WHY, "way": "correct",
    }  # fmt: skip
    for _ in range(2):
        assert (await office.browser.post("/settings/people/new", data=sent)).status_code == 303
    assert len(office.memory.directory.changes) == 1
    assert "head-of-custody" in (await office.browser.get("/settings/people")).text


async def test_the_last_chief_executive_stays_until_another_is_entered(office: House) -> None:
    """Their end is refused with the day from which nobody could sign; nothing is kept."""
    path = "/settings/people/chief-executive"
    day = {"to_on-day": "30", "to_on-month": "11", "to_on-year": "2026"}
    wrong = await office.browser.fill(path, **day, way="end", reason_days=WHY)
    assert wrong.status_code == 422
    assert "From Tuesday 1 December 2026 nobody would be chief executive" in wrong.text
    assert office.memory.directory.changes == []


async def test_an_absence_is_a_deputy_with_days(office: House) -> None:
    """The colleague answers for the lead on those days, and keeps their own role."""
    people = await office.rooms.reads.people()
    lead = people["acc-local-policing"]
    other = next(one for one in people.values() if one.role == Role.THEMATIC_LEAD and one.id != lead.id)
    days = {"from_on-day": "1", "from_on-month": "12", "from_on-year": "2026",
            "to_on-day": "11", "to_on-month": "12", "to_on-year": "2026"}  # fmt: skip
    done = await office.browser.fill(
        f"/settings/people/{other.id}", **days, way="appoint", as_role="thematic_lead", deputises=lead.id,
        reason_days=WHY,
    )  # fmt: skip
    assert done.status_code == 303, done.text
    after = (await office.rooms.reads.people())[other.id]
    assert [after.deputises_for(lead, date(2026, 12, day)) for day in (1, 11, 12)] == [True, True, False]
    assert Role.THEMATIC_LEAD in after.roles_on(date(2026, 12, 12))


async def test_nobody_changes_their_own_role(office: House) -> None:
    """A second person looks at it; the form says whom to ask."""
    wrong = await office.browser.fill(
        "/settings/people/policy-officer", title="Policy officer", role="chief_executive",
        organisation="west-mercia-opcc", address="policy.officer@opcc.example", way="correct", reason=WHY,
    )  # fmt: skip
    assert (wrong.status_code, "Ask a colleague to change your own role" in wrong.text) == (422, True)


async def test_two_people_at_once_lose_nothing(office: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes second sees what stands there now, with what they typed."""

    async def moved_on(*_given: object) -> bool:
        return False

    monkeypatch.setattr(type(office.rooms.directory), "change", moved_on)
    answer = await office.browser.fill(
        LEAD, title="Another title", role="thematic_lead", organisation="west-mercia-police", address="",
        way="correct", reason=WHY,
    )  # fmt: skip
    assert (answer.status_code, "Somebody changed this entry meanwhile" in answer.text) == (409, True)
    assert "Another title" in answer.text


async def test_the_record_is_searched_by_who_what_and_when(office: House) -> None:
    """What is found is counted, can be taken as a table, and a wrong day is refused with how to write one."""
    page = await office.browser.get("/settings/record", params={"about": REF, "act": "asked for"})
    assert "Evidence asked for" in page.text
    assert "Return received" not in page.text
    table = await office.browser.get("/settings/record.csv", params={"person": "acc-local-policing"})
    rows = list(csv.reader(io.StringIO(table.text.lstrip("\ufeff"))))
    assert {row[1] for row in rows[1:]} == {"acc-local-policing"}
    assert "no-store" in table.headers["cache-control"]
    none = await office.browser.get("/settings/record?until=2020-01-01")
    assert "Nothing on record is like this" in none.text
    wrong = await office.browser.get("/settings/record?since=yesterday")
    assert (wrong.status_code, "such as 2026-11-23" in wrong.text) == (422, True)


async def test_how_the_system_is_says_what_to_do(office: House) -> None:
    """An engine that is away and a mail that came back are named with what to do; a worker is counted."""
    page = await office.browser.get("/settings/health")
    assert "Ask whoever runs the system to start Temporal" in page.text
    assert "send the mail again" in page.text

    async def well() -> EngineWell:
        return EngineWell(answers=True, workers=1, waiting=3)

    office.app.state.rooms = replace(office.rooms, engine_well=well)
    assert "1 at work" in (await office.browser.get("/settings/health")).text


@pytest.mark.parametrize("path", ["", "/organisation", "/retention", "/people", "/people/nobody", "/record"])
async def test_settings_are_for_the_chief_executive_and_policy_officers(office: House, path: str) -> None:
    """They read them; somebody of the force is told for whom they are."""
    known = 404 if path == "/people/nobody" else 200
    assert (await office.browser.get(f"/settings{path}")).status_code == known
    await office.browser.sign_in("acc-local-policing")
    assert (await office.browser.get(f"/settings{path}")).status_code == 403


async def test_pages_use_the_titles_of_the_body_that_governs(office: House) -> None:
    """From the day of an announced succession, and not before, a page says the new title."""
    governing = office.rooms.governing
    step = Announced(
        office=office.rooms.body, what="body", was=office.rooms.body, was_name="Commissioner", to="a-board",
        to_name="A board", from_on=date(2026, 11, 23), reason="An Act.", announced_by="chief-executive",
    )  # fmt: skip
    later = step.model_copy(update={"from_on": date(2026, 11, 24)})
    for announced, said in ((later, "The Commissioner holds"), (step, "The office holder holds")):
        governing.announced = (announced,)
        assert said in (await office.browser.get("/about")).text
