"""A lead's five minutes: from the mail to the receipt without an account, though a scanner came first."""

import hashlib
import re
from collections import Counter
from email.message import EmailMessage
from html import unescape
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from tests import scenario as s
from tests.chaos.product import Running
from tests.journeys.browser import Person, signed_in, visitor
from tests.journeys.post import mail_to, mails, words
from tests.journeys.test_main_line import opens

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

MOST_CLICKS = 4
LEAD = "acc.protecting.people@force.example"
FORM = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
INPUT = re.compile(r'<input[^>]*name="([^"]+)"[^>]*?(?:value="([^"]*)")?[^>]*>')
LINK = re.compile(r"https?://[^\s\"<>]+")
SECRET_OF_THE_CODE = re.compile(r"Your code: (\d{6})")


def test_a_lead_answers_from_the_mail_without_an_account(
    running: Running, browser: Browser, tmp_path: Path
) -> None:
    """A scanner follows every link and sends every form: nothing happens. Four clicks bring the receipt."""
    base = f"http://127.0.0.1:{running.port}"
    officer = signed_in(browser, base, "policy-officer")
    reference = opens(officer, s.date_after(s.wall_now(), 10))
    mail = mail_to(running, LEAD, f"({reference})")
    before = history(officer, reference)
    scans_without_scripts(mail, base)
    scans_with_scripts(browser, mail, base)
    assert history(officer, reference) == before
    clicks = answers(visitor(browser, base), running, mail, tmp_path)
    assert clicks == ["Email me a code", "Continue", "Check your answer", "Send"]
    assert len(clicks) <= MOST_CLICKS
    assert history(officer, reference) - before == {"ReturnSubmitted": 1}
    receipt = mail_to(running, LEAD, "Your receipt")
    assert hashlib.sha256((tmp_path / "answer.csv").read_bytes()).hexdigest() in words(receipt)


def answers(lead: Person, running: Running, mail: EmailMessage, folder: Path) -> list[str]:
    """Go from the mail to the receipt as a person does; the buttons that it took."""
    clicks: list[str] = []

    def clicked(button: str) -> None:
        clicks.append(button)
        lead.page.get_by_role("button", name=button, exact=True).click()
        lead.page.wait_for_load_state("load")

    lead.page.goto(own_link(mail))
    assert lead.faults() == []
    clicked("Email me a code")
    lead.page.locator("#code").fill(newest_code(running))
    clicked("Continue")
    assert re.search(r"/tasks/HTA-[^/]+/1$", lead.page.url)
    evidence = folder / "answer.csv"
    evidence.write_text("month,told within a day\nSeptember,61%\n", encoding="utf8")
    lead.page.locator("#items-files").set_input_files(evidence)
    lead.page.get_by_text("answer.csv has arrived").wait_for()
    assert lead.faults() == []
    clicked("Check your answer")
    clicked("Send")
    lead.page.get_by_role("heading", name="Received").wait_for()
    assert lead.reads(hashlib.sha256(evidence.read_bytes()).hexdigest())
    assert lead.faults() == []
    assert lead.said == []
    return clicks


def scans_without_scripts(mail: EmailMessage, base: str) -> None:
    """Fetch every link of a mail and send every form behind it, as a scanner does that runs no scripts."""
    with httpx.Client(trust_env=False, follow_redirects=True) as scanner:
        for link in links(mail, base):
            for action, fields in forms_of(scanner.get(link).text):
                page = scanner.post(base + action, data=fields)
                assert page.status_code < 500
                for further, more in forms_of(page.text):
                    scanner.post(base + further, data={**more, "code": "123456"})


def scans_with_scripts(browser: Browser, mail: EmailMessage, base: str) -> None:
    """The same in a browser that runs scripts, presses each button and types something into each field."""
    for link in links(mail, base):
        scanner = visitor(browser, base)
        scanner.page.goto(link)
        for number in range(scanner.page.locator("main form").count()):
            scanner.page.goto(link)
            scanner.page.locator("main form button").nth(number).click()
            scanner.page.wait_for_load_state("load")
            if scanner.page.locator("#code").count():
                scanner.page.locator("#code").fill("654321")
                scanner.page.locator("main form button").first.click()
                scanner.page.wait_for_load_state("load")
        scanner.page.context.close()


def links(mail: EmailMessage, base: str) -> set[str]:
    """Every link to the product that a mail carries, in either form."""
    found = {unescape(one) for one in LINK.findall(words(mail)) if one.startswith(base)}
    assert any("/t/" in one for one in found)
    return found


def forms_of(page: str) -> list[tuple[str, dict[str, str]]]:
    """Every form of a page, filled in with what it carries."""
    return [
        (unescape(action), {name: unescape(value) for name, value in INPUT.findall(inside)})
        for action, inside in FORM.findall(page)
    ]


def own_link(mail: EmailMessage) -> str:
    """The link that is the reader's own."""
    found = re.search(r"http\S+/t/[A-Za-z0-9_-]{43}", words(mail))
    assert found
    return found[0]


def newest_code(running: Running) -> str:
    """The code of the newest mail that has one."""
    found = [SECRET_OF_THE_CODE.search(words(one)) for one in mails(running)]
    codes = [one[1] for one in found if one]
    assert codes
    return codes[-1]


def history(officer: Person, reference: str) -> Counter[str]:
    """What the ledger of a cycle has, kind by kind."""
    rows = officer.page.request.get(f"{officer.base}/api/v1/cycles/{reference}/timeline").json()
    return Counter(str(row["entry"]["event"]["kind"]) for row in rows)
