"""The same record for paper and feed readers."""

import io
import json
import re
from typing import Any

import feedparser
import httpx
import pikepdf
import pytest

from schemas import events
from tests.scenario import OFFICER
from tests.web_public import sample as s
from tests.web_public import stub
from tests.web_public.conftest import OFFICE, Visit
from web.papers import pdf
from web.papers.blocks import blocks
from web.public.prose import prose


def parsed(feed: str) -> Any:
    """The feed as a reader understands it."""
    parse: Any = vars(feedparser)["parse"]
    return parse(feed)


async def _paper(visitor: httpx.AsyncClient) -> bytes:
    answer = await visitor.get("/findings/hta-2026-07.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


async def test_the_paper_is_one_that_everybody_can_read(visitor: httpx.AsyncClient) -> None:
    """Tagged, in English, with its title shown, PDF/UA-1 and PDF/A-3a, and words for the picture."""
    with pikepdf.open(io.BytesIO(await _paper(visitor))) as paper:
        assert str(paper.Root.Lang) == "en-GB"
        assert bool(paper.Root.MarkInfo.Marked)
        assert bool(paper.Root.ViewerPreferences.DisplayDocTitle)
        with paper.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("3", "A")
            assert "Can people reach the police" in told["dc:title"]
        figures = [
            one for one in paper.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        assert figures
        assert all("working days" in str(one.Alt) for one in figures)


async def test_the_paper_carries_the_record_for_programs(visitor: httpx.AsyncClient) -> None:
    """findings.json in the PDF is what the address gives."""
    with pikepdf.open(io.BytesIO(await _paper(visitor))) as paper:
        carried = paper.attachments["findings.json"].get_file().read_bytes()
    assert json.loads(carried) == (await visitor.get("/findings/hta-2026-07.json")).json()


async def test_the_same_record_makes_the_same_bytes(visitor: httpx.AsyncClient) -> None:
    """Typeset twice, the bytes are the same."""
    first = await _paper(visitor)
    pdf.typeset.cache_clear()
    assert await _paper(visitor) == first


async def test_the_paper_does_not_change_when_an_action_is_done(visit: Visit) -> None:
    """It is a copy of the published version; how things stand today is on the page."""
    story = s.told()
    reads = stub.reads_of(story)
    async with visit(reads) as visitor:
        before = await _paper(visitor)
        story.then(s.day("11-20"), OFFICER, events.ActionVerified(action="2026/014"))
        assert await _paper(visitor) == before
        assert "Done and checked" in (await visitor.get("/findings/hta-2026-07")).text


@pytest.mark.parametrize(
    "body",
    [
        "Emoji 😀, Chinese 警察, Arabic شرطة, Welsh Tŷ, e\u0301, a\u200bb \u202e",
        "# One\n\n###### Six\n\n## Two\n\n- a\n  - b\n    1. c\n\n> said\n\n---\n",
        "```\ncode\n```\n\n    more\n",
        "| a |\n|---|\n\n[empty]() [rel](/x) <mailto:a@b.example> **_both_** `c`\\\nnext",
        '#set page(paper: "a0") $ x^2 $ @ref <label> #import "x" \\u{1F600} *not* _typst_',
        "",
        "x" * 20_000,
        "word " * 20_000,
    ],
)
async def test_whatever_is_written_can_be_printed(visit: Visit, body: str) -> None:
    """Every sort of text, odd characters and markup of the typesetter included, becomes a paper."""
    async with visit(stub.reads_of(s.told(body=body or " "))) as visitor:
        assert (await visitor.get("/findings/hta-2026-07.pdf")).content.startswith(b"%PDF")
        assert (await visitor.get("/findings/hta-2026-07")).status_code == 200


def test_what_has_no_shape_is_named() -> None:
    """A character that no typeface here prints is named in brackets."""
    assert pdf.printable("Tŷ 😀") == "Tŷ [grinning face]"


def test_headings_keep_their_order() -> None:
    """No level is skipped, whatever was typed."""
    levels = [
        part["level"]
        for part in blocks("#### a\n\n###### b\n\n## c\n\n# d", top=3)
        if part["is"] == "heading"
    ]
    assert levels == [3, 4, 3, 3]
    assert re.findall(r"<h(\d)", prose("# a\n\n### b")) == ["3", "4"]


async def test_the_feed_is_one_that_readers_understand(visitor: httpx.AsyncClient) -> None:
    """One entry for each cycle, with a name that never changes, and the paper enclosed."""
    said = (await visitor.get("/findings.atom")).text
    feed = parsed(said)
    assert not feed.bozo
    assert feed.feed.id == "tag:findings.example.org,2026:findings"
    (entry,) = feed.entries
    assert entry.id == "tag:findings.example.org,2026:hta-2026-07"
    assert entry.link == f"{OFFICE.public_url}/findings/hta-2026-07"
    assert entry.enclosures[0].type == "application/pdf"
    assert entry.updated == "2026-10-29T09:00:00+00:00"
    assert "In an emergency yes" in entry.summary


async def test_an_empty_feed_is_a_feed(visit: Visit) -> None:
    """Somebody can follow it before anything is published."""
    async with visit(stub.StubReads()) as visitor:
        feed = parsed((await visitor.get("/findings.atom")).text)
    assert not feed.bozo
    assert feed.entries == []
