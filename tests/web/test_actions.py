"""The action's own page, the tracker over all cycles, the decision's page, and answering for a lead."""

from datetime import timedelta

import httpx
import pytest

from tests import scenario as s
from tests.rules import acts, outcome_acts
from tests.web.conftest import REF
from tests.web.house import NOW, House, hidden_of

PAGE = f"/cycles/{REF}/actions/{acts.ACTION}"
DUE = s.date_after(NOW, 20)
LATER = s.date_after(NOW, 30)


async def typed_in(house: House, path: str, **typed: str) -> httpx.Response:
    """Open a form, type, and send it, whatever its fields are called."""
    page = await house.browser.get(path)
    address = path.split("?", maxsplit=1)[0]
    return await house.browser.post(address, data={**hidden_of(page.text, address), **typed})


@pytest.fixture
async def agreed(busy: House) -> House:
    """An office with one agreed action of the lead's."""
    await busy.done(acts.propose(DUE), acts.confirm(), cycle=REF)
    return busy


async def test_the_two_states_stand_side_by_side(agreed: House) -> None:
    """What the owner says is not what the office has checked."""
    await agreed.done(outcome_acts.progress(assessment="at_risk"), cycle=REF)
    await agreed.browser.sign_in("policy-officer")
    page = (await agreed.browser.get(PAGE)).text
    assert (
        page.index("What the owner says") < page.index("At risk") < page.index("What the office has checked")
    )
    assert "Half of it is done" in page
    assert "Why this date?" in page
    assert "Progress reported" in page
    await agreed.done(acts.claim(NOW.date()), cycle=REF)
    page = (await agreed.browser.get(PAGE)).text
    assert "Not checked yet" in page
    assert "Here is the proof." in page
    await agreed.done(acts.verify(), cycle=REF)
    assert "Done and checked" in (await agreed.browser.get(PAGE)).text


async def test_the_proof_is_read_where_it_is_checked(agreed: House) -> None:
    """The form shows it with the day that it speaks of, and the way back where it does not hold."""
    check = f"/cycles/{REF}/act/VerifyDone?action={acts.ACTION}"
    await agreed.browser.sign_in("policy-officer")
    assert "Shown up to" not in (await agreed.browser.get(check)).text
    await agreed.done(acts.claim(NOW.date()), cycle=REF)
    for path in (check, f"/cycles/{REF}/act/Reopen?action={acts.ACTION}"):
        page = (await agreed.browser.get(path)).text
        assert "Here is the proof." in page
        assert "Shown up to" in page
    assert f"/act/Reopen?action={acts.ACTION}" in (await agreed.browser.get(check)).text
    await agreed.browser.sign_in("acc-local-policing")
    again = (await agreed.browser.get(f"/cycles/{REF}/act/ClaimDone?action={acts.ACTION}")).text
    assert "Shown up to" not in again


async def test_a_dispute_a_slip_and_a_wish_are_shown(busy: House) -> None:
    """Honestly, with the reasons."""
    await busy.done(acts.propose(DUE), outcome_acts.dispute(), cycle=REF)
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get(PAGE)).text
    assert "Disputed by" in page
    assert "Nobody here recalls it" in page
    assert "Settle it" in (await busy.browser.get("/my-work")).text
    await busy.done(acts.confirm(), outcome_acts.ask_date(LATER), cycle=REF)
    assert "Later day asked for" in (await busy.browser.get(PAGE)).text
    assert "A later day is asked for action" in (await busy.browser.get("/my-work")).text
    await busy.done(outcome_acts.decide_date(), outcome_acts.ask_date(LATER + timedelta(days=9)), cycle=REF)
    page = (await busy.browser.get(PAGE)).text
    assert "Moved once" in page
    assert "the day stays" in page


async def test_what_can_be_done_is_offered_to_whose_it_is(agreed: House) -> None:
    """The owner asks and reports; the office passes on; another lead can do nothing here."""
    offers = {}
    for person in ("acc-local-policing", "acc-protecting-people", "policy-officer"):
        await agreed.browser.sign_in(person)
        page = (await agreed.browser.get(PAGE)).text
        offers[person] = {
            kind for kind in ("MoveActionDate", "ReportProgress", "PassOn") if f"/{kind}?" in page
        }
    assert offers == {
        "acc-local-policing": {"MoveActionDate", "ReportProgress"},
        "acc-protecting-people": set(),
        "policy-officer": {"PassOn"},
    }


@pytest.mark.parametrize(
    ("person", "kind", "typed", "event"),
    [
        ("acc-local-policing", "MoveActionDate", {"reason": "Late data"}, "ActionDateAsked"),
        (
            "acc-local-policing",
            "ReportProgress",
            {"assessment": "on_track", "account": "Half is done"},
            "ProgressReported",
        ),
        ("policy-officer", "PassOn", {"to": "acc-protecting-people", "reason": "Moved"}, "ActionPassedOn"),
    ],
)
async def test_the_forms_of_an_agreed_action(
    agreed: House, person: str, kind: str, typed: dict[str, str], event: str
) -> None:
    """What is typed becomes the event."""
    await agreed.browser.sign_in(person)
    day = {"to-day": str(LATER.day), "to-month": str(LATER.month), "to-year": str(LATER.year)}
    more = day if kind == "MoveActionDate" else {}
    path = f"/cycles/{REF}/act/{kind}?action={acts.ACTION}"
    answer = await typed_in(agreed, path, action=acts.ACTION, **typed, **more)
    assert answer.status_code == 303, answer.text
    assert agreed.memory.ledgers[REF][-1].event.kind == event


@pytest.mark.parametrize(
    ("person", "kind", "event"),
    [
        ("force-coordination", "DisputeAction", "ActionDisputed"),
        ("second-policy-officer", "WithdrawAction", "ActionWithdrawn"),
    ],
)
async def test_the_forms_of_a_proposal(busy: House, person: str, kind: str, event: str) -> None:
    """The other side disputes it, the own side takes it back."""
    await busy.done(acts.propose(DUE), cycle=REF)
    await busy.browser.sign_in(person)
    path = f"/cycles/{REF}/act/{kind}"
    answer = await busy.browser.fill(path, action=acts.ACTION, reason="Because")
    assert answer.status_code == 303, answer.text
    assert busy.memory.ledgers[REF][-1].event.kind == event


async def test_a_wish_is_decided_and_what_is_done_is_reopened_on_forms(agreed: House) -> None:
    """The office's two answers."""
    await agreed.done(outcome_acts.ask_date(LATER), cycle=REF)
    await agreed.browser.sign_in("policy-officer")
    path = f"/cycles/{REF}/act/DecideActionDate"
    await agreed.browser.fill(path, action=acts.ACTION, granted="no", reason="It was agreed")
    assert agreed.memory.ledgers[REF][-1].event.kind == "ActionDateKept"
    await agreed.done(acts.claim(NOW.date()), cycle=REF)
    path = f"/cycles/{REF}/act/Reopen"
    day = {"due_on-day": "1", "due_on-month": "3", "due_on-year": "2027"}
    await agreed.browser.fill(path, action=acts.ACTION, reason="Old numbers", **day)
    assert agreed.memory.ledgers[REF][-1].event.kind == "ActionReopened"


async def test_the_tracker_says_that_nothing_is_open(busy: House) -> None:
    """An empty table is no answer."""
    await busy.browser.sign_in("policy-officer")
    assert "No action is open." in (await busy.browser.get("/actions")).text


async def test_the_tracker_narrows_and_the_table_follows(agreed: House) -> None:
    """By owner and by what is late, on the page and in the file."""
    await agreed.browser.sign_in("policy-officer")
    page = (await agreed.browser.get("/actions")).text
    assert f"{acts.ACTION}: Publish the numbers" in page
    assert "Carried over" in page
    assert "0 actions with these filters" in (await agreed.browser.get("/actions?owner=nobody")).text
    assert "0 actions with these filters" in (await agreed.browser.get("/actions?late=yes")).text
    agreed.memory.now = NOW + timedelta(days=60)
    await agreed.browser.sign_in("policy-officer")
    page = (await agreed.browser.get("/actions?owner=acc-local-policing&late=yes")).text
    assert "1 open action" in page
    table = await agreed.browser.get("/actions.csv?late=yes")
    assert table.headers["content-type"].startswith("text/csv")
    assert table.text.splitlines()[1].startswith(f"{acts.ACTION},{REF},Publish the numbers,")


async def test_a_table_runs_nothing_in_a_spreadsheet(busy: House) -> None:
    """What begins like a formula is only text."""
    await busy.done(acts.propose(DUE, what=s.say("=cmd|' /C calc'!A0")), cycle=REF)
    await busy.browser.sign_in("policy-officer")
    assert "'=cmd" in (await busy.browser.get("/actions.csv")).text


async def test_a_decision_is_shown_with_what_the_public_reads(busy: House) -> None:
    """Where the reasons are withheld, the public reads the ground."""
    await busy.done(
        acts.record_decision(restricted=True, conditions=s.say("Commercial terms"), function="contract"),
        cycle=REF,
    )
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get(f"/cycles/{REF}/decisions/1")).text
    assert "Waiting did not help" in page
    assert "The reasons are withheld. The ground: Commercial terms" in page
    assert "Contract" in page
    assert (await busy.browser.get(f"/cycles/{REF}/decisions/2")).status_code == 404
    assert (await busy.browser.get(f"/cycles/{REF}/actions/2026/999")).status_code == 404


async def test_who_takes_over_is_recorded_and_shown(busy: House) -> None:
    """With both names."""
    await busy.browser.sign_in("chief-executive")
    day = {"from_on-day": "8", "from_on-month": "5", "from_on-year": "2028"}
    path = f"/cycles/{REF}/act/Succeed"
    answer = await typed_in(busy, path, what="body", to="west-mercia-mayor", reason="The law", **day)
    assert answer.status_code == 303, answer.text
    page = (await busy.browser.get(f"/cycles/{REF}")).text
    assert "west-mercia-mayor takes over from west-mercia-opcc" in page


async def test_a_deputy_chooses_for_whom_they_answer(busy: House) -> None:
    """Until they choose their own name again; a lead whose deputy they are not is refused."""
    await busy.browser.sign_in("acc-protecting-people")
    assert (await busy.browser.get(f"/tasks/{REF}/2")).status_code == 403
    page = (await busy.browser.get("/tasks")).text
    assert "Answer for somebody whose deputy you are" in page
    answer = await busy.browser.fill("/tasks", to="/tasks/for", lead="acc-local-policing")
    assert answer.status_code == 303
    page = (await busy.browser.get("/tasks")).text
    assert "You answer for <strong>Assistant Chief Constable, Local Policing</strong>" in page
    assert (await busy.browser.get(f"/tasks/{REF}/2")).status_code == 200
    await busy.browser.fill(f"/cycles/{REF}/act/Acknowledge?request=2", request="2")
    actor = busy.memory.ledgers[REF][-1].actor
    assert (actor.person, actor.deputising_for) == ("acc-protecting-people", "acc-local-policing")
    wrong = await busy.browser.fill("/tasks", to="/tasks/for", lead="director-of-business-services")
    assert wrong.status_code == 403
    await busy.browser.fill("/tasks", to="/tasks/for", lead="")
    assert (await busy.browser.get(f"/tasks/{REF}/2")).status_code == 403
