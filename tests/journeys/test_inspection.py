"""An inspection report: its 56 days, a request for each recommendation, the comments for everybody."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect

from rules.clocks import civil
from tests import scenario as s
from tests.chaos.product import Running
from tests.journeys.browser import Person, signed_in, visitor
from tests.journeys.steps import answers, clean, holds, passes, sends, shows, sign, waits_for

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

RECOMMENDATIONS = (
    "Recommendation 1: answer every call in time",
    "Recommendation 2: tell every victim of a delay",
)
ANSWER = "Both recommendations are accepted: one is done, and the other will be by the summer."


def test_an_inspection_report_is_commented_on_within_its_56_days(running: Running, browser: Browser) -> None:
    """The day of the report gives the last day; each recommendation is asked about; everybody reads it."""
    base = f"http://127.0.0.1:{running.port}"
    officer = signed_in(browser, base, "policy-officer")
    published = civil(s.wall_now()) - timedelta(days=3)
    reference = starts(officer, published)
    the_panel_sees_the_clock(signed_in(browser, base, "panel-secretariat"), reference, published)
    coordination = signed_in(browser, base, "force-coordination")
    answers(coordination, reference, "Both are accepted.")
    chief = signed_in(browser, base, "chief-constable")
    certifies(chief, reference)
    deputy = signed_in(browser, base, "deputy-chief-constable")
    answers(deputy, reference, "Nine in ten are answered in time.", 2)
    answers(deputy, reference, "Every victim is told from the summer on.", 3)
    accepts(officer, reference)
    passes(running, reference, timedelta(days=21))
    holds(officer, reference)
    comments(officer, reference)
    sign([signed_in(browser, base, who) for who in ("chief-executive", "commissioner")], reference)
    publishes(signed_in(browser, base, "publication-officer"), reference)
    everybody_reads_it(visitor(browser, base), reference)
    for person in (officer, coordination, chief, deputy):
        assert person.said == []


def starts(officer: Person, published: date) -> str:
    """From the day of the report to the requests: the last day of the law stands there before they go out."""
    officer.go("/cycles/new")
    officer.tick("kind_of_cycle", "inspection_response")
    officer.press("Save and continue")
    officer.fill(title="Response to the inspection of calls")
    officer.tick("commitments", "SWM-VICTIMS-01")
    officer.press("Save and continue")
    officer.press("Add another request")
    for number, title in enumerate(RECOMMENDATIONS, start=2):
        row = {"title": title, "asked": "The action, its owner and its day", "lead": "deputy-chief-constable"}
        officer.fill(**{f"r{number}_{name}": said for name, said in row.items()})
    officer.press("Save and continue")
    officer.day("report_on", published)
    officer.fill(report_name="Calls for help: an inspection")
    officer.day("starts_on", s.date_after(s.wall_now(), 10))
    officer.tick("ask", "now")
    officer.press("Work out the days again")
    due = published + timedelta(days=55)
    last_day = f"{due:%A} {due.day} {due:%B} {due.year}"
    shows(officer, last_day)
    clean(officer)
    officer.press("Save and continue")
    shows(officer, last_day)
    clean(officer)
    officer.press("Send 3 requests")
    expect(officer.page.locator("main h3", has_text="Deputy Chief Constable")).to_have_count(3)
    clean(officer)
    reference = officer.page.locator(".govuk-panel strong").inner_text()
    officer.go(f"/cycles/{reference}")
    shows(officer, last_day)
    clean(officer)
    return reference


def the_panel_sees_the_clock(secretariat: Person, reference: str, published: date) -> None:
    """The comments that the law wants stand among the panel's clocks, with the page that counts the days."""
    row = secretariat.page.locator("#clocks + table tr", has_text="Response to the inspection of calls")
    secretariat.go("/panel")
    due = published + timedelta(days=55)
    expect(row).to_contain_text(f"{due:%A} {due.day} {due:%B} {due.year}")
    expect(row.get_by_role("link").first).to_have_attribute("href", f"/deadlines/why/{reference}/comments")
    clean(secretariat)


def certifies(chief: Person, reference: str) -> None:
    """What was written for the Chief Constable stands for the force once they certify it."""
    chief.go("/tasks")
    chief.page.locator("li.need", has_text=reference).get_by_role("button", name="Certify").first.click()
    shows(chief, "Both are accepted.")
    clean(chief)
    sends(chief)
    shows(chief, "Return certified")


def accepts(officer: Person, reference: str) -> None:
    """Every answer, one after the other."""
    for request in (1, 2, 3):
        officer.go(f"/cycles/{reference}/act/AcceptReturn?request={request}")
        officer.press("Accept")
        shows(officer, "Return accepted")


def comments(officer: Person, reference: str) -> None:
    """What the Commissioner says to each recommendation, with what the force said."""
    officer.go(f"/cycles/{reference}/act/DraftFindings")
    said = "\n\n".join(f"## {one}\n\nAccepted." for one in RECOMMENDATIONS)
    officer.fill(answer=ANSWER, body=said)
    sends(officer)
    shows(officer, "Findings drafted")


def publishes(publisher: Person, reference: str) -> None:
    """Publish the comments."""
    publisher.go(f"/cycles/{reference}/act/Publish")
    publisher.tick("sure", "yes")
    publisher.press("Publish now")
    shows(publisher, "Findings published")


def everybody_reads_it(reader: Person, reference: str) -> None:
    """The comments in a sentence, and each recommendation with what came."""
    waits_for(reader, f"/findings/{reference.lower()}", ANSWER)
    for one in RECOMMENDATIONS:
        assert reader.reads(one)
    clean(reader)
    assert reader.said == []
