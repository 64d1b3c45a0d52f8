"""A real browser as a person uses it: signs in, fills in, reads; and says what is wrong with a page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
]
NARROW, WIDE = 320, 1100
RUN = """async tags => {
  const asked = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false};
  const told = await axe.run(document, asked);
  const where = one => one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(', ');
  return told.violations.map(one => `${one.id}: ${one.help} at ${where(one)}`);
}"""
"""What is wrong and where; the thousand things that are right took three times as long to send."""


@dataclass
class Album:
    """Where pictures of what was looked at are kept, one after the other; none without a folder."""

    folder: Path | None = None
    name: str = ""
    taken: int = 0

    def opens(self, name: str) -> None:
        """Begin the pictures of another journey."""
        self.name, self.taken = name, 0

    def takes(self, page: Page, widths: dict[int, bytes]) -> None:
        """Keep a page as it looked at each width."""
        if self.folder is None:
            return
        self.taken += 1
        place = re.sub(r"[^a-z0-9]+", "-", urlsplit(page.url).path.lower()).strip("-") or "home"
        self.folder.mkdir(parents=True, exist_ok=True)
        for width, picture in widths.items():
            (self.folder / f"{self.name}-{self.taken:02d}-{place}-{width}.png").write_bytes(picture)


ALBUM = Album()


@dataclass
class Person:
    """Somebody at a browser of their own."""

    page: Page
    base: str
    said: list[str] = field(default_factory=list)
    """What the page complained of in the console, and what it asked of other hosts."""

    def go(self, path: str) -> None:
        """Open a page of the product."""
        self.page.goto(self.base + path)

    def fill(self, **fields: str) -> None:
        """Fill in fields by their names, `__` for a dash."""
        for name, value in fields.items():
            one = self.page.locator(f'main [name="{name.replace("__", "-")}"]').first
            if one.evaluate("e => e.tagName") == "SELECT":
                one.select_option(value)
            else:
                one.fill(value)

    def day(self, name: str, on: date) -> None:
        """Fill in the three boxes of a day."""
        self.fill(**{f"{name}__{part}": str(getattr(on, part)) for part in ("day", "month", "year")})

    def tick(self, name: str, value: str) -> None:
        """Tick a box or choose a radio."""
        box = self.page.locator(f'main [name="{name}"][value="{value}"]')
        box.evaluate("e => { for (let d = e.closest('details'); d; d = null) d.open = true }")
        box.check()

    def press(self, words: str) -> None:
        """Press a button by its words."""
        self.page.get_by_role("button", name=words, exact=False).first.click()
        self.page.wait_for_load_state("load")

    def reads(self, words: str) -> bool:
        """Whether the page says something."""
        return words in self.page.locator("body").inner_text()

    def faults(self) -> list[str]:
        """What is wrong with this page for somebody who cannot see it well, at both widths."""
        found, pictures = [], {}
        self.page.evaluate(axe())
        for width in (WIDE, NARROW):
            self.page.set_viewport_size({"width": width, "height": 900})
            found += [f"at {width} px, {one}" for one in self.page.evaluate(RUN, TAGS)]
            if self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append(f"{self.page.url} scrolls sideways at {width}")
            if ALBUM.folder:
                pictures[width] = self.page.screenshot(full_page=True)
        self.page.set_viewport_size({"width": WIDE, "height": 900})
        ALBUM.takes(self.page, pictures)
        return found


@cache
def axe() -> str:
    """The checks, as a page takes them."""
    return AXE.read_text(encoding="utf8")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        yield browser
        browser.close()


def visitor(browser: Browser, base: str) -> Person:
    """Somebody who has not signed in."""
    page = browser.new_context(viewport={"width": WIDE, "height": 900}).new_page()
    person = Person(page=page, base=base)
    page.on("console", lambda message: person.said.append(message.text))
    page.on("request", lambda asked: None if asked.url.startswith(base) else person.said.append(asked.url))
    return person


def signed_in(browser: Browser, base: str, who: str) -> Person:
    """A person of the demonstration at a browser of their own."""
    person = visitor(browser, base)
    person.go("/sign-in")
    person.page.locator(f'button[value="{who}"]').click()
    return person
