"""What a lead asked, what was taken out of the findings, and how they came out and were put right."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests import scenario as s
from tests.chaos.product import Running
from tests.journeys.browser import Person, signed_in, visitor
from tests.journeys.citizen import looks
from tests.journeys.steps import everybody_reads, holds, passes, sends, shows, sign, waits_for

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

SECRET = "the desk at Hindlip"
SELECTS = """words => {
  const text = document.querySelector('[data-redact="body"]').firstChild;
  const range = document.createRange();
  const at = text.data.indexOf(words);
  range.setStart(text, at);
  range.setEnd(text, at + words.length);
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}"""


def test_a_question_a_redaction_a_timed_release_and_a_correction(running: Running, browser: Browser) -> None:
    """A lead asks what is meant; findings lose some words, come out by themselves and are put right."""
    base = f"http://127.0.0.1:{running.port}"
    officer = signed_in(browser, base, "policy-officer")
    reference = opens(officer, s.date_after(s.wall_now(), 10))
    asks_what_is_meant(officer, signed_in(browser, base, "acc-protecting-people"), reference)
    passes(running, reference, timedelta(days=21))
    drafts(officer, reference)
    second = signed_in(browser, base, "second-policy-officer")
    redacts(officer, second, reference)
    signers = [signed_in(browser, base, who) for who in ("chief-executive", "commissioner")]
    sign(signers, reference)
    publisher = signed_in(browser, base, "publication-officer")
    schedules(publisher, reference, (s.wall_now() + timedelta(days=23)).date())
    before = everybody_reads(base, reference, "To be published on")
    assert "Partly: the force has begun." not in before
    passes(running, reference, timedelta(days=3))
    waits_for(officer, f"/cycles/{reference}/findings", "Version 1 is published")
    released = everybody_reads(base, reference, "Partly: the force has begun.")
    assert SECRET not in released
    corrects(officer, second, signers, publisher, reference)
    corrected = everybody_reads(base, reference, "Seven in ten, not six.")
    assert "Mostly: the force has begun." in corrected
    looks(visitor(browser, base), reference, "callers", "Mostly: the force has begun.")
    for person in (officer, publisher, *signers):
        assert person.said == []


def opens(officer: Person, session_on: date) -> str:
    """Start a cycle with one request in two parts; its reference."""
    officer.go("/cycles/new/at-once")
    officer.fill(
        title="What callers are told",
        question="Are callers told how long they will wait?",
        r1_title="What callers hear",
        r1_asked="How soon\nBy whom",
        r1_lead="acc-protecting-people",
    )
    officer.day("starts_on", session_on)
    officer.tick("commitments", "SWM-VICTIMS-01")
    officer.tick("ask", "now")
    officer.press("Start the cycle")
    shows(officer, "What callers are told")
    return officer.page.url.rsplit("/", 1)[-1]


def asks_what_is_meant(officer: Person, lead: Person, reference: str) -> None:
    """The lead asks and the clock stands still; the officer answers; one part comes, then the rest."""
    lead.go(f"/cycles/{reference}/act/AskClarification?request=1")
    lead.fill(question="Which callers: 101, or 999 too?")
    sends(lead)
    shows(lead, "The clock stands still until the office answers.")
    assert lead.faults() == []
    officer.go(f"/cycles/{reference}/act/AnswerClarification?request=1")
    officer.fill(answer="101 alone.")
    sends(officer)
    shows(officer, "Clock runs again")
    lead.go(f"/tasks/{reference}/1")
    shows(lead, "101 alone.")
    lead.tick("parts", "1")
    lead.fill(written="Within two minutes.")
    lead.press("Check your answer")
    shows(lead, "This is a part.")
    lead.press("Send")
    shows(lead, "Still owed: part 2, By whom.")
    lead.go(f"/tasks/{reference}/1")
    lead.fill(written="By the desk.")
    lead.press("Check your answer")
    lead.press("Send")
    shows(lead, "The office looks at it.")
    officer.go(f"/cycles/{reference}/act/AcceptReturn?request=1")
    officer.press("Accept")
    shows(officer, "Return accepted")


def drafts(officer: Person, reference: str) -> None:
    """Record who attended, and write the account."""
    holds(officer, reference)
    officer.go(f"/cycles/{reference}/act/DraftFindings")
    officer.fill(answer="Partly: the force has begun.", body=f"Six in ten are told, by {SECRET}.")
    sends(officer)
    shows(officer, "Findings drafted")


def redacts(officer: Person, second: Person, reference: str) -> None:
    """Select words in the draft and take them out; somebody else checks the copy."""
    officer.go(f"/cycles/{reference}/act/Redact")
    officer.page.evaluate(SELECTS, SECRET)
    expect(officer.page.locator("#words")).to_have_value(SECRET)
    officer.fill(ground="safety")
    officer.press("Take these words out")
    shows(officer, "Taken out so far")
    assert officer.faults() == []
    officer.press("Send these redactions")
    shows(officer, "Not checked yet.")
    second.go(f"/cycles/{reference}/act/CheckRedactions")
    second.tick("agreed", "yes")
    sends(second)
    shows(second, "Redactions checked")
    second.go(f"/cycles/{reference}/findings/redactions")
    assert second.faults() == []


def schedules(publisher: Person, reference: str, on: date) -> None:
    """Name the day on which everybody may read it."""
    publisher.go(f"/cycles/{reference}/act/ScheduleRelease")
    publisher.day("on", on)
    publisher.fill(hour="09:30")
    sends(publisher)
    shows(publisher, "Release scheduled")


def corrects(
    officer: Person, second: Person, signers: list[Person], publisher: Person, reference: str
) -> None:
    """Draft what is put right, without the words that were taken out; have it signed; publish it."""
    officer.go(f"/cycles/{reference}/act/DraftFindings")
    officer.fill(
        correction="Seven in ten, not six.",
        answer="Mostly: the force has begun.",
        body="Seven in ten are told.",
    )
    sends(officer)
    shows(officer, "Findings drafted")
    officer.go(f"/cycles/{reference}/findings/compare?from=1&to=2")
    assert officer.faults() == []
    officer.go(f"/cycles/{reference}/act/Redact")
    officer.press("Send these redactions")
    shows(officer, "Not checked yet.")
    second.go(f"/cycles/{reference}/act/CheckRedactions")
    second.tick("agreed", "yes")
    sends(second)
    sign(signers, reference)
    publisher.go(f"/cycles/{reference}/act/Correct")
    publisher.tick("sure", "yes")
    sends(publisher)
    shows(publisher, "Correction published")
