"""Pages in other languages: what is ours is translated, and what is not says that it is English."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from reference.catalogue import demonstration_people, plan
from tests.web_public import sample as s
from tests.web_public import stub
from tests.web_public.conftest import OFFICE, app_over
from tests.web_public.test_site import MEETING
from web.language.catalogue import PSEUDO
from web.language.switch import router

PATHS = (
    "/", "/about", "/accessibility", "/privacy", "/cookies", "/contact", "/findings", "/findings?words=zebra",
    "/findings/hta-2026-07", "/findings/hta-2026-99", "/plan", "/plan/reassuring", "/plan/swm-reassure-01",
    "/plan/swm-victims-99", "/meetings", MEETING, f"{MEETING}/ask", "/late", "/follow", "/performance",
    "/archive",
)  # fmt: skip
NOT_OURS = {"script", "style", "code", "title", "option"}
"""What is not for people, or can carry no mark of its language."""


class Texts(HTMLParser):
    """Every text of a page that is for people, and whether it is marked as English."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element and its language."""
        if tag not in {"meta", "link", "img", "input", "br", "hr"}:
            self.open.append((tag, dict(attrs).get("lang") or ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        if tag in {one for one, _lang in self.open}:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keep a text that has letters."""
        within = {one for one, _lang in self.open}
        if re.search(r"[^\W\d_]{2}", data) and not within & NOT_OURS:
            self.found.append((" ".join(data.split()), any(lang == "en" for _one, lang in self.open)))


@cache
def app_in(languages: tuple[str, ...]) -> FastAPI:
    """The public pages in some languages, made once: no test changes what they stand on."""
    app = app_over(stub.reads_of(s.told()))
    app.state.rooms = replace(app.state.rooms, languages=languages)
    app.include_router(router)
    return app


def visitor(languages: tuple[str, ...]) -> httpx.AsyncClient:
    """A visitor of pages that can be read in some languages."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app_in(languages)), base_url=OFFICE.public_url)


async def texts(path: str, language: str) -> list[tuple[str, bool]]:
    """What a page says in a language."""
    async with visitor(("en", "cy", PSEUDO)) as browser:
        if path == "/archive":
            await browser.get(path)
            await app_in(("en", "cy", PSEUDO)).state.rooms.archive.settled()
        page = await browser.get(path + ("&" if "?" in path else "?") + f"lang={language}")
    reader = Texts()
    reader.feed(page.text)
    assert reader.found, path
    return reader.found


def own(value: Any) -> Iterator[str]:
    """Every string within facts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from (*own(key), *own(one))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from own(one)


OURS_ALONE = (
    "/about", "/accessibility", "/privacy", "/cookies", "/contact", "/archive", "/findings?words=zebra",
    "/follow", "/meetings",
)  # fmt: skip
"""Pages on which everything is the product's own, but for names."""
NAMED = re.compile(r"[\W\d]*([\w.:/-]+[\W\d]*)?|[\d.]+ (bytes|KB)")
"""A reference, a file, a digest, a size, a language."""


async def world() -> str:
    """Every word that stands in the record, the plan and the directory: none of them is the product's."""
    reads = stub.reads_of(s.told())
    rows = [one.model_dump(mode="json") for one in await reads.publications()]
    said = [*rows, plan().model_dump(mode="json"), OFFICE.name, OFFICE.short]
    people = [one.title for one in demonstration_people().values()]
    return "\n".join(" ".join(one.split()) for one in own([*said, *people]))


def left(text: str) -> str:
    """What of a text is not in brackets: what the catalogue never had."""
    return re.sub(r"⟦[^⟦⟧]*⟧", " ", text).strip(" .,:;()\u2018\u2019\u201c\u201d")


@pytest.mark.parametrize("path", OURS_ALONE)
async def test_no_sentence_of_a_page_escapes_the_catalogue(path: str) -> None:
    """In a language that puts everything it is asked for in brackets, what stands outside them is a name."""
    known = await world()
    escaped = [
        text for text, _english in await texts(path, PSEUDO)
        if (rest := left(text)) and not NAMED.fullmatch(rest) and rest not in known
    ]  # fmt: skip
    assert escaped == []


@pytest.mark.parametrize("path", PATHS)
async def test_what_is_not_translated_says_that_it_is_english(path: str) -> None:
    """Whoever hears the page hears English words in an English voice, the record's own among them."""
    found = await texts(path, "cy")
    unmarked = [
        text
        for text, english in found
        if not english and " " in text and re.search(r"\b(the|of|is|was|and|to)\b", text)
    ]
    assert unmarked == []


async def test_a_page_in_welsh_has_welsh_days_and_menus() -> None:
    """What stands on every page is translated, and days have their Welsh names."""
    async with visitor(("en", "cy")) as browser:
        page = (await browser.get("/about?lang=cy")).text
    assert '<html lang="cy"' in page
    assert "Neidio i\u2019r prif gynnwys" in page
    assert re.search(
        r"Gwnaed y dudalen hon ar dydd Llun \d+ Tachwedd 2026|dydd \w+ \d+ \w+ 2026", page, re.IGNORECASE
    )
    assert 'hreflang="cy" href="https://findings.example.org/about?lang=cy"' in page


async def test_the_choice_is_remembered_and_only_leads_back_here() -> None:
    """A cookie keeps it; an address elsewhere is not followed, a language that is not there is not found."""
    async with visitor(("en", "cy")) as browser:
        chosen = await browser.get("/language/cy?to=/privacy%3Fa%3Db")
        assert (chosen.status_code, chosen.headers["location"]) == (303, "/privacy?a=b")
        assert '<html lang="cy"' in (await browser.get("/privacy")).text
        assert (await browser.get("/language/cy?to=//elsewhere.example")).headers["location"] == "/"
        assert (await browser.get("/language/fr")).status_code == 404


async def test_without_another_language_nothing_is_to_choose() -> None:
    """No switch, no other address of the page, and a language in the address changes nothing."""
    async with visitor(("en",)) as browser:
        page = (await browser.get("/about?lang=cy")).text
    assert '<html lang="en"' in page
    assert "hreflang" not in page
    assert "/language/" not in page
