"""The plan, its commitments and the measures, as everybody reads them."""

import re
from xml.etree import ElementTree as ET

import pytest

from schemas.calendar import MeasureFigure
from tests.web_public import sample as s
from tests.web_public import stub
from tests.web_public.conftest import Visit

CALLS = "999-answered-within-10-seconds"


def figure(period: str, value: float, **more: object) -> MeasureFigure:
    """One figure of the measure of 999 calls."""
    facts = {"measure": CALLS, "period": period, "value": value, "received_at": s.NOW}
    return MeasureFigure.model_validate({**facts, **more})


async def test_a_commitment_says_what_was_asked_answered_judged_promised_and_done(visit: Visit) -> None:
    """Each from published findings, with the page of the findings and a feed of its own."""
    async with visit(stub.reads_of(s.told())) as visitor:
        page = (await visitor.get("/plan/swm-reassure-01")).text
        feed = await visitor.get("/plan/swm-reassure-01.atom")
    for said in ("Asked", "Answered", "Judged", "Promised", "Done", "Next"):
        assert f">{said}</dt>" in page
    assert 'href="/findings/hta-2026-07"' in page
    assert 'href="/plan/swm-reassure-01.atom"' in page
    found = ET.fromstring(feed.content)  # noqa: S314 - our own feed
    links = [one.get("href") for one in found.findall("{*}entry/{*}link")]
    assert links == ["https://findings.example.org/findings/hta-2026-07"]


async def test_a_commitment_that_nobody_asked_about_says_so(visit: Visit) -> None:
    """No findings, no meeting: in words, never an empty table."""
    async with visit(stub.reads_of(s.told())) as visitor:
        page = (await visitor.get("/plan/SWM-VICTIMS-01")).text
    assert "No published findings are about this promise yet." in page
    assert "SWM-VICTIMS-01: never." in page


@pytest.mark.parametrize("name", ["swm-victims-99", "nonsense", "%3Cb%3E", "a" * 90, "SWM-VICTIMS-01.atomic"])
async def test_a_commitment_that_there_is_not_leads_on(visit: Visit, name: str) -> None:
    """Whatever was typed: 404, the plan, and what promises are called; nothing typed becomes markup."""
    async with visit(stub.reads_of(s.told())) as visitor:
        page = await visitor.get(f"/plan/{name}")
    assert page.status_code == 404
    assert "No such promise" in page.text
    assert 'href="/plan/victims"' in page.text
    assert "<b>" not in page.text


async def test_an_objective_shows_each_of_its_commitments_by_quarter(visit: Visit) -> None:
    """As a grid with words in each cell, and as a map of when each was scrutinised last."""
    async with visit(stub.reads_of(s.told())) as visitor:
        page = (await visitor.get("/plan/reassuring")).text
    assert re.search(r'<td class="tone tone--some"><a href="/findings/hta-2026-07">once</a>', page)
    assert re.search(r"SWM-REASSURE-\d\d: never\.", page)
    assert 'href="/plan/swm-reassure-01"' in page


async def test_without_a_plan_every_page_of_it_says_so(visit: Visit) -> None:
    """No plan is no fault: 200 for the plan itself, 404 with the reason for what would be in it."""
    async with visit(stub.StubReads(the_plan=None)) as visitor:
        assert "No plan has been entered yet" in (await visitor.get("/plan")).text
        one = await visitor.get("/plan/swm-victims-01")
    assert one.status_code == 404
    assert "No plan has been entered yet" in one.text


async def test_without_figures_the_measures_and_no_numbers_are_shown(visit: Visit) -> None:
    """The empty page names what is followed and where it is asked for, and invents nothing."""
    async with visit(stub.StubReads()) as visitor:
        page = (await visitor.get("/performance")).text
    assert "No figures were received yet." in page
    assert "999 calls answered within ten seconds" in page
    assert "card__figure" not in page


async def test_a_figure_is_shown_with_its_target_source_day_and_how_sure(visit: Visit) -> None:
    """Newest in large, all of them in the table; what was not said is said to be not said."""
    told = [figure("2026-Q2", 91, source="Control room", sure="checked"), figure("2026-Q3", 84.25)]
    async with visit(stub.StubReads(measured=told)) as visitor:
        page = (await visitor.get("/performance")).text
    assert "0 of 1 measure with a target met it" in page
    assert re.search(r'card__figure">84\.2%', page)
    assert "Misses the target of at least 90%." in page
    assert "Source: not named" in page
    assert "Not said how far it was checked; the target has not been verified" in page
    assert "Control room" in page
    assert "2026-Q2: 91%; 2026-Q3: 84.2%." in page


async def test_what_comes_with_a_figure_never_becomes_markup(visit: Visit) -> None:
    """A source or a period that somebody sends is words."""
    told = [figure("<i>Q1", 1, source="<b>x"), figure("<i>Q2", 2, as_at='"><script>')]
    async with visit(stub.StubReads(measured=told)) as visitor:
        page = (await visitor.get("/performance")).text
    assert "<i>" not in page
    assert "<b>x" not in page
    assert '"><script>' not in page
