"""What follows a question: a reminder, more time, a second version beside the first."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from tests import scenario as s
from tests.chaos.product import Running
from tests.journeys.browser import Person, signed_in
from tests.journeys.steps import answers, passes, sends, shows, waits_for
from tests.journeys.test_findings import opens

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


def test_a_lead_is_reminded_gets_more_time_and_answers_again(running: Running, browser: Browser) -> None:
    """The engine chases. More time moves the day; what is missing brings version 2 beside version 1."""
    base = f"http://127.0.0.1:{running.port}"
    officer = signed_in(browser, base, "policy-officer")
    lead = signed_in(browser, base, "acc-protecting-people")
    reference = opens(officer, s.date_after(s.wall_now(), 30))
    asks_for_time(officer, lead, reference)
    is_chased(running, officer, reference)
    answers(lead, reference, "Six in ten.")
    is_asked_again(officer, lead, reference)
    for person in (officer, lead):
        assert person.said == []


def asks_for_time(officer: Person, lead: Person, reference: str) -> None:
    """The lead asks with a reason; the officer sees what moves before granting it."""
    lead.go(f"/tasks/{reference}/1/more-time")
    lead.page.locator('main [name="days"]').first.check()
    lead.fill(reason="Two of us are away.")
    lead.press("Ask for more time")
    shows(lead, "You asked for more time, until")
    assert lead.faults() == []
    officer.go(f"/cycles/{reference}/act/DecideExtension?request=1")
    officer.tick("granted", "yes")
    officer.fill(reason="It can wait.")
    officer.press("See what moves")
    assert officer.faults() == []
    officer.page.locator('main button[name="seen"]').click()
    shows(officer, "More time granted")


def is_chased(running: Running, officer: Person, reference: str) -> None:
    """The cycle's own clock runs past the new day: reminders went out, and the page says so."""
    request = f"/cycles/{reference}/requests/1"
    officer.go(request)
    shows(officer, "To come")
    assert officer.faults() == []
    passes(running, reference, timedelta(days=45))
    waits_for(officer, request, "Sent")


def is_asked_again(officer: Person, lead: Person, reference: str) -> None:
    """The officer says what is missing; the second version stands beside the first."""
    officer.go(f"/cycles/{reference}/act/SendBack?request=1")
    officer.fill(gap="By district, please.")
    officer.tick("due-kind", "working_days")
    sends(officer)
    shows(officer, "Return sent back")
    lead.go(f"/tasks/{reference}/1")
    shows(lead, "By district, please.")
    assert lead.faults() == []
    answers(lead, reference, "Six in ten; seven in the north.")
    officer.go(f"/cycles/{reference}/requests/1")
    shows(officer, "What changed from version 1 to version 2")
    assert officer.faults() == []
