"""What everybody finds at an address: to come, published, corrected, withdrawn."""

import json
from datetime import timedelta
from typing import Any

from schemas.cycle import Span, WithheldItem
from schemas.rows import PublicationRow, ReleaseRow
from tests.web_public import sample as s
from tests.web_public import stub
from tests.web_public.conftest import Visit

ADDRESS = f"/findings/{s.REFERENCE.lower()}"
GONE = {"withdrawn_at": s.NOW, "withdrawal": "They named somebody. They come again."}


def row(**facts: Any) -> PublicationRow:
    """The published sample with more facts."""
    published = s.told().publication()
    words = {**published.words, **facts.pop("words", {})}
    return published.model_copy(update={"facts": {**published.facts, **facts}, "words": words})


def reads_over(*rows: PublicationRow) -> stub.StubReads:
    """Reads that know these published versions."""
    return stub.StubReads(stories=[s.told()], shown=list(rows))


async def test_until_its_release_the_address_says_that_it_comes(visit: Visit) -> None:
    """A page that is there, and listed under what is to come."""
    waiting = ReleaseRow(
        cycle=s.REFERENCE, version=1, at=s.NOW + timedelta(days=3), condition=None, title="Answering 999",
        notice="After the trial.",
    )  # fmt: skip
    async with visit(stub.StubReads(to_come=[waiting])) as client:
        page = await client.get(ADDRESS)
        assert page.status_code == 200
        assert "To be published on" in page.text
        assert "After the trial." in page.text
        for listed in ("/", "/findings"):
            assert "Findings to come" in (await client.get(listed)).text
        assert (await client.get("/findings/hta-2020-99")).status_code == 404


async def test_what_waits_for_a_condition_says_which(visit: Visit) -> None:
    """Not a day, but what has to be so."""
    waiting = ReleaseRow(
        cycle=s.REFERENCE, version=1, at=None, condition="The trial is over", title="999",
        notice="Wait.",
    )  # fmt: skip
    async with visit(stub.StubReads(to_come=[waiting])) as client:
        assert "once this is so" in (await client.get(ADDRESS)).text


async def test_a_correction_stands_at_the_same_address_and_lists_what_was_before(visit: Visit) -> None:
    """It says what was put right; the earlier version stays reachable."""
    ref = "text:" + "c" * 64
    later = row(correction=ref, replaces=1, words={ref: "The figure for July was wrong."})
    later = later.model_copy(update={"version": 2, "published_at": later.published_at + timedelta(days=5)})
    async with visit(reads_over(row(), later)) as client:
        page = await client.get(ADDRESS)
        assert "The figure for July was wrong." in page.text
        assert "It takes the place of version 1" in page.text
        first = await client.get(f"{ADDRESS}/versions/1")
        assert first.status_code == 200
        assert "The figure for July was wrong." not in first.text
        assert "Corrected: The figure for July was wrong." in (await client.get("/findings.atom")).text
        assert (await client.get(f"{ADDRESS}/versions/9")).status_code == 404
        assert (await client.get(f"{ADDRESS}.pdf")).status_code == 200
        assert json.loads((await client.get(f"{ADDRESS}.json")).text)["facts"]["replaces"] == 1


async def test_what_was_withdrawn_answers_with_the_notice_everywhere(visit: Visit) -> None:
    """The page, every version, the PDF and the data are gone, and no list repeats a word of it."""
    taken = row().model_copy(update=GONE)
    answer = taken.say(taken.facts["answer"])
    async with visit(reads_over(taken)) as client:
        for address in (
            ADDRESS,
            f"{ADDRESS}/versions/1",
            f"{ADDRESS}?version=1",
            f"{ADDRESS}.pdf",
            f"{ADDRESS}.json",
        ):
            page = await client.get(address)
            assert page.status_code == 410, address
            assert "They named somebody" in page.text
            assert answer not in page.text
        for listed in ("/findings", "/findings.atom", "/", "/plan"):
            assert answer not in (await client.get(listed)).text
        assert "Withdrawn" in (await client.get("/findings")).text
        assert "They named somebody" in (await client.get("/findings.atom")).text
        assert "Withdrawn" not in (await client.get("/findings?words=zebra")).text


async def test_a_correction_after_a_withdrawal_is_read_again(visit: Visit) -> None:
    """The address is there again; what was withdrawn stays away and points to it."""
    taken = row().model_copy(update=GONE)
    again = row().model_copy(update={"version": 2, "published_at": taken.published_at + timedelta(days=9)})
    async with visit(reads_over(taken, again)) as client:
        assert (await client.get(ADDRESS)).status_code == 200
        first = await client.get(f"{ADDRESS}/versions/1")
        assert first.status_code == 410
        assert "read version 2" in first.text


async def test_what_is_withheld_is_listed_with_its_ground(visit: Visit) -> None:
    """That it was there, where, and why not; never what it says. On paper too."""
    story = s.told()
    version = story.cycle.published()
    assert version is not None
    span = Span(of="body", start=0, end=4, ground="personal_data")
    item = WithheldItem(request=1, version=1, item=1, ground="safety")
    facts = {
        "withheld": [
            {"what": "passage", "of": span.of, "ground": span.ground, "source": "uk-gdpr.a5"},
            {"what": "file", "request": item.request, "version": 1, "item": 1, "ground": "safety",
             "source": "x.y"},
        ],
        "questions": [
            {"session": 1, "number": 1, "question": "text:" + "1" * 64, "asked_by": "public", "answer": None,
             "answered_at": None, "in_writing_by": "2026-12-24"},
        ],
        "votes": [
            {"session": 1, "number": 1, "question": "text:" + "1" * 64, "for": 8, "against": 2,
             "abstained": 1, "required": 6, "carried": True, "source": "x.y"},
        ],
    }  # fmt: skip
    words = {"text:" + "1" * 64: "Why were calls not answered?"}
    async with visit(reads_over(row(**facts, words=words))) as client:
        page = (await client.get(ADDRESS)).text
        assert "What is not published" in page
        assert "Personal data (UK General Data Protection Regulation, art. 5(1))" in page
        assert "From the evidence for request 1" in page
        assert "Somebody from the public: Why were calls not answered?" in page
        assert "To be answered in writing by" in page
        assert "8 for, 2 against" in page
        assert (await client.get(f"{ADDRESS}.pdf")).status_code == 200
