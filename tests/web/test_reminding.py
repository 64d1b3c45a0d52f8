"""A reminder sent by hand from the page of a request or of an action."""

from datetime import timedelta

from schemas.commands import Remind
from schemas.events import RequestReminded
from tests import scenario as s
from tests.rules import acts
from tests.web.conftest import REF
from tests.web.house import House, hidden_of

FORM = f"/cycles/{REF}/act/Remind"


async def test_an_officer_sends_a_reminder_from_the_request_once_a_day(busy: House) -> None:
    """Offered where a return is owed; the same form twice is one; another that day is refused in words."""
    await busy.browser.sign_in("policy-officer")
    request = (await busy.browser.get(f"/cycles/{REF}/requests/2")).text
    assert f"/cycles/{REF}/act/Remind?request=2" in request
    assert "/act/Remind" not in (await busy.browser.get(f"/cycles/{REF}/requests/1")).text
    page = (await busy.browser.get(f"{FORM}?request=2")).text
    assert "Whoever owes it gets one mail now" in page
    form = {**hidden_of(page, FORM), "what": "request 2"}
    for _ in range(2):
        assert (await busy.browser.post(FORM, data=form)).status_code == 303
    assert [(one.request, one.action) for one in busy.desk.sent if isinstance(one, Remind)][:1] == [(2, None)]
    ledger = busy.memory.ledgers[REF]
    assert [one.event.kind for one in ledger if isinstance(one.event, RequestReminded)] == ["RequestReminded"]
    assert "Reminder sent by hand" in (await busy.browser.get(f"/cycles/{REF}/requests/2")).text
    again = await busy.browser.fill(f"{FORM}?request=2", to=FORM, what="request 2")
    assert again.status_code == 409
    assert "A reminder of request 2 went out today. Send the next one tomorrow" in again.text
    busy.memory.now += timedelta(days=1)
    await busy.browser.sign_in("policy-officer")
    assert (await busy.browser.fill(f"{FORM}?request=2", to=FORM, what="request 2")).status_code == 303


async def test_an_action_is_reminded_of_and_what_is_not_there_is_refused(busy: House) -> None:
    """From its own page; a name that is typed into the address is refused beside the field."""
    await busy.done(acts.propose(s.date_after(busy.memory.now, 20)), acts.confirm(), cycle=REF)
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get(f"/cycles/{REF}/actions/{acts.ACTION}")).text
    assert f"/cycles/{REF}/act/Remind?action={acts.ACTION.replace('/', '%2F')}" in page or (
        f"/cycles/{REF}/act/Remind?action={acts.ACTION}" in page
    )
    what = f"action {acts.ACTION}"
    assert (await busy.browser.fill(f"{FORM}?action={acts.ACTION}", to=FORM, what=what)).status_code == 303
    for wrong in ("action 2026/999", "request 9", "request x", ""):
        answer = await busy.browser.fill(FORM, what=wrong)
        assert answer.status_code == 422, wrong


async def test_the_force_has_no_such_button(busy: House) -> None:
    """Nor the form behind it."""
    await busy.browser.sign_in("acc-local-policing")
    assert (await busy.browser.get(f"{FORM}?request=2")).status_code == 403
