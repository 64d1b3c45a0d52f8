"""What follows a question: a reminder, more time, a second version; and an inspection's 56 days."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from rules.clocks import civil
from tests import scenario as s
from tests.chaos.product import Running
from tests.journeys.browser import Person, signed_in
from tests.journeys.test_findings import opens, passes, sends, shows, waits_for

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


def test_an_inspection_report_starts_its_56_days(running: Running, browser: Browser) -> None:
    """The page works out the last day of the law: the 56th, of which the day of the report is the first."""
    officer = signed_in(browser, f"http://127.0.0.1:{running.port}", "policy-officer")
    published = civil(s.wall_now()) - timedelta(days=3)
    officer.go("/cycles/new")
    officer.tick("kind_of_cycle", "inspection_response")
    officer.press("Save and continue")
    officer.tick("commitments", "SWM-VICTIMS-01")
    officer.press("Save and continue")
    officer.press("Save and continue")
    for name, value in (("day", published.day), ("month", published.month), ("year", published.year)):
        officer.page.locator(f'[name="report_on-{name}"]').fill(str(value))
    officer.press("Work out the days again")
    due = published + timedelta(days=55)
    shows(officer, f"{due:%A} {due.day} {due:%B} {due.year}")
    assert officer.faults() == []
    officer.press("Save and continue")
    shows(officer, "Send 2 requests")
    assert officer.faults() == []
    assert officer.said == []


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


def answers(lead: Person, reference: str, words: str) -> None:
    """Write an answer, look at it, send it."""
    lead.go(f"/tasks/{reference}/1")
    lead.fill(written=words)
    lead.press("Check your answer")
    lead.press("Send")
    shows(lead, "Received")


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
