"""What everybody sees: every page, in every state, without a cookie."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import httpx
import pytest

from schemas.shape import text_ref
from tests.web_public import sample as s
from tests.web_public import stub
from tests.web_public.conftest import Visit

PAGES = (
    "/",
    "/findings",
    "/findings/hta-2026-07",
    "/plan",
    "/about",
    "/accessibility",
    "/privacy",
    "/contact",
)
FEEDS = ("/findings.atom", "/findings/hta-2026-07.json", "/findings/hta-2026-07.pdf")


@pytest.mark.parametrize("address", PAGES + FEEDS)
async def test_every_public_page_may_be_kept_by_everybody_and_sets_no_cookie(
    visitor: httpx.AsyncClient, address: str
) -> None:
    """It is asked about each time, so that a correction is seen at once; 304 to whoever has it; no cookie."""
    first = await visitor.get(address)
    assert first.status_code == 200
    assert "set-cookie" not in first.headers
    assert first.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=30"
    again = await visitor.get(address, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert (
        again.headers["content-security-policy"] == first.headers["content-security-policy"]
        or address in FEEDS
    )


@pytest.mark.parametrize("address", PAGES)
async def test_a_page_that_others_may_keep_holds_nothing_of_one_visit(
    visitor: httpx.AsyncClient, address: str
) -> None:
    """Two visits get the same bytes, and its policy lets the one line of script of the design system run."""
    first, second = await visitor.get(address), await visitor.get(address)
    assert first.content == second.content
    assert "nonce" not in first.text
    script = first.text.split("<script>")[1].split("</script>")[0]
    digest = hashlib.sha256(script.encode()).digest()
    assert base64.b64encode(digest).decode() in first.headers["content-security-policy"]


async def test_a_page_for_somebody_who_is_signed_in_is_theirs_alone(visitor: httpx.AsyncClient) -> None:
    """Nobody else is ever given a page that says who is signed in."""
    await visitor.get("/as/policy-officer")
    page = await visitor.get("/findings")
    assert ": Policy officer" in page.text
    assert page.headers["cache-control"] == "private, no-store"
    assert "etag" not in page.headers


async def test_before_anything_is_published_the_pages_say_when_it_can_be_expected(visit: Visit) -> None:
    """The findings that are due are named by their day."""
    reads = stub.StubReads(due=[stub.owed("findings", s.day("12-04"))])
    async with visit(reads) as visitor:
        for address in ("/", "/findings"):
            assert "The first findings are due on Friday 4 December 2026" in (await visitor.get(address)).text
        assert (await visitor.get("/findings.atom")).status_code == 200


async def test_before_a_meeting_its_own_standards_say_when_findings_can_be_expected(visit: Visit) -> None:
    """Twenty working days after the meeting, as the kind of cycle has it."""
    reads = stub.StubReads(stories=[s.told()], due=[stub.owed("session/1", s.day("12-01"))])
    async with visit(reads) as visitor:
        assert "due on Thursday 31 December 2026" in (await visitor.get("/findings")).text


async def test_with_nothing_planned_the_pages_say_so(visit: Visit) -> None:
    """No meeting, no plan: still a page with sentences."""
    async with visit(stub.StubReads(the_plan=None)) as visitor:
        assert "No meeting has been fixed yet" in (await visitor.get("/findings")).text
        assert "No meeting is fixed at the moment" in (await visitor.get("/")).text
        assert "No plan has been entered yet" in (await visitor.get("/plan")).text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "1 set of findings, newest first"),
        ("words=VICTIMS+hta-2026-07", "1 set of findings for"),
        ("words=zebra", "0 results for \u2018zebra\u2019"),
        ("objective=reassuring&judgement=not_assured", "1 set of findings"),
        ("objective=victims", "0 results"),
        ("judgement=not_assured&words=zebra", "see all 1"),
        ("page=9", "1 set of findings"),
        ("objective=nonsense", "0 results"),
    ],
)
async def test_findings_are_searched_and_filtered(visitor: httpx.AsyncClient, query: str, said: str) -> None:
    """Every word must occur; an objective and a judgement narrow it down."""
    page = await visitor.get(f"/findings?{query}")
    assert page.status_code == 200
    assert said in page.text


async def test_many_findings_come_in_pages_newest_version_only(visit: Visit) -> None:
    """Twenty to a page; the number of the page is in the title; a replaced version is not listed."""
    stories = [s.told(reference=f"HTA-2026-{number:02d}") for number in range(1, 23)]
    reads = stub.reads_of(*stories)
    s.published(stories[0], "Corrected.", s.day("11-20"), "Better than we said.")
    reads.shown.append(stories[0].publication())
    async with visit(reads) as visitor:
        first, second = await visitor.get("/findings"), await visitor.get("/findings?page=2")
    assert first.text.count('class="found__one"') == 20
    assert second.text.count('class="found__one"') == 2
    assert "(page 2 of 2)" in second.text
    assert first.text.index("Better than we said.") < first.text.index("HTA-2026-22")


@pytest.mark.parametrize(
    "reference", ["hta-2026-99", "HTA-2026-99", "hta-2026-99.json", "hta-2026-99.pdf", "%00", "x"]
)
async def test_an_unknown_reference_gets_a_page_that_helps(
    visitor: httpx.AsyncClient, reference: str
) -> None:
    """It says what a reference looks like, offers the list, and is not kept."""
    page = await visitor.get(f"/findings/{reference}")
    assert page.status_code == 404
    assert 'href="/findings"' in page.text
    assert "etag" not in page.headers


async def test_the_record_joins_what_was_promised_to_how_it_stands(visitor: httpx.AsyncClient) -> None:
    """Question, answer, judgements, lateness, who held it, and each action's state today."""
    page = (await visitor.get("/findings/HTA-2026-07")).text
    for said in (
        "In an emergency yes", "Not assured", "It was due on Friday 13 November 2026", "Not yet due",
        "It lay with the force 20 working days, with the office 8 working days",
        "Publish call figures every month",
        "Sent back for more: request 1, Answering 999 and 101, due Thursday 8 October 2026",
    ):  # fmt: skip
        assert said in page
    assert "SECRET GAP" not in page


async def test_what_is_marked_sensitive_stays_out_of_the_public_history(visit: Visit) -> None:
    """An entry of a public kind with a handling marking is not told."""
    story = s.told()
    story.entries = [
        one.model_copy(update={"marking": "OFFICIAL-SENSITIVE"})
        if one.event.kind == "DecisionRecorded"
        else one
        for one in story.entries
    ]
    async with visit(stub.reads_of(story)) as visitor:
        assert "Decision 1 was recorded" not in (await visitor.get("/findings/hta-2026-07")).text


async def test_a_replaced_version_stays_readable_and_says_so(visit: Visit) -> None:
    """The address gives the newest; each version has its own, with its own data."""
    story = s.told()
    reads = stub.reads_of(story)
    s.published(story, "Corrected.", s.day("11-20"), "Better than we said.")
    reads.shown.append(story.publication())
    async with visit(reads) as visitor:
        new = (await visitor.get("/findings/hta-2026-07")).text
        old = (await visitor.get("/findings/hta-2026-07?version=1")).text
        none = await visitor.get("/findings/hta-2026-07?version=3")
        data = (await visitor.get("/findings/hta-2026-07.json?version=1")).json()
    assert "Better than we said." in new
    assert "This is version 1" in old
    assert "In an emergency yes" in old
    assert none.status_code == 404
    assert data["version"] == 1


async def test_anyone_can_compute_the_fingerprint_again(visitor: httpx.AsyncClient) -> None:
    """From the facts, from the canonical form, and each text from its words."""
    said = (await visitor.get("/findings/hta-2026-07.json")).json()
    ours = json.dumps(said["facts"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert ours == said["canonical"]
    assert hashlib.sha256(ours.encode()).hexdigest() == said["fingerprint"]
    assert said["words"]
    assert all(text_ref(words) == ref for ref, words in said["words"].items())


NASTY = """<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![p](https://evil.example/p.png)

[a](https://a.example"onmouseover="alert(1)) <https://a.example/"onclick=1> &lt;script&gt;

| <b onclick=1> | [j](data:text/html,x) |
|---|---|
| `<script>` | x |
"""


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one."""
        self.found.append((tag, attrs))


async def test_markup_in_findings_does_nothing(visit: Visit) -> None:
    """Scripts, handlers, foreign pictures and odd addresses are words or nothing at all."""
    async with visit(stub.reads_of(s.told(body=NASTY, question="<script>alert(2)</script>"))) as visitor:
        page = (await visitor.get("/findings/hta-2026-07")).text
        listed = (await visitor.get("/findings")).text
        paper = await visitor.get("/findings/hta-2026-07.pdf")
        feed = (await visitor.get("/findings.atom")).text
    for text in (page, listed, feed):
        assert "<script>alert" not in text
    inside = page.split('id="found">')[1].split("<h2")[0]
    tags = Tags()
    tags.feed(inside)
    assert {name for name, _ in tags.found} <= {
        "h2",
        "p",
        "a",
        "code",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    attributes = [one for _, given in tags.found for one in given]
    assert {name for name, _ in attributes} <= {"class", "id", "href", "rel"}
    addresses = [str(value) for name, value in attributes if name == "href"]
    assert all(re.match(r"https?://", one) for one in addresses), addresses
    assert paper.status_code == 200


async def test_the_plan_says_when_each_promise_was_last_asked_about(visitor: httpx.AsyncClient) -> None:
    """Findings that answer a commitment are linked from it; the others say not yet."""
    page = (await visitor.get("/plan")).text
    row = page.split('id="swm-reassure-01"')[1].split("</tr>")[0]
    assert 'href="/findings/hta-2026-07"' in row
    assert "Not yet" in page.split('id="swm-victims-01"')[1].split("</tr>")[0]
