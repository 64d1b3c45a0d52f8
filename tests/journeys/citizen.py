"""Somebody from the area who wants to know: looks for a word, reads one sentence, asks whether it is done."""

from playwright.sync_api import expect

from tests.journeys.browser import Person


def looks(citizen: Person, reference: str, word: str, sentence: str) -> None:
    """Search, the answer in a sentence, what was promised and how it stands, and everything to take away."""
    citizen.go("/findings")
    citizen.fill(words=word)
    citizen.press("Apply")
    expect(citizen.page.locator("main")).to_contain_text(f"for \u2018{word}\u2019")
    expect(citizen.page.locator(".found mark").first).to_be_visible()
    expect(citizen.page.locator("main")).to_contain_text(sentence)
    assert citizen.faults() == []
    citizen.page.locator(f'.found a[href="/findings/{reference.lower()}"]').click()
    expect(citizen.page.locator("main")).to_contain_text("What was promised, and how it stands today")
    citizen.go("/late")
    assert citizen.faults() == []
    citizen.go("/archive")
    assert citizen.faults() == []
    download = citizen.page.get_by_role("button", name="Download everything")
    for _ in range(60):
        if download.count():
            break
        citizen.page.get_by_role("button", name="Look again").click()
        citizen.page.wait_for_timeout(500)
    assert citizen.faults() == []
    with citizen.page.expect_download() as taken:
        download.click()
    assert taken.value.path().read_bytes().startswith(b"PK")
    assert citizen.page.context.cookies() == []
    assert citizen.said == []
