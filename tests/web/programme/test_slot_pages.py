"""One cycle to come: read, put in, changed, taken out; wrong input and two people at once."""

from typing import Any

import pytest

from schemas.programme.commands import ChangeSlot, DropSlot, ProposeSlots
from tests import programme as p
from tests import scenario as s
from tests.web.house import House
from tests.web.programme.conftest import TODAY, YEAR, done, drafts, opened
from tests.web.programme.sending import inputs_of
from web.showing import dates

CHANGE = "/programme/slots/2026/1/change"


def day(name: str, on: Any) -> dict[str, str]:
    """A day in its three boxes."""
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def typed(opens_after: int = 30, held_after: int = 60) -> dict[str, Any]:
    """A whole form for one more cycle."""
    return {
        "title": "Rural crime",
        "question": "Is it less?",
        "commitments": ["SWM-VICTIMS-01"],
        "cycle_kind": "thematic",
        "officer": "policy-officer",
        "forum": "holding_to_account",
        "starts_hour": "14:00",
        **day("opens_on", p.working(TODAY, opens_after)),
        **day("starts_on", p.working(TODAY, held_after)),
    }


async def test_a_cycle_is_put_in_with_who_is_asked_for_what(begun: House) -> None:
    """The form makes one slot of the year of its session, and shows it."""
    await begun.browser.sign_in("policy-officer")
    request = {"r1_title": "Figures", "r1_lead": "acc-local-policing", "r1_form": "data",
               "r1_due-kind": "before_session", "r1_due-before_session": "5"}  # fmt: skip
    done = await begun.browser.fill("/programme/slots/new", **typed(), **request)
    assert (done.status_code, done.headers["location"]) == (303, "/programme/slots/2026/1"), done.text
    command = begun.programme.sent[-1]
    assert isinstance(command, ProposeSlots)
    assert (command.year, command.slots[0].theme, command.slots[0].requests[0].lead) == (
        YEAR, "victims", "acc-local-policing",
    )  # fmt: skip
    page = (await begun.browser.get("/programme/slots/2026/1")).text
    for words in ("Rural crime", "Is it less?", "Figures, to Assistant Chief Constable, Local Policing",
                  "Waits for the Commissioner to adopt 2026-27", "Put into the programme"):  # fmt: skip
        assert words in page, words


async def test_the_report_that_a_cycle_answers_is_planned_with_it(begun: House) -> None:
    """Its day and name are on the command and on the page, stand in the form again, and can be taken out."""
    await begun.browser.sign_in("policy-officer")
    report = {**day("report_on", TODAY), "report_name": "Response to calls"}
    form = {**typed(), "cycle_kind": "inspection_response"}
    assert (await begun.browser.fill("/programme/slots/new", **form, **report)).status_code == 303
    command = begun.programme.sent[-1]
    assert isinstance(command, ProposeSlots)
    found = command.slots[0].report
    assert found is not None
    assert (found.published_on, begun.memory.words[found.title or ""]) == (TODAY, "Response to calls")
    page = (await begun.browser.get("/programme/slots/2026/1")).text
    assert "Response to calls" in page
    assert f"published on {dates.day(TODAY)}" in page
    boxes = inputs_of((await begun.browser.get(CHANGE)).text)
    assert (boxes["report_on-day"], boxes["report_name"]) == ([str(TODAY.day)], ["Response to calls"])
    none = {**boxes, "report_on-day": "", "report_on-month": "", "report_on-year": "", "report_name": ""}
    assert (await begun.browser.post(CHANGE, data=none)).status_code == 303
    changed = begun.programme.sent[-1]
    assert isinstance(changed, ChangeSlot)
    assert changed.draft.report is None


@pytest.mark.parametrize(
    ("kind", "report", "said", "at"),
    [
        ("thematic", day("report_on", TODAY), "answers no inspection report", "#report_on-day"),
        (
            "inspection_response",
            {"report_name": "Calls"},
            "Enter the day on which it was published",
            "#report_on-day",
        ),
        ("inspection_response", day("report_on", p.working(TODAY, 9)), "is still to come", "#report_on-day"),
        (
            "inspection_response",
            {"report_on-day": "31", "report_on-month": "2", "report_on-year": "2026"},
            "The date must be a real date",
            "#report_on-day",
        ),
    ],
)
async def test_a_report_that_cannot_be_answered_is_said_at_its_day(
    begun: House, kind: str, report: dict[str, str], said: str, at: str
) -> None:
    """A kind without the law's clock, a name without its day, a day to come, a day that there is not."""
    await begun.browser.sign_in("policy-officer")
    answer = await begun.browser.fill("/programme/slots/new", **{**typed(), "cycle_kind": kind, **report})
    assert answer.status_code == 422, answer.text
    assert said in answer.text
    assert f'href="{at}"' in answer.text
    assert "Is it less?" in answer.text


@pytest.mark.parametrize(
    ("wrong", "said", "at"),
    [
        ({"title": ""}, "Enter a title", "#title"),
        ({"commitments": []}, "Choose at least one promise of the plan", "#commitments"),
        ({"opens_on-day": "31", "opens_on-month": "2"}, "The date must be a real date", "#opens_on-day"),
        (
            {"opens_on-day": "25", "opens_on-month": "12", "opens_on-year": "2026"},
            "is Christmas Day",
            "#opens_on-day",
        ),
        (
            {"starts_on-day": "2", "starts_on-month": "1", "starts_on-year": "2027"},
            "is a Saturday",
            "#starts_on-day",
        ),
        (
            {"opens_on-day": "2", "opens_on-month": "11", "opens_on-year": "2026"},
            "which is past",
            "#opens_on-day",
        ),
        ({"opens_on-year": "2045"}, "Bank holidays are known from", "#form"),
    ],
)
async def test_wrong_input_is_said_at_its_field_and_nothing_is_lost(
    begun: House, wrong: dict[str, Any], said: str, at: str
) -> None:
    """422 with the summary first, a link to the input, and everything that was typed."""
    await begun.browser.sign_in("policy-officer")
    form = typed(20, 45) if "starts_on-day" in wrong else typed()
    answer = await begun.browser.fill("/programme/slots/new", **{**form, **wrong})
    assert answer.status_code == 422, answer.text
    assert answer.text.index("There is a problem") < answer.text.index("<h1")
    assert said in answer.text
    assert f'href="{at}"' in answer.text
    assert "Is it less?" in answer.text
    programme = begun.memory.planned.programme
    assert programme
    assert programme.slots == ()


async def test_the_form_begins_with_what_is_planned_and_saving_it_changes_nothing(planned: House) -> None:
    """Sent back as it came, there is nothing to record; what the form does not ask stays."""
    await planned.browser.sign_in("policy-officer")
    page = await planned.browser.get(CHANGE)
    answer = await planned.browser.post(CHANGE, data=inputs_of(page.text))
    assert answer.status_code == 303, answer.text
    command = planned.programme.sent[-1]
    assert isinstance(command, ChangeSlot)
    assert command.draft == drafts()[0]
    assert "Nothing had to change" in (await planned.browser.get(answer.headers["location"])).text


async def test_two_who_change_one_cycle_at_once_do_not_overwrite_each_other(planned: House) -> None:
    """The second is told what stands now and keeps what they typed; sent again, it is meant."""
    await planned.browser.sign_in("policy-officer")
    form = inputs_of((await planned.browser.get(CHANGE)).text) | {"title": "Mine"}
    other = drafts()[0].model_copy(update={"title": s.say("Theirs")})
    await done(planned, p.change("2026/01", other))
    answer = await planned.browser.post(CHANGE, data=form)
    assert answer.status_code == 409
    assert "Somebody else has planned 2026/01 differently" in answer.text
    assert 'value="Mine"' in answer.text
    again = await planned.browser.post(CHANGE, data=inputs_of(answer.text))
    assert again.status_code == 303, again.text
    assert "Mine" in (await planned.browser.get("/programme/slots/2026/1")).text


async def test_a_cycle_that_was_opened_meanwhile_says_where_to_change_it(adopted: House) -> None:
    """A clear sentence, and what was typed is still there."""
    await adopted.browser.sign_in("policy-officer")
    form = inputs_of((await adopted.browser.get(CHANGE)).text) | {"title": "Too late"}
    await done(adopted, opened("2026/01"))
    answer = await adopted.browser.post(CHANGE, data=form)
    assert answer.status_code == 409
    assert "2026/01 was opened as HTA-2026-09. Change it on the page of that cycle." in answer.text
    assert 'value="Too late"' in answer.text


async def test_an_adopted_cycle_that_asks_something_else_has_to_be_adopted_again(adopted: House) -> None:
    """It is proposed again, and its history says why."""
    await adopted.browser.sign_in("policy-officer")
    form = inputs_of((await adopted.browser.get(CHANGE)).text) | {"question": "Is it safer?"}
    assert (await adopted.browser.post(CHANGE, data=form)).status_code == 303
    page = (await adopted.browser.get("/programme/slots/2026/1")).text
    assert "Waits for the Commissioner" in page
    assert "Something else is asked, so it has to be adopted again" in page


async def test_a_cycle_is_taken_out_with_a_reason(planned: House) -> None:
    """The Commissioner may; without a reason nothing happens; the year's page keeps it under what went."""
    await planned.browser.sign_in("commissioner")
    path = "/programme/slots/2026/2/drop"
    answer = await planned.browser.fill(path, reason=" ")
    assert answer.status_code == 422
    assert "Enter the reason" in answer.text
    answer = await planned.browser.fill(path, reason="The panel asks it.")
    assert (answer.status_code, answer.headers["location"]) == (303, "/programme?year=2026")
    assert isinstance(planned.programme.sent[-1], DropSlot)
    page = (await planned.browser.get("/programme?year=2026")).text
    assert "Taken out (1)" in page
    assert "The panel asks it." in page
    assert (await planned.browser.get(path)).status_code == 409


async def test_there_is_no_page_of_a_cycle_that_never_was(planned: House) -> None:
    """404, as for every address that leads nowhere."""
    await planned.browser.sign_in("policy-officer")
    assert (await planned.browser.get("/programme/slots/2026/9")).status_code == 404
