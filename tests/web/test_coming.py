"""The mails of the next thirty days, and the forms that escalate and that ask to be reminded."""

from datetime import timedelta

import pytest

from rules.writing import entries_of, own_act
from schemas.commands import Escalate, WakeMe
from schemas.events import AnyEvent, NonResponseDeemed, ReminderBounced
from tests import scenario as s
from tests.rules import acts
from tests.rules.raising_acts import wake_me
from tests.web.conftest import REF
from tests.web.house import NOW, House, hidden_of


async def test_everything_that_will_be_sent_is_on_one_page(busy: House) -> None:
    """With when, to whom, about what and why; the returned request is not among them."""
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get("/mail/coming")).text
    assert "Mail of the next 30 days" in page
    assert "working days before it is due" in page
    assert "Request 2: Paper 2" in page
    assert "Request 1: Paper 1" not in page
    assert f"/mail/coming?cycle={REF}" in (await busy.browser.get(f"/cycles/{REF}")).text
    one = (await busy.browser.get(f"/cycles/{REF}/requests/2")).text
    assert f"/mail/coming?cycle={REF}&amp;request=2" in one
    assert "/mail/coming" in (await busy.browser.get("/deadlines")).text


async def test_it_is_narrowed_to_a_lead_a_cycle_or_a_request(busy: House) -> None:
    """Each filter leaves its own, and says so where nothing is left."""
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get(f"/mail/coming?cycle={REF}&request=2")).text
    assert "Only request 2" in page
    assert "Request 3" not in page
    assert "Request 2" in (await busy.browser.get("/mail/coming?lead=acc-local-policing")).text
    for nothing in ("lead=chief-constable", "cycle=HTA-2026-99"):
        page = (await busy.browser.get(f"/mail/coming?{nothing}")).text
        assert "Nothing will be sent about this in the next 30 days." in page


async def test_a_lead_sees_what_is_about_theirs_and_nothing_else(busy: House) -> None:
    """Whatever the address asks for."""
    await busy.browser.sign_in("acc-local-policing")
    assert "Request 2: Paper 2" in (await busy.browser.get("/mail/coming")).text
    await busy.browser.sign_in("acc-protecting-people")
    page = (await busy.browser.get("/mail/coming?lead=acc-local-policing")).text
    assert "Nothing will be sent about this" in page


async def test_an_empty_office_says_what_will_appear(house: House) -> None:
    """Nothing yet."""
    await house.browser.sign_in("policy-officer")
    page = (await house.browser.get("/mail/coming")).text
    assert "Nothing will be sent in the next 30 days. When evidence is asked for" in page


async def test_a_paused_cycle_is_named(busy: House) -> None:
    """Nobody wonders why nothing comes."""
    await busy.desk.send(acts.pause().model_copy(update={"cycle": REF}), s.WORDS)
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get("/mail/coming")).text
    assert f"{REF} is paused" in page
    assert "working days before it is due" not in page


async def test_a_wake_is_shown_to_whoever_set_it(busy: House) -> None:
    """On the preview and on the cycle's page; to nobody else."""
    command = wake_me(s.date_after(NOW, 3)).model_copy(update={"cycle": REF})
    await busy.desk.send(command, s.WORDS)
    await busy.browser.sign_in("policy-officer")
    assert "You asked to be reminded" in (await busy.browser.get("/mail/coming")).text
    assert "Ask how the recruitment goes" in (await busy.browser.get(f"/cycles/{REF}")).text
    await busy.browser.sign_in("chief-executive")
    assert "You asked to be reminded" not in (await busy.browser.get("/mail/coming")).text
    assert "What you asked to be reminded of" not in (await busy.browser.get(f"/cycles/{REF}")).text


@pytest.mark.parametrize(
    ("asked", "what"), [("", "request 2"), ("?request=2", None), ("?action=2026%2F015", None)]
)
async def test_something_is_escalated_on_a_form(busy: House, asked: str, what: str | None) -> None:
    """A request or an action, chosen or named by the address."""
    for one in (acts.propose(s.date_after(NOW, 20)), acts.confirm()):
        await busy.desk.send(one.model_copy(update={"cycle": REF}), s.WORDS)
    await busy.browser.sign_in("policy-officer")
    address = f"/cycles/{REF}/act/Escalate"
    page = await busy.browser.get(address + asked)
    typed = {"to": "chief-constable", "reason": "Nothing moves", **({"what": what} if what else {})}
    done = await busy.browser.post(address, data={**hidden_of(page.text, address), **typed})
    assert done.status_code == 303, done.text
    command = busy.desk.sent[-1]
    assert isinstance(command, Escalate)
    wanted = (None, "2026/015") if "action" in asked else (2, None)
    assert (command.request, command.action) == wanted
    assert command.to == "chief-constable"


async def test_a_day_is_asked_for_on_a_form(busy: House) -> None:
    """And a day that is past is refused beside the field."""
    await busy.browser.sign_in("acc-local-policing")
    day = {"on-day": "11", "on-month": "1", "on-year": "2027"}
    done = await busy.browser.fill(f"/cycles/{REF}/act/WakeMe", about="Ask again", **day)
    assert done.status_code == 303, done.text
    assert isinstance(busy.desk.sent[-1], WakeMe)
    day = {"on-day": "11", "on-month": "1", "on-year": "2026"}
    done = await busy.browser.fill(f"/cycles/{REF}/act/WakeMe", about="Ask again", **day)
    assert done.status_code == 422
    assert "Choose a day from tomorrow on." in done.text


async def test_what_the_engine_noticed_is_on_the_pages(busy: House) -> None:
    """Silence that was taken as no response, and reminders that reached nobody."""
    cycle = busy.memory.cycle(REF)
    assert cycle
    due = cycle.requests[1].due
    assert due
    tried = [
        ReminderBounced(request=2, rung=-7, due_on=due.on, planned_at=NOW, told=(), route=route)
        for route in ("lead", "deputy", "coordination")
    ]
    events: tuple[AnyEvent, ...] = (*tried, NonResponseDeemed(request=2, due=due, after_days=10))
    at = NOW + timedelta(hours=1)
    busy.memory.ledgers[REF].extend(entries_of(own_act(REF, "test"), events, at, cycle))
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get(f"/cycles/{REF}")).text
    assert "It was taken as no response" in page
    assert "reached nobody" in page
    assert "To force coordination" in page
    assert "Taken as no response" in page
    one = (await busy.browser.get(f"/cycles/{REF}/requests/2")).text
    assert "could not be delivered to the lead&#39;s deputy" in one
