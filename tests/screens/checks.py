"""What is wrong with a state: in its HTML, and in a real browser at both widths, with scripts and without."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

import lxml.html
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from scripts.assets import GOVUK, MOJ, VENDOR
from scripts.styles import SYSTEMS
from tests.journeys.browser import AXE, NARROW, ROOT, RUN, TAGS, WIDE
from tests.screens.serving import Showing
from tests.screens.stage import NotReached, State

SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"
WIDEST = """() => [...document.querySelectorAll('main *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 3).map(one => `${one.tagName}.${one.getAttribute('class')}`).join(', ')"""
WIDE_TOO = {"normal", "many"}
"""States that axe looks at in both widths each time; the rest, of the same parts, in `make screens`."""
LOOKS = 50
"""A tenth of a second apart."""
FOCUS = "document.activeElement.classList.contains('govuk-error-summary')"
POLICY = ("script-src 'self'", "default-src 'self'", "style-src 'self'", "object-src 'none'")


def faults_of_page(state: State, html: bytes) -> list[str]:
    """What is wrong with the words and the structure of a page, scripts or not."""
    page = lxml.html.fromstring(html)
    found, ids = [], Counter(page.xpath("//*/@id"))
    if len(page.xpath("//h1")) != 1:
        found.append(f"it has {len(page.xpath('//h1'))} h1")
    found += [f"the id {one} is there {count} times" for one, count in ids.items() if count > 1]
    levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    found += [f"h{after} follows h{before}" for before, after in pairwise(levels) if after > before + 1]
    found += [f"there is an inline style: {one}" for one in page.xpath("//*/@style")[:2]]
    found += [f"the styles of {one} were left out" for one in sorted(_classes(page) & left_out())]
    found += _wrong_input(state, page) if state.kind == "wrong" else []
    return found


def _classes(page: lxml.html.HtmlElement) -> set[str]:
    return {name for words in page.xpath("//@class") for name in words.split()}


@cache
def left_out() -> frozenset[str]:
    """The classes of both design systems that have no rule in our stylesheet."""
    ours, theirs = (
        {
            name.replace("\\", "")
            for one in sheets
            for name in SYSTEMS.findall(one.read_text(encoding="utf-8"))
        }
        for sheets in ((VENDOR / "ui.css",), (GOVUK / "govuk-frontend.min.css", MOJ / "moj-frontend.min.css"))
    )
    return frozenset(theirs - ours)


def _wrong_input(state: State, page: lxml.html.HtmlElement) -> list[str]:
    found = []
    if not (page.findtext(".//title") or "").startswith("Error:"):
        found.append("its title does not begin with Error:")
    ways = page.xpath("//*[contains(@class, 'govuk-error-summary__list')]//a/@href")
    if not ways:
        found.append("it has no error summary with links")
    found += [f"{one} leads to no field" for one in ways if not page.xpath("//*[@id=$id]", id=one[1:])]
    beside = page.xpath("//*[contains(@class, 'govuk-error-message')]")
    if state.kind == "wrong" and not beside:
        found.append("no field has the words beside it")
    return found


@dataclass(frozen=True)
class Grammar:
    """html-validate, which is asked page by page."""

    node: "subprocess.Popen[str]"

    def faults(self, html: str) -> list[str]:
        """Its words about a page."""
        assert self.node.stdin
        assert self.node.stdout
        self.node.stdin.write(json.dumps(html) + "\n")
        self.node.stdin.flush()
        said: list[str] = json.loads(self.node.stdout.readline())
        return said


@contextmanager
def grammar() -> Iterator[Grammar]:
    """Start it, and end it."""
    program = Path(__file__).with_name("grammar.mjs")
    with subprocess.Popen(
        ["node", program],  # noqa: S607 - whichever Node the machine has
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as node:
        yield Grammar(node)
        node.stdin.close() if node.stdin else None


@dataclass
class Looking:
    """A browser that looks at one state after another, and what it hears meanwhile."""

    browser: Browser
    showing: Showing
    grammar: "Grammar"
    heard: list[str] = field(default_factory=list)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self._fresh()
        self.axe = AXE.read_text(encoding="utf8")

    def _fresh(self) -> Page:
        page = self.browser.new_context(viewport={"width": WIDE, "height": 900}).new_page()
        page.on("console", self._said)
        page.on("pageerror", lambda wrong: self.heard.append(f"a script failed: {wrong}"))
        page.on("request", self._asked)
        return page

    def _said(self, message: ConsoleMessage) -> None:
        own = message.location.get("url") == self.page.url and message.text.startswith(
            "Failed to load resource"
        )
        if not own:
            self.heard.append(f"the console says: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.showing.base, "data:")):
            self.heard.append(f"it asks another host: {request.url}")

    def faults(self, state: State, pictures: Path | None = None) -> list[str]:
        """What is wrong with a state; for pictures it is looked at in full, also without scripts."""
        self.heard.clear()
        try:
            address = self.showing.show(state)
        except (NotReached, AssertionError) as wrong:
            return [str(wrong)]
        self.page.goto(address)
        found = []
        if state.kind == "wrong" and not self._focused():
            found.append("the focus is not in the error summary")
        found += self._at_widths(state, pictures)
        found += self.heard
        if pictures:
            self.page.goto(self.showing.show(state, plain=True))
            found += [f"without scripts, {one}" for one in self._at_widths(state, pictures, plain=True)]
        return found + self._as_sent(state)

    def _focused(self) -> bool:
        """Whether the focus comes to the error summary, on a slow machine too."""
        for _ in range(LOOKS):
            if self.page.evaluate(FOCUS):
                return True
            self.page.wait_for_timeout(100)
        return False

    def _as_sent(self, state: State) -> list[str]:
        """What is wrong with the answer itself, whoever reads it."""
        answer = self.showing.made[state.name]
        policy = answer.headers["content-security-policy"]
        lacks = [f"its policy lacks {one}" for one in POLICY if one not in policy]
        return [*lacks, *faults_of_page(state, answer.content), *self.grammar.faults(answer.text)]

    def _at_widths(self, state: State, pictures: Path | None, *, plain: bool = False) -> list[str]:
        found = []
        self.page.evaluate(self.axe)
        for width in (NARROW, WIDE):
            self.page.set_viewport_size({"width": width, "height": 900})
            if pictures or width == NARROW or state.kind in WIDE_TOO:
                found += [f"at {width} px, {one}" for one in self.page.evaluate(RUN, TAGS)]
            if (over := self.page.evaluate(SIDEWAYS)) > 0:
                found.append(f"at {width} px, it scrolls sideways by {over} px: {self.page.evaluate(WIDEST)}")
            if pictures and not plain:
                self.page.screenshot(path=pictures / f"{state.name}-{width}.png", full_page=True)
        return found


def as_lines(found: dict[str, list[str]]) -> str:
    """What is wrong, a state a line."""
    return "\n".join(f"{name}: {json.dumps(one)}" for name, wrong in found.items() for one in wrong)
