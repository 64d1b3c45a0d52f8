"""What people do again and again on a journey, and how they wait: for what a page says."""

import asyncio
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, TypeVar

import httpx
from playwright.sync_api import expect
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from engine.connection import reach
from tests.chaos.product import Running
from tests.journeys.browser import Person

PATIENCE = 20_000
"""How long a page may take to say what is waited for, in milliseconds."""
SKIPPING = TimeSkippingConfig(enabled=False, max_session_skip_count=10_000)
T = TypeVar("T")


def sends(person: Person) -> None:
    """Press the button that sends the form."""
    person.page.locator("form#form button.govuk-button:not([name])").first.click()
    person.page.wait_for_load_state("load")


def shows(person: Person, words: str) -> None:
    """Wait until the page says something."""
    expect(person.page.locator("body")).to_contain_text(words, timeout=PATIENCE)


def clean(person: Person, name: str = "") -> None:
    """The page is clean for assistive technology at both widths."""
    assert person.faults() == [], name or person.page.url


def waits_for(person: Person, path: str, words: str, *, gone: bool = False) -> None:
    """Load a page again, as people do, until it says what the engine does by itself, or no longer says it.

    To come by it once more would not do: a browser keeps what everybody reads for a minute (ADR 0021).
    """
    person.go(path)
    for _ in range(100):
        if person.reads(words) is not gone:
            return
        person.page.wait_for_timeout(200)
        person.page.reload()
    raise AssertionError(f"{path} {'kept saying' if gone else 'never said'}: {words}")


def everybody_reads(base: str, reference: str, words: str) -> str:
    """The public page as somebody reads it, who may be handed a page of a second ago (ADR 0021)."""
    for _ in range(150):
        page = httpx.get(f"{base}/findings/{reference.lower()}", trust_env=False).text
        if words in page:
            return page
        time.sleep(0.1)
    raise AssertionError(f"The public never read: {words}")


def answers(lead: Person, reference: str, words: str, request: int = 1) -> None:
    """Write an answer, look at it, send it."""
    lead.go(f"/tasks/{reference}/{request}")
    lead.fill(written=words)
    lead.press("Check your answer")
    lead.press("Send")
    shows(lead, "Received")


def holds(officer: Person, reference: str) -> None:
    """Record who attended."""
    officer.go(f"/cycles/{reference}/act/RecordAttendance")
    officer.tick("present", "commissioner")
    officer.tick("present", "chief-constable")
    sends(officer)
    shows(officer, "Session held")


def sign(signers: list[Person], reference: str) -> None:
    """Sign the newest version, the chief executive before the Commissioner."""
    for signer in signers:
        signer.go(f"/cycles/{reference}/act/ApproveFindings")
        signer.tick("sure", "yes")
        signer.fill(name="A. Signer")
        sends(signer)
        shows(signer, "Findings signed")


def passes(running: Running, reference: str, how_long: timedelta) -> None:
    """Let the cycle's own clock run on."""

    async def forward() -> None:
        client = await reach(running.engine())
        await TimeSkipper(client, config=SKIPPING).fast_forward(
            client.get_workflow_handle(reference), how_long
        )

    apart(forward())


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Do something of a loop of its own beside the browser's."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()
