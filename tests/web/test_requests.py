"""Pages about requests: campaigns, amendments, questions, delegation, parts, certificates, claims."""

from datetime import timedelta
from typing import Any

from schemas.clocks import WorkingDays
from schemas.commands import AmendRequest, AskSeveral, ClaimSensitivity, SendBack, SubmitReturn
from schemas.events import RequestAmended
from tests import scenario as s
from tests.rules import request_acts as r
from tests.web.conftest import REF
from tests.web.house import House, hidden_of


async def send(house: House, *commands: Any) -> None:
    """Hand in commands about this cycle."""
    for command in commands:
        done = await house.desk.send(command.model_copy(update={"cycle": REF}), s.WORDS)
        assert type(done).__name__ == "Receipt", done
    house.desk.sent.clear()


async def fill(house: House, path: str, typed: dict[str, str]) -> Any:
    """Fill in a form that has a field of the name `to`."""
    page, address = await house.browser.get(path), path.partition("?")[0]
    return await house.browser.post(address, data={**hidden_of(page.text, address), **typed})


def three() -> Any:
    """One more request, of three parts, to be certified."""
    parts = tuple(s.say(one) for one in ("Volumes", "Outcomes", "Reasons"))
    draft = s.draft(due=WorkingDays(days=10)).model_copy(update={"asked": parts, "certify": True})
    return s.add_request(REF).model_copy(update={"request": draft})


async def test_several_leads_are_asked_on_one_form_and_worked_row_by_row(busy: House) -> None:
    """The campaign has a page with a row for each lead and what to do about each."""
    number = len(busy.memory.standing(REF).requests) + 1
    await busy.browser.sign_in("policy-officer")
    typed: dict[str, Any] = {
        "title": "Response times",
        "asked": "Volumes",
        "leads": ["acc-local-policing", "chief-constable"],
        "form": "report",
        "due-kind": "after_session",
        "due-after_session": "3",
    }
    page = await busy.browser.fill(f"/cycles/{REF}/act/AskSeveral", **typed)
    assert page.status_code == 303, page.text
    command = busy.desk.sent[-1]
    assert isinstance(command, AskSeveral)
    assert command.request.due.kind == "after_session"
    page = await busy.browser.get(f"/cycles/{REF}/campaigns/{number}")
    assert "2 answers are still owed." in page.text
    assert f"/cycles/{REF}/act/WithdrawRequest?request={number + 1}" in page.text
    assert f"/cycles/{REF}/campaigns/{number}" in (await busy.browser.get(f"/cycles/{REF}")).text
    assert (await busy.browser.get(f"/cycles/{REF}/campaigns/99")).status_code == 404


async def test_a_campaign_of_one_lead_is_sent_back_to_its_field(busy: House) -> None:
    """Another lead has to be named, or another form used."""
    await busy.browser.sign_in("policy-officer")
    leads = ["chief-constable"]
    typed: dict[str, Any] = {"title": "x", "leads": leads, "form": "report", "due-kind": "at_session"}
    page = await busy.browser.fill(f"/cycles/{REF}/act/AskSeveral", **typed)
    assert page.status_code == 422
    assert "There are too few of these. Add one more." in page.text


async def test_a_request_is_amended_from_what_it_says_now(busy: House) -> None:
    """The form starts with the request as it stands, and only what is changed changes."""
    await send(busy, three())
    number = len(busy.memory.standing(REF).requests)
    await busy.browser.sign_in("policy-officer")
    address = f"/cycles/{REF}/act/AmendRequest?request={number}"
    page = await busy.browser.get(address)
    assert "Volumes\nOutcomes\nReasons" in page.text
    typed = {"title": "A narrower paper", "asked": "Volumes\nOutcomes\nReasons", "form": "report",
             "due-kind": "working_days", "due-working_days": "10", "certify": "yes",
             "reason": "It was too wide"}  # fmt: skip
    done = await busy.browser.fill(address, **typed)
    assert done.status_code == 303, done.text
    command = busy.desk.sent[-1]
    assert isinstance(command, AmendRequest)
    amended = busy.memory.ledgers[REF][-1].event
    assert isinstance(amended, RequestAmended)
    assert amended.restarts is False
    assert "It was too wide" in (await busy.browser.get(f"/cycles/{REF}/requests/{number}")).text


async def test_a_question_waits_on_the_officers_board_and_shows_on_the_leads_task(busy: House) -> None:
    """Asked by the lead, answered by the officer, seen by both."""
    await busy.browser.sign_in("acc-local-policing")
    await busy.browser.fill(f"/cycles/{REF}/act/AskClarification?request=2", question="Which months?")
    page = await busy.browser.get(f"/tasks/{REF}/2")
    assert "the clock stands still" in page.text
    assert "Which months?" in page.text
    await busy.browser.sign_in("policy-officer")
    board = await busy.browser.get("/my-work")
    assert f"/cycles/{REF}/act/AnswerClarification?request=2" in board.text
    done = await busy.browser.fill(f"/cycles/{REF}/act/AnswerClarification?request=2", answer="April to June")
    assert done.status_code == 303
    await busy.browser.sign_in("acc-local-policing")
    page = await busy.browser.get(f"/tasks/{REF}/2")
    assert "April to June" in page.text
    assert "stands still" not in page.text


async def test_a_delegate_sees_the_task_and_the_lead_sees_the_delegate(busy: House) -> None:
    """Until the day."""
    until = busy.memory.now + timedelta(days=3)
    day = {f"until_on-{part}": str(getattr(until, part)) for part in ("day", "month", "year")}
    typed = {"to": "acc-protecting-people", "reason": "", **day}
    await busy.browser.sign_in("acc-local-policing")
    done = await fill(busy, f"/cycles/{REF}/act/Delegate?request=2", typed)
    assert done.status_code == 303, done.text
    assert "may answer too" in (await busy.browser.get(f"/tasks/{REF}/2")).text
    await busy.browser.sign_in("acc-protecting-people")
    assert f"/tasks/{REF}/2" in (await busy.browser.get("/tasks")).text
    assert (await busy.browser.get(f"/tasks/{REF}/2")).status_code == 200
    busy.memory.now += timedelta(days=5)
    await busy.browser.sign_in("acc-protecting-people")
    assert (await busy.browser.get(f"/tasks/{REF}/2")).status_code == 403


async def test_a_request_is_put_to_another_lead(busy: House) -> None:
    """Its page says with whom it was."""
    await busy.browser.sign_in("policy-officer")
    typed = {"to": "acc-protecting-people", "reason": "The portfolio moved"}
    done = await fill(busy, f"/cycles/{REF}/act/Reassign?request=2", typed)
    assert done.status_code == 303, done.text
    assert "The portfolio moved" in (await busy.browser.get(f"/cycles/{REF}/requests/2")).text


async def test_parts_are_ticked_owed_certified_and_sent_back(busy: House) -> None:
    """A part leaves the rest owed; the whole waits for its certificate; one part reopens."""
    await send(busy, three())
    number = len(busy.memory.standing(REF).requests)
    await busy.browser.sign_in("acc-local-policing")
    await busy.browser.fill(
        f"/tasks/{REF}/{number}", answer="provided", written="Here", parts=["1"], partial="yes"
    )
    command = busy.desk.sent[-1]
    assert isinstance(command, SubmitReturn)
    assert command.parts == (1,)
    page = await busy.browser.get(f"/tasks/{REF}/{number}")
    assert "Still owed:" in page.text
    assert "Returned in part" in page.text
    await busy.browser.fill(f"/tasks/{REF}/{number}", answer="provided", written="Rest")
    await busy.browser.sign_in("policy-officer")
    assert "is not certified by the force yet" in (await busy.browser.get("/my-work")).text
    await busy.browser.sign_in("chief-constable")
    assert "waits for your certificate" in (await busy.browser.get("/tasks")).text
    done = await busy.browser.fill(
        f"/cycles/{REF}/act/CertifyReturn?request={number}", which=f"{number}.2", statement="I certify it."
    )
    assert done.status_code == 303, done.text
    await busy.browser.sign_in("policy-officer")
    assert "A return is to be checked" in (await busy.browser.get("/my-work")).text
    back: dict[str, Any] = {"gap": "More", "parts": ["2"], "due-kind": "working_days"}
    back["due-working_days"] = "5"
    done = await busy.browser.fill(f"/cycles/{REF}/act/SendBack?request={number}", **back)
    assert done.status_code == 303, done.text
    sent = busy.desk.sent[-1]
    assert isinstance(sent, SendBack)
    assert sent.parts == (2,)


async def test_an_item_is_claimed_and_decided(busy: House) -> None:
    """The claim waits for the officer and is shown with the request."""
    await busy.browser.sign_in("acc-local-policing")
    typed = {"item": "1.1.1", "ground": "safety", "paragraph": "", "why": "It names a refuge",
             "until_on-day": "1", "until_on-month": "3", "until_on-year": "2027"}  # fmt: skip
    done = await busy.browser.fill(f"/cycles/{REF}/act/ClaimSensitivity?request=1", **typed)
    assert done.status_code == 303, done.text
    assert isinstance(busy.desk.sent[-1], ClaimSensitivity)
    await busy.browser.sign_in("chief-executive")
    assert f"/cycles/{REF}/act/DecideSensitivity?request=1" in (await busy.browser.get("/my-work")).text
    await busy.browser.sign_in("policy-officer")
    typed = {"claim": "1.1", "upheld": "yes", "reason": "It does"}
    done = await busy.browser.fill(f"/cycles/{REF}/act/DecideSensitivity?request=1", **typed)
    assert done.status_code == 303, done.text
    page = (await busy.browser.get(f"/cycles/{REF}/requests/1")).text
    assert "Upheld" in page
    assert "The safety of a person" in page


async def test_time_is_asked_for_by_days_or_to_a_day_and_not_both(busy: House) -> None:
    """The refusal stands beside the field."""
    await busy.browser.sign_in("acc-local-policing")
    address = f"/cycles/{REF}/act/RequestExtension?request=2"
    page = await busy.browser.fill(address, reason="Late data", days="")
    assert page.status_code == 422
    assert "Give either the day" in page.text
    done = await busy.browser.fill(address, reason="Late data", days="3")
    assert done.status_code == 303, done.text


async def test_the_forms_that_are_opened_without_a_request_ask_for_one(busy: House) -> None:
    """Each can be shown from the cycle's own page."""
    await send(busy, r.ask_what(2))
    await busy.browser.sign_in("policy-officer")
    for kind in ("AmendRequest", "Reassign", "AnswerClarification", "DecideSensitivity", "AskSeveral"):
        assert (await busy.browser.get(f"/cycles/{REF}/act/{kind}")).status_code == 200, kind
    await busy.browser.sign_in("acc-local-policing")
    for kind in ("Delegate", "AskClarification", "ClaimSensitivity", "CertifyReturn"):
        assert (await busy.browser.get(f"/cycles/{REF}/act/{kind}")).status_code == 200, kind
