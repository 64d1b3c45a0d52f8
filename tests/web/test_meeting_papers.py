"""Papers of a meeting that are files: given out to whoever may see them, once a scanner found them clean."""

import re
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from clients.copies import Copies
from schemas.evidence import FileItem
from schemas.files import Scan, ScanState
from tests import scenario
from tests.rules import session_acts as do
from tests.web.conftest import REF
from tests.web.house import OFFICE, Browser, House

PAPER = b"All is well."
MEETING = f"/meetings/{REF.lower()}-2"


@pytest.fixture
async def held(busy: House) -> House:
    """A Panel meeting with one paper that is a file; its officer is signed in."""
    busy.app.state.rooms = replace(busy.rooms, copies=Copies())
    await busy.done(do.fix(busy.memory.now + timedelta(days=21)), cycle=REF)
    await busy.browser.sign_in("policy-officer")
    path = f"/cycles/{REF}/act/PublishPapers"
    done = await busy.browser.fill(
        f"{path}?session=2",
        to=path,
        files=[("files", ("Paper ü.txt", PAPER))],
        session="2",
        link="",
        urgency="",
    )
    assert done.status_code == 303, re.findall(r"govuk-error-message.*?</p>", done.text)
    return busy


def anybody(house: House) -> Browser:
    """Somebody from the public."""
    return Browser(transport=httpx.ASGITransport(house.app), base_url=OFFICE.public_url)


def address(page: str) -> str:
    """Where a page says that the paper is."""
    (found,) = set(re.findall(rf'href="({MEETING}/papers/[0-9a-f]{{64}})"', page))
    return str(found)


def said(house: House, state: ScanState) -> None:
    """What a scanner said of the paper."""
    (file,) = house.shelf.noted
    house.memory.scanned.known[file.digest] = Scan(digest=file.digest, state=state)


async def test_everybody_has_a_copy_of_a_paper_for_a_meeting_that_is_held_in_public(held: House) -> None:
    """As a download that cannot run, kept for a minute, asked about by its mark."""
    async with anybody(held) as visitor:
        page = (await visitor.get(MEETING)).text
        assert "Paper ü.txt" in page
        answer = await visitor.get(address(page))
        assert (answer.status_code, answer.content) == (200, PAPER)
        assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''Paper%20%C3%BC.txt"
        assert answer.headers["cache-control"].startswith("public, max-age=60")
        again = await visitor.get(address(page), headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        head = await visitor.head(address(page))
        assert (head.status_code, head.content) == (200, b"")
        assert (await visitor.get(f"{MEETING}/papers/{'0' * 64}")).status_code == 404
        assert (await visitor.get(f"{MEETING}/papers/..%2Fx")).status_code == 404


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting", "It is held until a scanner has found it clean"),
        ("infected", "It cannot be given out as it is"),
        ("encrypted", "It cannot be given out as it is"),
    ],
)
async def test_a_paper_that_is_held_is_given_to_nobody(held: House, state: ScanState, words: str) -> None:
    """The page says what to do; whoever has a copy already is not told that it still holds."""
    async with anybody(held) as visitor:
        paper = address((await visitor.get(MEETING)).text)
        mark = (await visitor.get(paper)).headers["etag"]
        said(held, state)
        for headers in ({}, {"If-None-Match": mark}):
            answer = await visitor.get(paper, headers=headers)
            assert answer.status_code == 409
            assert words in answer.text
            assert "Ask the office for a copy" in answer.text
            assert answer.headers["cache-control"] == "no-store"
            assert PAPER not in answer.content
    office = await held.browser.get(paper, follow_redirects=True)
    assert office.status_code == 403
    assert PAPER not in office.content


async def test_the_office_has_the_file_itself(held: House) -> None:
    """From the page of the session, by the way on which it opens evidence; the Panel has the copy."""
    page = (await held.browser.get(f"/cycles/{REF}/sessions/2")).text
    answer = await held.browser.get(address(page))
    assert answer.headers["location"].startswith("/files/")
    assert (await held.browser.get(answer.headers["location"])).content == PAPER
    await held.browser.sign_in("panel-secretariat")
    assert (await held.browser.get(address(page))).content == PAPER


async def test_a_paper_for_a_meeting_behind_closed_doors_is_not_given_out(busy: House) -> None:
    """The public page says so and has no link; its address, guessed, is refused with words."""
    await busy.done(do.fix(busy.memory.now + timedelta(days=21), "governance_board"), cycle=REF)
    paper = FileItem(digest="a" * 64, size=9, media_type="text/plain", name=scenario.say("Paper"))
    await busy.done(do.papers(2, papers=(paper,)), cycle=REF)
    async with anybody(busy) as visitor:
        page = (await visitor.get(MEETING)).text
        assert "not held in public: ask the office for a copy" in page
        assert "/papers/" not in page
        refused = await visitor.get(f"{MEETING}/papers/{paper.digest}")
    assert refused.status_code == 403
    assert "The meeting is not held in public" in refused.text
