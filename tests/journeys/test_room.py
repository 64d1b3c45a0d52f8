"""The room in two browsers: seen by both at once, and never lost when the network is."""

import re
import time
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, Error, expect

from tests.chaos.product import Running
from tests.journeys.browser import Person, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]
SOON = 5_000
"""Milliseconds: a second or two is what is seen, on a machine that has something else to do."""
TABS = 9


@pytest.fixture
def base(running: Running) -> str:
    """Where the product is."""
    return f"http://127.0.0.1:{running.port}"


def a_room(officer: Person) -> str:
    """The room of a session of the demonstration that was held."""
    officer.go("/meetings")
    for path in officer.page.locator("main table a").evaluate_all("all => all.map(one => one.pathname)"):
        if found := re.fullmatch(r"/cycles/(HTA-[0-9-]+)/sessions/(\d+)", path):
            officer.go(f"{path}/run")
            if officer.page.locator("#entry-ask").count() and officer.reads("Held"):
                return f"/cycles/{found[1]}/sessions/{found[2]}/run"
    raise AssertionError("no session of the demonstration was held")


def note(person: Person, words: str) -> None:
    """Type a working note and send it."""
    types(person, "note", words=words)


def asks(person: Person, words: str) -> None:
    """Type a question and send it."""
    types(person, "ask", question=words)


def types(person: Person, prefix: str, **fields: str) -> None:
    """Fill in one of the room's forms and press its button."""
    box = person.page.locator(f"#open-{prefix}")
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    for name, value in fields.items():
        person.page.locator(f'[name="{prefix}-{name}"]').first.fill(value)
    person.page.locator(f"#entry-{prefix} button").click()


def test_two_people_in_a_room_see_each_other_and_lose_nothing(base: str, browser: Browser) -> None:
    """What one types the other sees; what is typed without a network is there once, in order, afterwards."""
    officer = signed_in(browser, base, "policy-officer")
    room = a_room(officer)
    commissioner = signed_in(browser, base, "commissioner")
    commissioner.go(room)
    expect(commissioner.page.locator("#live-state")).to_contain_text("Live", timeout=SOON)

    asks(officer, "Seen by both at once?")
    sees(commissioner, "Seen by both at once?")
    expect(commissioner.page.locator("#live-said")).to_contain_text("Something new")
    expect(officer.page.locator("#open-ask .tray__here")).to_contain_text(": sent ")
    asks(commissioner, "And the other way?")
    sees(officer, "And the other way?")

    questions = [f"Typed without a network, {number}?" for number in (1, 2, 3)]
    without_a_network(officer, questions)
    officer.go(room)
    expect(officer.page.locator(".tray__one")).to_have_count(0, timeout=SOON)
    assert officer.page.locator('[name="ask-question"]').input_value() == "Half typed"
    sees(commissioner, "A note without a network")
    assert recorded(officer, base, room) == questions

    assert officer.faults() == []
    assert signing_out(officer) == "1 half typed"
    assert [one for one in officer.said + commissioner.said if "ERR_INTERNET_DISCONNECTED" not in one] == []


def sees(person: Person, words: str) -> None:
    """Whether something stands at the open item, without anybody asking for it."""
    expect(person.page.locator("#room-said")).to_contain_text(words, timeout=SOON)


def without_a_network(person: Person, questions: list[str]) -> None:
    """Type questions, a note and half a sentence, and load the page again; then the network is back."""
    person.page.context.set_offline(True)
    for one in questions:
        asks(person, one)
    note(person, "A note without a network")
    person.page.locator('[name="ask-question"]').fill("Half typed")
    expect(person.page.locator("#tray")).to_contain_text("not sent yet")
    expect(person.page.locator(".tray__one")).to_have_count(len(questions) + 1)
    person.page.wait_for_timeout(1200)
    with pytest.raises(Error, match="INTERNET_DISCONNECTED"):
        person.page.reload()
    person.page.context.set_offline(False)


def recorded(person: Person, base: str, room: str) -> list[str]:
    """The questions of a session's ledger that were typed without a network, in its order."""
    reference = room.split("/")[2]
    jar = {one["name"]: one["value"] for one in person.page.context.cookies()}
    answer = httpx.get(f"{base}/api/v1/cycles/{quote(reference)}/timeline", cookies=jar, trust_env=False)
    rows = [row for row in answer.json() if row["entry"]["event"]["kind"] == "QuestionAsked"]
    said = [row["words"].get(row["entry"]["event"]["text"], "") for row in reversed(rows)]
    return [one for one in said if one.startswith("Typed without")]


def signing_out(person: Person) -> str:
    """What the page says of this device before somebody signs out."""
    person.go("/sign-out")
    expect(person.page.locator("#unsent")).to_be_visible()
    return person.page.locator("#unsent-count").inner_text()


def test_nine_tabs_share_one_stream(base: str, browser: Browser) -> None:
    """A browser with nine tabs open still loads a page, and all of them hear of news."""
    first = signed_in(browser, base, "policy-officer")
    context = first.page.context
    room = a_room(first)
    tabs = [first.page, *(context.new_page() for _ in range(TABS - 1))]
    for tab in tabs[1:]:
        tab.goto(base + room)
    began = time.monotonic()
    tabs[-1].goto(base + "/my-work")
    assert time.monotonic() - began < SOON / 1000
    expect(tabs[-1].locator("#live-state")).to_contain_text("Live", timeout=SOON)
    expect(tabs[4].locator("#live-state")).to_contain_text("Live", timeout=SOON)
    types(Person(tabs[4], base), "note", words="Heard in every tab")
    tabs[2].bring_to_front()
    expect(tabs[2].locator("#room-said")).to_contain_text("Heard in every tab", timeout=SOON)
    tabs[0].close()
    types(Person(tabs[4], base), "note", words="And after the first was closed")
    tabs[3].bring_to_front()
    expect(tabs[3].locator("#room-said")).to_contain_text("And after the first was closed", timeout=2 * SOON)


def test_the_room_without_scripts(base: str, browser: Browser) -> None:
    """Plain forms: the entry is recorded, and the page can be asked for again."""
    scripted = signed_in(browser, base, "policy-officer")
    room = a_room(scripted)
    state = scripted.page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=state)
    person = Person(context.new_page(), base)
    person.go(room)
    note(person, "Written without scripts")
    expect(person.page.locator("#room-said")).to_contain_text("Written without scripts")
    assert person.page.get_by_role("link", name="Check again").is_visible()
    assert person.page.locator("#tray").is_hidden()
    context.close()
