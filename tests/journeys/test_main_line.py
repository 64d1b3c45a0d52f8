"""One cycle from its question to its published findings, by people at their browsers."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import scenario as s
from tests.chaos.product import Running
from tests.journeys.browser import Person, signed_in, visitor
from tests.journeys.steps import holds, passes, sign

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


def test_from_the_question_to_the_published_findings(
    running: Running, browser: Browser, tmp_path: Path
) -> None:
    """An officer asks, a lead answers with a file, the session is held, two sign, and the public reads it."""
    base = f"http://127.0.0.1:{running.port}"
    officer = signed_in(browser, base, "policy-officer")
    reference = opens(officer, s.date_after(s.wall_now(), 10))
    answers(signed_in(browser, base, "acc-protecting-people"), reference, tmp_path)
    checks(officer, reference)
    passes(running, reference, timedelta(days=21))
    holds(officer, reference)
    judges(signed_in(browser, base, "commissioner"), reference)
    drafts(officer, reference)
    sign([signed_in(browser, base, who) for who in ("chief-executive", "commissioner")], reference)
    publishes(signed_in(browser, base, "publication-officer"), reference)
    reader = visitor(browser, base)
    reader.go(f"/findings/{reference.lower()}")
    assert reader.reads("Partly: the force has begun.")
    assert reader.faults() == []
    assert officer.said == []


def test_wrong_input_keeps_what_was_typed(running: Running, browser: Browser) -> None:
    """A form that cannot be taken says why at its head and at the field, and keeps every word."""
    officer = signed_in(browser, f"http://127.0.0.1:{running.port}", "policy-officer")
    officer.go("/cycles/new")
    officer.tick("kind_of_cycle", "performance")
    officer.press("Save and continue")
    officer.fill(title="A title that must not be lost", question="")
    officer.press("Save and continue")
    assert officer.page.title().startswith("Error: ")
    assert officer.page.locator(".govuk-error-summary").count() == 1
    assert officer.page.locator('[name="title"]').input_value() == "A title that must not be lost"
    assert officer.faults() == []


def opens(officer: Person, session_on: date) -> str:
    """Start a cycle with one request, step by step; its reference."""
    officer.go("/my-work")
    officer.page.get_by_role("button", name="Start a cycle").click()
    officer.tick("kind_of_cycle", "rapid")
    officer.press("Save and continue")
    officer.fill(title="How victims are told", question="Are victims told of delays?")
    officer.tick("commitments", "SWM-VICTIMS-01")
    officer.press("Save and continue")
    officer.fill(
        r1_title="What victims are told, and when",
        r1_asked="How soon\nBy whom",
        r1_lead="acc-protecting-people",
    )
    officer.press("Save and continue")
    officer.day("starts_on", session_on)
    officer.tick("ask", "now")
    officer.press("Save and continue")
    assert officer.faults() == []
    officer.press("Send 1 request")
    assert officer.reads("What victims are told, and when"), officer.page.locator("main").inner_text()[:600]
    assert officer.faults() == []
    return officer.page.locator(".govuk-panel strong").inner_text()


def answers(lead: Person, reference: str, folder: Path) -> None:
    """Answer with a file and keep the receipt."""
    evidence = folder / "answer.csv"
    evidence.write_text("month,told within a day\nSeptember,61%\n", encoding="utf8")
    lead.go(f"/tasks/{reference}/1")
    lead.page.locator('main [name="files"]').set_input_files(evidence)
    lead.page.get_by_text("answer.csv has arrived").wait_for()
    lead.press("Check your answer")
    lead.press("Send")
    assert lead.reads("answer.csv"), lead.page.locator("main").inner_text()[:600]
    assert lead.faults() == []
    assert lead.said == []


def checks(officer: Person, reference: str) -> None:
    """Accept the return."""
    officer.go(f"/cycles/{reference}/act/AcceptReturn?request=1")
    officer.press("Accept")
    assert officer.reads("Accepted")


def judges(commissioner: Person, reference: str) -> None:
    """Say how assured the Commissioner is."""
    commissioner.go(f"/cycles/{reference}/act/JudgeAssurance?request=1")
    commissioner.tick("judgement", "partly_assured")
    commissioner.fill(reasons="The force has begun; six in ten are told within a day.")
    commissioner.press("Record")


def drafts(officer: Person, reference: str) -> None:
    """Write the account."""
    officer.go(f"/cycles/{reference}/act/DraftFindings")
    officer.fill(answer="Partly: the force has begun.", body="## What the figures show\n\nSix in ten.")
    officer.page.locator("main form button").first.click()
    officer.page.wait_for_load_state("load")


def publishes(publisher: Person, reference: str) -> None:
    """Publish it."""
    publisher.go(f"/cycles/{reference}/act/Publish")
    publisher.tick("sure", "yes")
    publisher.press("Publish now")
