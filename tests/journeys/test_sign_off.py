"""The Commissioner's three minutes on a phone."""

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.chaos.product import Running
from tests.journeys.browser import Person, signed_in, visitor
from tests.journeys.steps import waits_for

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

PUBLISHED = "HTA-2026-01"
"""The demonstration's cycle whose findings everybody reads."""
PHONE: ViewportSize = {"width": 390, "height": 800}
ANSWER = "Mostly: what was promised is done, and what is left has a day."
NOTE = "Say how many were left."


def test_what_is_signed_on_a_phone_is_what_everybody_reads(running: Running, browser: Browser) -> None:
    """A correction is drafted, sent back once, signed by two on their phones, and published."""
    base = f"http://127.0.0.1:{running.port}"
    reference, officer = PUBLISHED, signed_in(browser, base, "policy-officer")
    drafts(officer, reference, "Mostly: what was promised is done.")
    executive = phone(browser, base, "chief-executive")
    executive.go(f"/sign-off/{reference}")
    executive.page.get_by_role("button", name="Send back").click()
    executive.fill(note=NOTE)
    executive.press("Send them back")
    officer.go(f"/cycles/{reference}/findings")
    expect(officer.page.locator("main")).to_contain_text(NOTE)
    drafts(officer, reference, ANSWER)
    signs(executive, reference)
    signs(phone(browser, base, "commissioner"), reference)
    publisher = signed_in(browser, base, "publication-officer")
    publisher.go(f"/cycles/{reference}/act/Correct")
    publisher.tick("sure", "yes")
    publisher.press("Publish")
    reader = visitor(browser, base)
    waits_for(reader, f"/findings/{reference.lower()}", ANSWER)
    assert not reader.reads(NOTE)


def phone(browser: Browser, base: str, who: str) -> Person:
    """Somebody with a phone."""
    person = signed_in(browser, base, who)
    person.page.set_viewport_size(PHONE)
    return person


def drafts(officer: Person, reference: str, answer: str) -> None:
    """Draft what is put right."""
    officer.go(f"/cycles/{reference}/act/DraftFindings")
    officer.fill(
        correction="The figure for July was wrong.", answer=answer, body="Nine in ten are told in time."
    )
    officer.page.locator("main form button").first.click()
    expect(officer.page.locator("main")).to_contain_text("Findings drafted")


def signs(signer: Person, reference: str) -> None:
    """Read what changed, and sign it."""
    signer.go("/sign-off")
    signer.page.locator(f'main a.govuk-button[href="/sign-off/{reference}"]').click()
    expect(signer.page.locator("main")).to_contain_text("What changed")
    assert signer.reads(ANSWER)
    assert not signer.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    signer.page.locator(".sign-bar").get_by_role("button", name="Sign", exact=True).click()
    signer.tick("sure", "yes")
    signer.fill(name="A. Signer")
    signer.press("Sign this version")
    expect(signer.page.locator("main")).to_contain_text("is signed")
    assert signer.said == []
