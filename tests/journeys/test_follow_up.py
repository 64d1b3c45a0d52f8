"""What was promised: asked about until it is done, proved before it is closed, seen by everybody."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from rules.clocks import civil
from tests import scenario as s
from tests.chaos.product import Running
from tests.journeys.browser import Person, signed_in, visitor
from tests.journeys.past import Past, ago, begins
from tests.journeys.post import mail_to, words
from tests.journeys.steps import clean, sends, shows, waits_for

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

OWNER = "acc.local.policing@force.example"
PROMISE = "Answer nine in ten 101 calls within half a minute"
ANSWER = "Not yet: one in four gives up, and the force has promised to change that."
MISSING = "The table is of June alone. Show every month since."
DUE = 4
"""Working days ago."""


def test_what_was_promised_is_chased_proved_and_seen(
    running: Running, browser: Browser, tmp_path: Path
) -> None:
    """The owner is asked, is late in public, closes nothing without proof, and is closed by who checks it."""
    base = f"http://127.0.0.1:{running.port}"
    officer, lead = (signed_in(browser, base, who) for who in ("policy-officer", "acc-local-policing"))
    past = held(running)
    promises(officer, past.reference)
    action = agrees(signed_in(browser, base, "force-coordination"), past.reference)
    past.accounted(24, ANSWER, "## What the figures show\n\nOne in four gives up before anybody answers.")
    past.catches_up()
    reports(running, lead, past.reference, action)
    reader = visitor(browser, base)
    is_late(officer, reader, past.reference, action)
    claims(lead, action, paper(tmp_path, "june.csv", "June"))
    clean(lead)
    promised(reader, past.reference, "Reported done")
    does_not_hold(officer, past.reference, action)
    assert MISSING in mail_says(running, lead, f"Action {action} is open again")
    claims(
        lead, action, paper(tmp_path, "june-to-october.csv", "June", "July", "August", "September", "October")
    )
    holds_good(officer, past.reference, action)
    promised(reader, past.reference, "Done and checked")
    clean(reader)
    waits_for(reader, "/late", past.reference, gone=True)
    is_over(officer, lead, past.reference, action)
    for person in (officer, lead, reader):
        assert [one for one in person.said if "422" not in one] == []


def held(running: Running) -> Past:
    """A cycle whose evidence came and whose session was held, six weeks ago."""
    question = "Does somebody who calls 101 get an answer before they give up?"
    past = begins(running, 40, 30, title="How quickly 101 is answered", question=question)
    past.happens((38, "11:00", s.submit), (37, "11:00", s.accept), (30, "15:00", s.attendance))
    return past


def promises(officer: Person, reference: str) -> None:
    """The officer writes down what was undertaken, by whom and by when."""
    officer.go(f"/cycles/{reference}/act/ProposeAction")
    officer.fill(what=PROMISE, owner="acc-local-policing")
    officer.day("due_on", civil(ago(DUE, "12:00")))
    sends(officer)
    shows(officer, "Action proposed")


def agrees(coordination: Person, reference: str) -> str:
    """The force confirms from its tasks that it was undertaken; the number of the action."""
    coordination.go("/tasks")
    need(coordination, reference).get_by_role("button").click()
    coordination.press("Confirm the action")
    shows(coordination, "Action confirmed")
    found = re.search(r"/actions/(\d{4}/\d+)$", coordination.page.url)
    assert found
    return found[1]


def reports(running: Running, lead: Person, reference: str, action: str) -> None:
    """The owner is asked by mail how it stands, follows the link, and says that it will be late."""
    asked = words(mail_to(running, OWNER, f"How does action {action} stand?"))
    found = re.search(rf"http\S+/cycles/{reference}/actions/{action}", asked)
    assert found
    lead.page.goto(found[0])
    lead.page.get_by_role("button", name="Say how an action stands").click()
    lead.tick("assessment", "late")
    lead.fill(account="The second shift starts in a week.")
    sends(lead)
    shows(lead, "The second shift starts in a week.")
    clean(lead)


def is_late(officer: Person, reader: Person, reference: str, action: str) -> None:
    """The office finds it among what is late, and so does everybody, from the list to the findings."""
    waits_for(officer, "/actions?late=yes", action)
    row = officer.page.locator("main tr", has_text=action)
    expect(row).to_contain_text("Late")
    clean(officer)
    waits_for(reader, "/late", reference)
    clean(reader)
    reader.page.locator("main tr", has_text=reference).get_by_role("link", name=PROMISE).click()
    promise = reader.page.locator("main", has=reader.page.locator("#promised"))
    expect(promise).to_contain_text("Late")


def claims(lead: Person, action: str, proof: Path) -> None:
    """From the owner's tasks: nothing is taken without proof, and what was typed stays; then with proof."""
    lead.go("/tasks")
    need(lead, action).get_by_role("button").click()
    lead.day("covers_to", civil(s.wall_now()) - timedelta(days=1))
    sends(lead)
    expect(lead.page.locator(".govuk-error-summary")).to_contain_text("Add the proof")
    lead.page.locator("#items-files").set_input_files(proof)
    sends(lead)
    shows(lead, "Not checked yet")
    assert lead.reads(proof.name)


def does_not_hold(officer: Person, reference: str, action: str) -> None:
    """The officer reads the proof where it is checked, and says what is missing and by when."""
    checks(officer, reference, action, "june.csv")
    clean(officer)
    officer.page.get_by_role("link", name="Reopen the action").click()
    officer.fill(reason=MISSING)
    officer.day("due_on", civil(ago(-5, "12:00")))
    clean(officer)
    sends(officer)
    shows(officer, "Reopened once")


def holds_good(officer: Person, reference: str, action: str) -> None:
    """The officer reads the new proof and closes the action with it."""
    checks(officer, reference, action, "june-to-october.csv")
    officer.press("The proof is good: it is done")
    shows(officer, "Done and checked")
    clean(officer)


def checks(officer: Person, reference: str, action: str, proof: str) -> None:
    """From what needs the officer to the proof."""
    waits_for(officer, "/my-work", f"Action {action} is said to be done")
    need(officer, f"Action {action} is said to be done").get_by_role("button").click()
    expect(officer.page.locator("main")).to_contain_text(reference)
    expect(officer.page.get_by_role("link", name=proof)).to_be_visible()


def promised(reader: Person, reference: str, stands: str) -> None:
    """What everybody reads of it today."""
    waits_for(reader, f"/findings/{reference.lower()}", stands)


def is_over(officer: Person, lead: Person, reference: str, action: str) -> None:
    """Nothing is owed any more: the owner's tasks say so, and the cycle is closed."""
    lead.go(f"/cycles/{reference}/actions/{action}")
    shows(lead, "Done and checked")
    lead.go("/tasks")
    assert not lead.reads(action)
    officer.go(f"/cycles/{reference}")
    shows(officer, "Everything is done. The record stays.")


def need(person: Person, words: str) -> Locator:
    """The line of somebody's work or tasks that says something."""
    return person.page.locator("li.need", has_text=words).first


def paper(folder: Path, name: str, *months: str) -> Path:
    """A small table of some months as a file."""
    made = folder / name
    rows = "".join(f"{month},91%\n" for month in months)
    made.write_text(f"month,answered within half a minute\n{rows}", encoding="utf8")
    return made


def mail_says(running: Running, lead: Person, about: str) -> str:
    """What the owner reads behind the link of a mail."""
    found = re.search(r"http\S+/actions/\d{4}/\d+", words(mail_to(running, OWNER, about)))
    assert found
    lead.page.goto(found[0])
    return lead.page.locator("main").inner_text()
