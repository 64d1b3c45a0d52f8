"""What a lead asked, what was taken out of the findings, and how they came out and were put right."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import httpx
import pytest
from playwright.sync_api import Browser, expect
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from engine.connection import Address, reach
from tests import scenario as s
from tests.chaos.product import Running
from tests.journeys.browser import Person, signed_in, visitor
from tests.journeys.citizen import looks

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

SECRET = "the desk at Hindlip"
PATIENCE = 20_000
"""How long a page may take to say what is waited for, in milliseconds."""
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
        starts_on__day=str(session_on.day),
        starts_on__month=str(session_on.month),
        starts_on__year=str(session_on.year),
        r1_title="What callers hear",
        r1_asked="How soon\nBy whom",
        r1_lead="acc-protecting-people",
    )
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
    officer.go(f"/cycles/{reference}/act/RecordAttendance")
    officer.tick("present", "commissioner")
    officer.tick("present", "chief-constable")
    sends(officer)
    shows(officer, "Session held")
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


def sign(signers: list[Person], reference: str) -> None:
    """Sign the newest version, the chief executive before the Commissioner."""
    for signer in signers:
        signer.go(f"/cycles/{reference}/act/ApproveFindings")
        signer.tick("sure", "yes")
        signer.fill(name="A. Signer")
        sends(signer)
        shows(signer, "Findings signed")


def schedules(publisher: Person, reference: str, on: date) -> None:
    """Name the day on which everybody may read it."""
    publisher.go(f"/cycles/{reference}/act/ScheduleRelease")
    publisher.fill(on__day=str(on.day), on__month=str(on.month), on__year=str(on.year), hour="09:30")
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


def sends(person: Person) -> None:
    """Press the button that sends the form."""
    person.page.locator("form#form button.govuk-button:not([name])").first.click()
    person.page.wait_for_load_state("load")


def shows(person: Person, words: str) -> None:
    """Wait until the page says something."""
    expect(person.page.locator("body")).to_contain_text(words, timeout=PATIENCE)


def waits_for(person: Person, path: str, words: str) -> None:
    """Load a page again until it says something that the engine does by itself."""
    for _ in range(100):
        person.go(path)
        if person.reads(words):
            return
        person.page.wait_for_timeout(200)
    raise AssertionError(f"{path} never said: {words}")


def everybody_reads(base: str, reference: str, words: str) -> str:
    """The public page as somebody reads it, who may be handed a page of a second ago (ADR 0021)."""
    for _ in range(150):
        page = httpx.get(f"{base}/findings/{reference.lower()}", trust_env=False).text
        if words in page:
            return page
        time.sleep(0.1)
    raise AssertionError(f"The public never read: {words}")


def passes(running: Running, reference: str, how_long: timedelta) -> None:
    """Let the cycle's own clock run on."""

    async def forward() -> None:
        client = await reach(Address(target=running.setting("TEMPORAL_ADDRESS")))
        skipper = TimeSkipper(client, config=TimeSkippingConfig(enabled=False, max_session_skip_count=10_000))
        await skipper.fast_forward(client.get_workflow_handle(reference), how_long)

    ThreadPoolExecutor().submit(asyncio.run, forward()).result()
