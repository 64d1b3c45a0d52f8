"""What people read: the public without an account, and each role on the page where it begins."""

import httpx
import pytest
from playwright.sync_api import Browser

from tests.chaos.product import Running
from tests.journeys.browser import signed_in, visitor

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

PUBLIC = ("/", "/findings", "/findings/hta-2026-01", "/plan", "/accessibility", "/sign-in", "/no-such-page")
BEGINNINGS = {
    "policy-officer": ("/my-work", "/cycles", "/cycles/HTA-2026-02", "/cycles/new", "/deadlines", "/mail"),
    "commissioner": ("/my-work", "/cycles/HTA-2026-02"),
    "acc-local-policing": ("/tasks", "/tasks/HTA-2026-02/1"),
    "panel-secretariat": ("/deadlines", "/programme", "/programme/coverage"),
}


@pytest.mark.parametrize("path", PUBLIC)
def test_the_public_reads_without_an_account(running: Running, browser: Browser, path: str) -> None:
    """Every public page is clean for assistive technology at both widths, and asks no other host."""
    person = visitor(browser, f"http://127.0.0.1:{running.port}")
    person.go(path)
    assert person.faults() == []
    expected_missing = [one for one in person.said if "404" in one and path == "/no-such-page"]
    assert person.said == expected_missing


@pytest.mark.parametrize("who", BEGINNINGS)
def test_each_role_begins_on_a_clean_page(running: Running, browser: Browser, who: str) -> None:
    """The pages on which each role works are clean, narrow and wide, with no complaint in the console."""
    person = signed_in(browser, f"http://127.0.0.1:{running.port}", who)
    for path in BEGINNINGS[who]:
        person.go(path)
        assert person.faults() == [], path
    assert person.said == []


def test_published_findings_can_be_taken_away(running: Running) -> None:
    """The findings come as PDF, as JSON with their fingerprint, and in the Atom feed."""
    base = f"http://127.0.0.1:{running.port}"
    pdf = httpx.get(f"{base}/findings/hta-2026-01.pdf", trust_env=False)
    assert pdf.content.startswith(b"%PDF-")
    facts = httpx.get(f"{base}/findings/hta-2026-01.json", trust_env=False).json()
    assert len(facts["fingerprint"]) == 64
    assert "HTA-2026-01" in httpx.get(f"{base}/findings.atom", trust_env=False).text
